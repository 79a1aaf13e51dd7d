"""Where results and analyses are, and the ways that lead there: the Reports menu, the list of quizzes, their editor."""

from typing import Any

from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button
from wagtail.snippets.views.snippets import EditView

from accounts.models import User
from accounts.permissions import may_read_reports, may_work_on_quizzes
from quizzes.models import Quiz
from quizzes.visibility import may_mark

from .analysis import analysis
from .downloads import report, report_file
from .results import answers, results, results_index

URLS = (
    [
        path("", results_index, name="index"),
        path("<uuid:quiz_key>/", results, name="results"),
        path("<uuid:quiz_key>/answers/", answers, name="answers"),
        path("<uuid:quiz_key>/analysis/", analysis, name="analysis"),
        path("files/<uuid:public_id>/", report, name="report"),
        path("files/<uuid:public_id>/file/", report_file, name="file"),
    ],
    "quizzes_reports",
)


@hooks.register("register_admin_urls")
def results_urls() -> list[URLPattern | URLResolver]:
    return [path("quiz-results/", include(URLS))]


class ReaderMenuItem(MenuItem):
    def is_shown(self, request: Any) -> bool:
        return may_read_reports(request.user)


@hooks.register("register_reports_menu_item")
def results_menu_item() -> MenuItem:
    return ReaderMenuItem(
        _("Results of quizzes"), reverse("quizzes_reports:index"), name="quiz-results", icon_name="tasks", order=110
    )


def quiz_links(quiz: Quiz, user: User) -> list[Button]:
    """Buttons to what ``user`` may read about ``quiz``."""
    links = []
    if may_read_reports(user):
        url = reverse("quizzes_reports:results", args=[quiz.translation_key])
        links.append(Button(_("Results"), url=url, icon_name="tasks", priority=12))
    if may_work_on_quizzes(user):
        url = reverse("quizzes_reports:analysis", args=[quiz.translation_key])
        links.append(Button(_("Item analysis"), url=url, icon_name="view", priority=14))
    if may_mark(user):
        url = reverse("quizzes_desk:tries", query={"quiz": quiz.translation_key})
        links.append(Button(_("Tries"), url=url, icon_name="history", priority=16))
    return links


@hooks.register("register_snippet_listing_buttons")
def links_in_list(snippet: Any, user: User, next_url: str | None = None) -> list[Button]:
    return quiz_links(snippet, user) if isinstance(snippet, Quiz) else []


class QuizEditView(EditView):
    @property
    def header_more_buttons(self) -> list[Button]:
        return [*super().header_more_buttons, *quiz_links(self.object, self.request.user)]
