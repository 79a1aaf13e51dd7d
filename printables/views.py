"""Order a file for paper, see how far it is, take it along."""

import uuid
from http import HTTPStatus

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.middleware import StaffMfaMiddleware
from countries.reader import country_of
from courses.blocks import viewer_of
from courses.models import LessonPage, ModulePage

from . import services
from .access import may_have, page_of
from .documents import draft_of
from .models import Kind, Printable, State

RELOAD_AFTER = 2  # seconds


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def order(request: HttpRequest, kind: str, page_key: uuid.UUID) -> HttpResponse:
    """What a printable holds, with the button that makes it; posted, the way to it: to the file itself where there is one."""
    page = page_of(kind, page_key, get_language())
    if refused := _refused(request, kind, page):
        return refused
    if request.method != "POST":
        return render(request, "printables/order.html", {"kind": Kind(kind), "kinds": Kind, "about": page})
    draft = draft_of(kind, page, country_of(request), viewer_of(request.user))
    printable = services.order(draft, page.translation_key)
    name = "printables:file" if printable.state == State.READY else "printables:progress"
    response = redirect(name, printable.public_id)
    response.status_code = HTTPStatus.SEE_OTHER
    return response


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def progress(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """How far it is; loads itself again until it is ready, without script. Posted: one that failed is tried again."""
    printable = get_object_or_404(Printable.objects.defer("pdf", "source"), public_id=public_id)
    page = page_of(printable.kind, printable.page_key, printable.language)
    if refused := _refused(request, printable.kind, page):
        return refused
    if request.method == "POST":
        services.try_again(printable)
        return redirect("printables:progress", public_id)
    response = render(request, "printables/progress.html", {"printable": printable, "states": State, "about": page})
    if printable.is_open:
        response["Refresh"] = str(RELOAD_AFTER)
    return response


@never_cache
@require_safe
def file(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """The PDF, or the page that says how far it is."""
    printable = get_object_or_404(Printable.objects.defer("source"), public_id=public_id)
    if refused := _refused(request, printable.kind, page_of(printable.kind, printable.page_key, printable.language)):
        return refused
    if printable.state != State.READY:
        return redirect("printables:progress", public_id)
    services.asked_for(printable)
    response = HttpResponse(bytes(printable.pdf), content_type="application/pdf")
    name = slugify(printable.title)[:60] or str(printable.page_key)
    response["Content-Disposition"] = f'attachment; filename="{printable.kind}-{name}-{printable.language}.pdf"'
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _refused(request: HttpRequest, kind: str, page: LessonPage | ModulePage) -> HttpResponse | None:
    """Where somebody is sent who may not have it; None for who may. Raises PermissionDenied, or Http404 for a closed page."""
    if may_have(request, kind, page):
        return _without_second_factor(request, kind)
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path() if request.method == "GET" else page.get_url(request))
    if kind == Kind.HANDBOOK:
        raise PermissionDenied
    if page.get_url(request) is None:
        raise Http404
    messages.info(request, _("Start the course to print from it."))
    return redirect(page.get_parent().get_url(request))


def _without_second_factor(request: HttpRequest, kind: str) -> HttpResponse | None:
    """Answers are as well kept here as in the administration: see ``StaffMfaMiddleware``."""
    if kind != Kind.HANDBOOK or not settings.STAFF_MFA_REQUIRED or not StaffMfaMiddleware.must_set_up(request.user):
        return None
    messages.warning(
        request, _("A handbook holds answers, so your account needs two-step sign-in. Set up an app or a passkey first.")
    )
    return redirect("mfa_index")
