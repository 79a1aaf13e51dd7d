"""The lists of questions and quizzes: a fixed number of queries, whatever there is to list."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.ui.tables import TitleColumn
from wagtail.admin.widgets.button import BaseButton, Button, ButtonWithDropdown
from wagtail.search.backends import get_search_backend
from wagtail.snippets.views.snippets import IndexView

from quizzes.models import Question, QuestionFlag
from quizzes.statistics import question_figures

from .translating import THEIRS, TranslateButtons


class ListView(IndexView):
    """A list whose buttons know the translations of a whole page at once. ``related``: what its columns read."""

    related: tuple[str, ...] = ()

    def get_base_queryset(self) -> QuerySet[Any]:
        return super().get_base_queryset().select_related(*self.related)

    def _get_title_column(self, field_name: str, column_class: type = TitleColumn, **options: Any) -> TitleColumn:
        return super()._get_title_column(field_name, column_class, **{"accessor": str, "width": "24%", **options})

    def get_table(self, object_list: Sequence[Any]) -> Any:
        rows = list(object_list)
        self.translate_buttons = TranslateButtons(rows, self.request.user)
        self.prepare(rows)
        return super().get_table(rows)

    def prepare(self, rows: list[Any]) -> None:
        """Bring what the columns show of ``rows``."""

    def get_list_buttons(self, instance: Any) -> list[BaseButton]:
        found: list[Any] = [
            *(Button.from_menu_item(item) for item in self.get_list_more_buttons(instance)),
            *self.translate_buttons.of(instance, self.request.path),
        ]
        for hook in hooks.get_hooks("register_snippet_listing_buttons"):
            if hook.__module__ != THEIRS:
                found.extend(hook(instance, self.request.user, self.request.path))
        for hook in hooks.get_hooks("construct_snippet_listing_buttons"):
            hook(found, instance, self.request.user)
        label = _("More options for '%(title)s'") % {"title": str(instance)}
        return [ButtonWithDropdown(buttons=found, icon_name="dots-horizontal", attrs={"aria-label": label})] if found else []


class QuizListView(ListView):
    related = ("draw_from", "locale")


class QuestionListView(ListView):
    related = ("bank", "locale")

    def search_queryset(self, queryset: QuerySet[Question]) -> QuerySet[Question]:
        """Searched first and filtered then: the search index knows few of the fields that the filters ask for."""
        if not self.is_searching:
            return queryset
        found = get_search_backend().autocomplete(self.search_query, Question.objects.all())
        return queryset.filter(pk__in=[question.pk for question in found])

    def prepare(self, rows: list[Question]) -> None:
        keys = {question.translation_key for question in rows}
        figures = question_figures(keys)
        flags = QuestionFlag.objects.filter(question_key__in=keys, resolved_at__isnull=True).order_by()
        doubts = dict(flags.values_list("question_key").annotate(Count("pk")))
        for question in rows:
            question.figures = figures[question.translation_key]
            question.open_flags = doubts.get(question.translation_key, 0)

    def get_list_more_buttons(self, instance: Question) -> list[Any]:
        return [*super().get_list_more_buttons(instance), *question_links(instance)]


def question_links(question: Question) -> list[Any]:
    """Buttons to what our own pages tell about a question."""
    named = question.snippet_viewset.get_url_name
    return [
        Button(_("Try it"), url=reverse("quizzes_admin:try", args=[question.pk]), icon_name="view", priority=12),
        Button(_("Where it is used"), url=reverse(named("usage"), args=[question.pk]), icon_name="link", priority=14),
        Button(_("Versions"), url=reverse(named("history"), args=[question.pk]), icon_name="history", priority=16),
        Button(_("Mark again"), url=reverse("quizzes_desk:regrade", args=[question.pk]), icon_name="rotate", priority=18),
    ]
