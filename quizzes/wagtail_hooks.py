"""The editor's side: the bank, the quizzes, and the guard that keeps what learners have answered."""

from typing import Any

import django_filters
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column, LiveStatusTagColumn, LocaleColumn
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from .admin.transfer_hooks import import_menu_item
from .forms import QuestionForm, QuizForm
from .kinds import KINDS
from .models import Attempt, Question, QuestionBank, Quiz, Response


class QuestionFilterSet(WagtailFilterSet):
    body_kind = django_filters.ChoiceFilter(label=_("Kind"), choices=lambda: [(kind.name, kind.label) for kind in KINDS.values()])

    class Meta:
        model = Question
        fields = ["bank", "body_kind", "outcome", "live"]


class QuestionViewSet(SnippetViewSet):
    model = Question
    icon = "help"
    menu_label = _("Questions")
    list_display = [
        "__str__",
        Column("kind_label", label=_("Kind"), sort_key="body_kind"),
        Column("bank", label=_("Question bank"), sort_key="bank__name"),
        Column("outcome", label=_("Outcome"), sort_key="outcome"),
        LocaleColumn(label=_("Language")),
        LiveStatusTagColumn(),
    ]
    list_select_related = ["bank", "locale"]
    filterset_class = QuestionFilterSet
    list_per_page = 50
    copy_view_enabled = True
    inspect_view_enabled = False
    edit_handler = ObjectList(
        [
            FieldPanel("bank"),
            FieldPanel("body"),
            FieldPanel("outcome"),
            FieldPanel("review_lesson", heading=_("Lesson to look at again")),
            FieldPanel("source"),
        ],
        base_form_class=QuestionForm,
    )


class QuizViewSet(SnippetViewSet):
    model = Quiz
    icon = "tasks"
    menu_label = _("Quizzes")
    list_display = [
        "title",
        Column("pass_mark", label=_("Pass mark"), sort_key="pass_mark"),
        Column("draw_from", label=_("Draws from")),
        LocaleColumn(label=_("Language")),
        LiveStatusTagColumn(),
    ]
    list_select_related = ["draw_from", "locale"]
    list_filter = ["draw_from", "behaviour", "live"]
    list_per_page = 50
    edit_handler = ObjectList(
        [
            FieldPanel("title"),
            FieldPanel("intro"),
            InlinePanel("items", [FieldPanel("question")], heading=_("Questions"), label=_("Question")),
            MultiFieldPanel(
                [FieldPanel("draw_from"), FieldPanel("questions_per_attempt"), FieldPanel("shuffle_questions")],
                heading=_("Which questions are asked"),
            ),
            MultiFieldPanel(
                [FieldPanel("pass_mark"), FieldPanel("attempts_allowed"), FieldPanel("behaviour"), FieldPanel("minutes")],
                heading=_("What counts"),
            ),
            FieldPanel("shuffle_choices"),
        ],
        base_form_class=QuizForm,
    )


class QuestionBankViewSet(SnippetViewSet):
    model = QuestionBank
    icon = "folder-open-inverse"
    menu_label = _("Question banks")
    list_display = ["name"]
    edit_handler = ObjectList([FieldPanel("name"), FieldPanel("slug")])


class QuizzesGroup(SnippetViewSetGroup):
    items = (QuizViewSet, QuestionViewSet, QuestionBankViewSet)
    menu_label = _("Questions and quizzes")
    menu_name = "quizzes"
    menu_icon = "tasks"
    menu_order = 250

    def get_submenu_items(self) -> list[MenuItem]:
        return [*super().get_submenu_items(), import_menu_item()]


register_snippet(QuizzesGroup)


@hooks.register("before_delete_snippet")
def keep_what_was_answered(request: HttpRequest, instances: list[Any]) -> HttpResponse | None:
    """Refuse to delete, one by one or in bulk, questions and quizzes that learners' attempts refer to."""
    for model, evidence in ((Question, Response.objects.filter), (Quiz, Attempt.objects.filter)):
        keys = [instance.translation_key for instance in instances if isinstance(instance, model)]
        field = "question_key" if model is Question else "quiz_key"
        used = set(evidence(**{f"{field}__in": keys}).values_list(field, flat=True)) if keys else set()
        if used:
            names = [str(instance) for instance in instances if getattr(instance, "translation_key", None) in used]
            messages.error(request, _refusal(names))
            return redirect(reverse(model.snippet_viewset.get_url_name("list")))
    return None


def _refusal(names: list[str]) -> str:
    text = ngettext(
        "Learners have answered “%(names)s”, so it stays. Unpublish it instead: nobody new will meet it.",
        "Learners have answered these, so they stay: %(names)s. Unpublish them instead: nobody new will meet them.",
        len(names),
    )
    return text % {"names": "; ".join(names[:5]) + (gettext(" and others") if len(names) > 5 else "")}
