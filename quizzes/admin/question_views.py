"""One question in the editor's hands: copied, tried out, its usage, its versions."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages
from wagtail.snippets.views.snippets import CopyView, EditView, RevisionsCompareView, UsageView

from quizzes.explaining import explain
from quizzes.kinds import KINDS
from quizzes.marking import UNSURE, earns, mark
from quizzes.models import Question

from .comparing import compare
from .lists import question_links
from .usage import attempts_with, quizzes_with


class QuestionEditView(EditView):
    @cached_property
    def header_more_buttons(self) -> list[Any]:
        return [*super().header_more_buttons, *question_links(self.object)]


class QuestionCopyView(CopyView):
    def get_initial_form_instance(self) -> Question:
        """What the editor last wrote of the question, named as a copy; saved as a new question by the form's own address."""
        question = self.get_object().get_latest_revision_as_object()
        question.name = _("%(name)s (copy)") % {"name": (question.name or str(question))[:240]}
        question.retired = False
        self.locale = question.locale
        return question


class QuestionUsageView(UsageView):
    page_title = gettext_lazy("Where it is used")

    def get_template_names(self) -> list[str]:  # Wagtail's viewset names a template of its own
        return ["quizzes/admin/usage.html"]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        fixed, drawn = quizzes_with(self.object)
        context = super().get_context_data(**kwargs)
        return {**context, "fixed": fixed, "drawn": drawn, "attempts": attempts_with(self.object.translation_key)}


class QuestionCompareView(RevisionsCompareView):
    template_name = "quizzes/admin/compare.html"

    def _get_revision_and_heading(self, revision_id: str) -> tuple[Question, str]:
        question, heading = super()._get_revision_and_heading(revision_id)
        written = self.object.revisions.filter(pk=revision_id).first() if str(revision_id).isdigit() else None
        return question, date_format(localtime(written.created_at), "SHORT_DATETIME_FORMAT") if written else heading

    def _get_comparison(self, revision_a: Question, revision_b: Question) -> list[Any]:
        return compare(revision_a, revision_b)


@require_http_methods(["GET", "HEAD", "POST"])
def try_question(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer a question as its learner would and read the mark; nothing is kept. What was saved last is asked, draft or not."""
    policy = Question.snippet_viewset.permission_policy
    if not policy.user_has_any_permission(request.user, {"change", "view"}):
        raise PermissionDenied
    question = get_object_or_404(Question, pk=pk).get_latest_revision_as_object()
    context = {"question": question, "edit_url": reverse(Question.snippet_viewset.get_url_name("edit"), args=[pk])}
    if not question.body or not question.is_complete:
        return render(request, "quizzes/admin/try.html", context)
    kind, snapshot = KINDS[question.kind], question.snapshot()
    shown = kind.shown(snapshot)
    posted = request.POST if request.method == "POST" else None
    unsure = posted is not None and posted.get("act") == "unsure"
    form = kind.form(shown, None if unsure else posted)
    context |= {"kind": kind, "shown": shown, "snapshot": snapshot, "form": form}
    if unsure or form.is_valid():
        answer = UNSURE if unsure else form.cleaned_data["answer"]
        result = mark(snapshot, answer)
        context |= {"explained": explain(snapshot, answer, result), "points": earns(result, 1)}
    return render(request, "quizzes/admin/try.html", context, status=422 if form.errors else 200)


def retire_button(questions: list[Question]) -> tuple:
    """A button, for a message, to the page that retires ``questions`` instead of deleting them."""
    ids = "&".join(f"id={question.pk}" for question in questions)
    back = reverse(Question.snippet_viewset.get_url_name("list"))
    url = reverse("wagtail_bulk_action", args=["quizzes", "question", "retire"])
    return messages.button(f"{url}?{ids}&next={back}", _("Retire instead"))
