"""How trainers narrow the list of questions."""

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from taggit.models import Tag
from wagtail.admin.filters import WagtailFilterSet

from quizzes.kinds import KINDS
from quizzes.models import Difficulty, Question, QuestionBank, QuestionFlag, Quiz
from quizzes.models.bank import JURISDICTIONS

from .usage import keys_asked_by

STATES = [("draft", _("Draft")), ("ready", _("Ready")), ("retired", _("Retired"))]
HAS_STATE = {"draft": Q(live=False, retired=False), "ready": Q(live=True, retired=False), "retired": Q(retired=True)}


def outcomes() -> list[tuple[str, str]]:
    found = Question.objects.exclude(outcome="").order_by("outcome").values_list("outcome", flat=True).distinct()
    return [(outcome, outcome) for outcome in found]


def tags() -> list[tuple[str, str]]:
    used = Tag.objects.filter(quizzes_questiontag_items__isnull=False).distinct().order_by("name")
    return [(tag.name, tag.name) for tag in used]


def is_outdated() -> Q:
    """Whose source was to be checked again before today."""
    return Q(review_by__lt=timezone.localdate())


ANY = pgettext_lazy("no choice in a filter", "Any")


class Choice(django_filters.ChoiceFilter):
    """One of a list that may be long."""

    def __init__(self, **options: object) -> None:
        super().__init__(widget=forms.Select, empty_label=ANY, **options)


class QuestionFilterSet(WagtailFilterSet):
    bank = django_filters.ModelChoiceFilter(
        label=_("Question bank"), queryset=QuestionBank.objects.all(), empty_label=ANY, widget=forms.Select
    )
    outcome = Choice(label=_("Outcome"), choices=outcomes)
    body_kind = Choice(label=_("Kind"), choices=lambda: [(kind.name, kind.label) for kind in KINDS.values()])
    jurisdiction = Choice(label=_("Whose law"), choices=JURISDICTIONS)
    difficulty = Choice(label=_("Difficulty"), choices=Difficulty.choices)
    tag = Choice(label=_("Tag"), choices=tags, method="with_tag")
    state = Choice(label=_("State"), choices=STATES, method="in_state")
    used_in = django_filters.ModelChoiceFilter(
        label=_("Used in"), queryset=Quiz.objects.all(), method="used_in_quiz", empty_label=ANY, widget=forms.Select
    )
    flagged = Choice(label=_("Doubts"), choices=[("yes", _("With open doubts"))], method="with_open_doubts")
    outdated = Choice(label=_("Source"), choices=[("yes", _("To be checked again"))], method="with_outdated_source")

    class Meta:
        model = Question
        fields: list[str] = []

    def with_tag(self, questions: QuerySet[Question], _name: str, tag: str) -> QuerySet[Question]:
        return questions.filter(pk__in=Question.objects.filter(tags__name=tag).values("pk"))

    def in_state(self, questions: QuerySet[Question], _name: str, state: str) -> QuerySet[Question]:
        return questions.filter(HAS_STATE[state])

    def used_in_quiz(self, questions: QuerySet[Question], _name: str, quiz: Quiz) -> QuerySet[Question]:
        return questions.filter(translation_key__in=keys_asked_by(quiz))

    def with_open_doubts(self, questions: QuerySet[Question], _name: str, _yes: str) -> QuerySet[Question]:
        flagged = QuestionFlag.objects.filter(resolved_at__isnull=True).values("question_key")
        return questions.filter(translation_key__in=flagged)

    def with_outdated_source(self, questions: QuerySet[Question], _name: str, _yes: str) -> QuerySet[Question]:
        return questions.filter(is_outdated())
