"""How the questions of a quiz do: for those who write them. Sums over everybody who took it, never about a few."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe
from wagtail.models import Revision

from accounts.permissions import may_work_on_quizzes
from quizzes.analysis import FEW
from quizzes.charts import Chart, bar_chart
from quizzes.models import Question
from quizzes.reports.items import Analysis, analyse
from quizzes.statistics import ENOUGH

from .downloads import download_table
from .results import quiz_or_404

HINTS = {
    "hard": _("Hardly anybody gets this right: is it clear?"),
    "easy": _("Nearly everybody gets this right: it tells little about who knows more."),
    "key": _("People who do well elsewhere get this wrong: check the key."),
    "weak": _("It hardly tells who knows more from who knows less: look at the choices."),
    "unsure": _("Many do not know yet: does a lesson teach it?"),
    "doubts": _("Learners doubt it: read what they say."),
}


@require_safe
def analysis(request: HttpRequest, quiz_key: UUID) -> HttpResponse:
    """Facility, discrimination, what was said, time and reliability; a fixed number of queries."""
    if not may_work_on_quizzes(request.user):
        raise PermissionDenied
    quiz = quiz_or_404(quiz_key)
    if "export" in request.GET:
        return download_table(request, quiz_key, "items", {})
    found = analyse(quiz_key)
    editable = dict(
        Question.objects.filter(translation_key__in={item.key for item in found.items}).values_list("translation_key", "pk")
    )
    written = dict(Revision.objects.filter(pk__in={item.version for item in found.items}).values_list("pk", "created_at"))
    context = {
        "quiz": quiz,
        "analysis": found,
        "rows": [
            (number, item, [HINTS[name] for name in item.hints], editable.get(item.key), written.get(item.version))
            for number, item in enumerate(found.items, start=1)
        ],
        "chart": _chart(found),
        "few": FEW,
        "enough": ENOUGH,
    }
    return render(request, "quizzes/admin/analysis.html", context)


def _chart(found: Analysis) -> Chart | None:
    """The facility of each question; None where no question has one."""
    values = []
    for number, item in enumerate(found.items, start=1):
        share = item.figures.facility
        values.append((str(number), share, "–" if share is None else f"{share:.0%}"))
    return bar_chart(values, top=1) if any(share is not None for _label, share, _shown in values) else None
