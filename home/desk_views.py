"""Pages beside the first page of the administration: one part of the desk with all its rows, the guide, the cards put away."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_POST, require_safe

from .dashboard import ALL, parts_for, works_on_pages
from .first_steps import put_away


@require_safe
def desk_part(request: HttpRequest, name: str) -> HttpResponse:
    """For whoever has that part on their desk; else Http404. A part that stands somewhere else as a whole is shown there."""
    build = parts_for(request.user).get(name)
    if build is None or not works_on_pages(request.user):
        raise Http404
    part = build(request.user, ALL)
    if part.url:
        return redirect(part.url)
    return TemplateResponse(request, "home/desk_part.html", {"part": part})


@require_POST
def put_first_steps_away(request: HttpRequest) -> HttpResponse:
    put_away(request.user)
    return redirect("wagtailadmin_home")


@require_safe
def guide(request: HttpRequest) -> HttpResponse:
    """How a lesson is written, from a starter to paper, in ten steps."""
    return TemplateResponse(request, "home/guide.html")
