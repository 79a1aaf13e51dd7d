"""My progress by topic: a learner's own, and nobody else's."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from quizzes.progress import progress_of


@login_required
@require_safe
def progress(request: HttpRequest) -> HttpResponse:
    context = {"progress": progress_of(request.user, get_language())}
    return TemplateResponse(request, "quizzes/progress.html", context)
