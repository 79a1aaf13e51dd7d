"""A quiz: which questions, how many, and what counts as a pass."""

from decimal import Decimal
from random import Random
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.fields import RichTextField
from wagtail.models import (
    DraftStateMixin,
    Orderable,
    PreviewableMixin,
    Revision,
    RevisionMixin,
    TranslatableMixin,
    WorkflowMixin,
)
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from quizzes.drawing import Candidate, Section, Slot, choose
from quizzes.kinds.prose import frozen_html
from quizzes.rules import Behaviour, Completion, Grading, Moment, Navigation, Rules, TimeUp, all_shown, always

from .bank import Difficulty, DrawRule, Question, QuestionBank


class QuizQuerySet(models.QuerySet["Quiz"]):
    def in_language(self, key: UUID, language: str) -> "Quiz | None":
        """The live quiz ``key`` in ``language``, else in the site's first language, else in any. One query."""
        wanted = {language: 0, settings.LANGUAGE_CODE: 1}
        found = self.filter(translation_key=key, live=True).select_related("locale").order_by("pk")
        return min(found, key=lambda quiz: wanted.get(quiz.locale.language_code, 2), default=None)


class Quiz(WorkflowMixin, DraftStateMixin, RevisionMixin, PreviewableMixin, TranslatableMixin, index.Indexed, ClusterableModel):
    """A quiz in one language; ``translation_key`` is its identity in attempts.

    Its pool is its items together with the questions of ``draw_from``; each attempt asks ``questions_per_attempt`` of them.
    """

    title = models.CharField(_("title"), max_length=200)
    intro = RichTextField(_("introduction"), blank=True, features=["bold", "italic", "ul", "ol", "link"])
    minutes = models.PositiveSmallIntegerField(
        _("minutes"), default=5, help_text=_("How long it takes most people. It is no limit.")
    )
    pass_mark = models.PositiveSmallIntegerField(
        _("pass mark (per cent)"), default=80, validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    attempts_allowed = models.PositiveSmallIntegerField(
        _("tries allowed"), default=0, help_text=_("0 means: as often as the learner likes.")
    )
    grading = models.CharField(_("which try counts"), max_length=10, choices=Grading, default=Grading.BEST)
    delay = models.PositiveIntegerField(
        _("minutes between tries"), default=0, help_text=_("Time to look at the lessons again. 0 means: at once.")
    )
    later_delay = models.PositiveIntegerField(
        _("minutes between later tries"),
        null=True,
        blank=True,
        help_text=_("From the second try on. Empty means: as after the first."),
    )
    completion = models.CharField(_("when it counts as done"), max_length=10, choices=Completion, default=Completion.PASS)
    minimum_tries = models.PositiveSmallIntegerField(
        _("tries to hand in at least"), default=0, help_text=_("Before the quiz counts as done. 0 means: one is enough.")
    )
    opens_at = models.DateTimeField(_("opens"), null=True, blank=True, help_text=_("Before this nobody can start."))
    due_at = models.DateTimeField(_("due"), null=True, blank=True, help_text=_("Later tries count, and are shown as late."))
    closes_at = models.DateTimeField(
        _("closes"), null=True, blank=True, help_text=_("After this nobody can start, and open tries end.")
    )
    time_limit = models.PositiveSmallIntegerField(
        _("time limit (minutes)"),
        default=0,
        help_text=_("0 means: no limit. A limit shuts people out; give more time where somebody needs it (Overrides)."),
    )
    when_time_ends = models.CharField(_("when the time is over"), max_length=10, choices=TimeUp, default=TimeUp.SUBMIT)
    grace = models.PositiveSmallIntegerField(_("time to hand in afterwards (minutes)"), default=5)
    access_code = models.CharField(
        _("access code"), max_length=50, blank=True, help_text=_("Learners type it before they start. Empty means: none.")
    )
    open_to_all = models.BooleanField(
        _("open to visitors"),
        default=False,
        help_text=_("Anybody may practise without an account. Nothing counts, and all of it is deleted after three days."),
    )
    shuffle_questions = models.BooleanField(_("questions in a new order each time"), default=True)
    shuffle_choices = models.BooleanField(_("choices in a new order each time"), default=True)
    shuffle_sections = models.BooleanField(_("sections in a new order each time"), default=False)
    questions_per_page = models.PositiveSmallIntegerField(
        _("questions per page"), default=1, help_text=_("0 means: all on one page.")
    )
    navigation = models.CharField(_("order of answering"), max_length=10, choices=Navigation, default=Navigation.FREE)
    behaviour = models.CharField(_("feedback"), max_length=12, choices=Behaviour, default=Behaviour.DEFERRED)
    penalties = models.BooleanField(
        _("wrong tries cost points"),
        default=True,
        help_text=_("Where learners may try a question again. Each question says how much."),
    )
    certainty = models.BooleanField(
        _("ask how sure learners are"),
        default=False,
        help_text=_("A sure right answer earns most, a sure wrong one costs. Learners are told before."),
    )
    wrong_costs = models.PositiveSmallIntegerField(
        _("a wrong answer costs (per cent of its points)"),
        default=0,
        validators=[MaxValueValidator(100)],
        help_text=_("0 means: nothing. “I don't know yet” never costs anything."),
    )
    redo = models.BooleanField(
        _("single questions may be done again"),
        default=False,
        help_text=_("Inside a try, after reading the feedback, with the question drawn afresh. The last answer counts."),
    )
    builds_on_last = models.BooleanField(
        _("each try builds on the last"), default=False, help_text=_("The next try begins with the same questions and answers.")
    )
    second_marker = models.BooleanField(
        _("two people mark"), default=False, help_text=_("Texts marked by hand need two markers; the mean counts.")
    )
    review_during = models.JSONField(_("shown during the try"), default=all_shown, blank=True)
    review_just_after = models.JSONField(_("shown within the hour after handing in"), default=all_shown, blank=True)
    review_later = models.JSONField(_("shown later, while the quiz is open"), default=all_shown, blank=True)
    review_closed = models.JSONField(_("shown after the quiz has closed"), default=all_shown, blank=True)
    answers_shown = models.JSONField(_("when questions and answers are shown"), default=always, blank=True)
    draw_from = models.ForeignKey(
        QuestionBank,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="quizzes",
        verbose_name=_("draw questions from"),
        help_text=_("All questions of this bank join those chosen above."),
    )
    questions_per_attempt = models.PositiveSmallIntegerField(
        _("questions per try"),
        default=0,
        help_text=_("Drawn at random so that every outcome is asked. 0 means: all of them."),
    )

    objects = QuizQuerySet.as_manager()

    override_translatable_fields = [
        SynchronizedField("draw_from", overridable=False),
        SynchronizedField("access_code", overridable=False),
    ]

    search_fields = [
        index.SearchField("title"),
        index.AutocompleteField("title"),
        index.FilterField("title"),
        index.FilterField("live"),
        index.FilterField("locale_id"),
        index.FilterField("translation_key"),
    ]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("quiz")
        verbose_name_plural = _("quizzes")
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title

    @property
    def intro_html(self) -> str:
        """The introduction as clean HTML."""
        return frozen_html(self.intro)

    @property
    def delays_differ(self) -> bool:
        return self.later_delay not in {None, self.delay}

    def delay_after(self, tries: int) -> int:
        """Minutes that somebody waits who has handed in so many ``tries``, before the next may begin."""
        return self.delay if tries < 2 or self.later_delay is None else self.later_delay

    def rules(self) -> Rules:
        """What an attempt that starts now is promised, overrides apart."""
        return Rules(
            behaviour=self.behaviour,
            certainty=self.certainty,
            penalties=self.penalties,
            wrong_costs=self.wrong_costs,
            navigation=self.navigation,
            grading=self.grading,
            completion=self.completion,
            minimum_tries=self.minimum_tries,
            attempts_allowed=self.attempts_allowed,
            time_limit=self.time_limit,
            when_time_ends=self.when_time_ends,
            grace=self.grace,
            redo=self.redo,
            second_marker=self.second_marker,
            due_at=self.due_at,
            closes_at=self.closes_at,
            review={moment.value: getattr(self, f"review_{moment.value}") for moment in Moment},
            answers_shown=self.answers_shown,
        )

    def pool(self, *, drafts: bool = False) -> list[Question]:
        """Every question this quiz may ask, light and in order; see ``QuestionQuerySet.pool``.

        ``drafts``: count questions that are not live yet.
        """
        questions = Question.objects.all() if drafts else Question.objects.live()
        chosen = [item.question_id for item in self.items.all() if item.question_id]
        return questions.pool(locale_id=self.locale_id, chosen=chosen, bank_id=self.draw_from_id)

    def slots(self, *, country: str | None = None) -> list[Slot]:
        """What the items of this quiz may ask somebody who works in ``country``, in order, questions as light candidates.

        The bank of ``draw_from`` joins at the end. A fixed number of queries, whatever the number of items and questions.
        """
        items, starts = list(self.items.all()), self._section_starts()
        fixed = {question.translation_key: question for question in self.pool()}
        keys = dict(Question.objects.filter(quiz_items__quiz=self).values_list("pk", "translation_key"))
        draws = [item for item in items if item.draw_count]
        drawn = Question.objects.live().drawable([d.draw_rule for d in draws], locale_id=self.locale_id, country=country)
        found = dict(zip((id(item) for item in draws), drawn, strict=True))
        slots, used = [], set()
        for number, item in enumerate(items, start=1):
            section = sum(number >= start for start in starts) - 1 if starts else 0
            if item.draw_count:
                slots.append(Slot(tuple(self._asked_by(item, max(section, 0), *found[id(item)])), item.draw_count))
            elif question := fixed.get(keys.get(item.question_id)):
                used.add(question.translation_key)
                slots.append(Slot(tuple(self._asked_by(item, max(section, 0), question)), is_fixed=True))
        rest = [q for key, q in fixed.items() if key not in used]
        last = max(len(starts) - 1, 0)
        return [*slots, Slot(tuple(_candidate(q, Decimal(1), last) for q in rest))] if rest else slots

    def _asked_by(self, item: "QuizItem", section: int, *questions: Question) -> list[Candidate]:
        waits = item.after_previous and self.may_open_later
        return [
            _candidate(
                question,
                item.points,
                section,
                after_previous=waits,
                version=item.version_id if question.pk == item.question_id else None,  # a translation has versions of its own
            )
            for question in questions
        ]

    @property
    def may_open_later(self) -> bool:
        """Whether a question can wait for the one before: only where that one can be finished before all is handed in."""
        return self.behaviour != Behaviour.DEFERRED and self.navigation == Navigation.FREE

    def _section_starts(self) -> list[int]:
        return [section.starts_at for section in self.sections.all().order_by("starts_at")]

    def headings(self) -> list[Section]:
        """The sections in order; questions before the first heading belong to it too."""
        return [Section(section.title, section.shuffle) for section in self.sections.all().order_by("starts_at")]

    def asked(self, *, country: str | None = None) -> int:
        """How many questions one attempt asks now."""
        chance = Random(0)  # noqa: S311 - only their number is wanted
        return len(choose(self.slots(country=country), self.questions_per_attempt, chance))

    def get_preview_template(self, request: Any, mode_name: str) -> str:
        return "quizzes/quiz_preview.html"

    def get_preview_context(self, request: Any, mode_name: str) -> dict[str, Any]:
        """The start page as a learner sees it, and the pool of questions, drafts among them. Reads only."""
        context = super().get_preview_context(request, mode_name)
        pool = self.pool(drafts=True)
        return {
            **context,
            "quiz": self,
            "asked": min(self.questions_per_attempt or len(pool), len(pool)),
            "questions": Question.objects.filter(pk__in=[question.pk for question in pool]),
        }


class QuizItem(Orderable):
    """A fixed question, or a rule by which some are drawn; each drawn question is worth ``points``."""

    quiz = ParentalKey(Quiz, on_delete=models.CASCADE, related_name="items")
    question = models.ForeignKey(
        Question, models.PROTECT, null=True, blank=True, related_name="quiz_items", verbose_name=_("question")
    )
    # A revision of the question that was published; empty: whichever is published when a try begins.
    version = models.ForeignKey(
        Revision, models.PROTECT, null=True, blank=True, editable=False, related_name="+", verbose_name=_("version")
    )
    points = models.DecimalField(
        _("points"), max_digits=5, decimal_places=2, default=1, validators=[MinValueValidator(Decimal("0"))]
    )
    after_previous = models.BooleanField(
        _("opens after the question before"),
        default=False,
        help_text=_("Nothing of it is shown before the learner has finished that one."),
    )
    draw_count = models.PositiveSmallIntegerField(
        _("or draw so many questions"), default=0, help_text=_("Every outcome is asked as long as there are enough.")
    )
    draw_bank = models.ForeignKey(
        QuestionBank, models.PROTECT, null=True, blank=True, related_name="draws", verbose_name=_("from the bank")
    )
    draw_outcome = models.CharField(_("with the outcome"), max_length=255, blank=True)
    draw_tag = models.CharField(_("with the tag"), max_length=100, blank=True)
    draw_difficulty = models.PositiveSmallIntegerField(_("of the difficulty"), null=True, blank=True, choices=Difficulty)

    class Meta(Orderable.Meta):
        constraints = [
            models.UniqueConstraint(fields=["quiz", "question"], name="quiz_item_once"),
            models.CheckConstraint(
                condition=models.Q(question__isnull=False, draw_count=0) | models.Q(question__isnull=True, draw_count__gt=0),
                name="quiz_item_question_or_draw",
            ),
        ]

    def __str__(self) -> str:
        return str(self.question or self.draw_bank or "")

    @property
    def draw_rule(self) -> DrawRule:
        return DrawRule(self.draw_bank_id, self.draw_outcome, self.draw_tag, self.draw_difficulty)


def _candidate(question: Question, points: Decimal, section: int, **how: Any) -> Candidate:
    return Candidate(question.pk, question.translation_key, question.outcome, points, section, question.is_graded, **how)


class QuizSection(TranslatableMixin, Orderable):
    """A heading from the item number ``starts_at`` on (1: the first), until the next section."""

    quiz = ParentalKey(Quiz, on_delete=models.CASCADE, related_name="sections")
    title = models.CharField(_("heading"), max_length=200)
    starts_at = models.PositiveSmallIntegerField(_("begins with item number"), validators=[MinValueValidator(1)])
    shuffle = models.BooleanField(_("questions of this section in a new order each time"), default=False)

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        constraints = [models.UniqueConstraint(fields=["quiz", "starts_at"], name="quiz_section_once")]

    def __str__(self) -> str:
        return self.title


class QuizBand(TranslatableMixin, Orderable):
    """What a learner reads whose result is at least ``from_percent``, and below the next band."""

    quiz = ParentalKey(Quiz, on_delete=models.CASCADE, related_name="bands")
    from_percent = models.PositiveSmallIntegerField(_("from (per cent)"), validators=[MaxValueValidator(100)])
    text = RichTextField(_("what learners read"), features=["bold", "italic", "ul", "ol", "link"])

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        constraints = [models.UniqueConstraint(fields=["quiz", "from_percent"], name="quiz_band_once")]

    def __str__(self) -> str:
        return f"{self.from_percent}%"

    @property
    def html(self) -> str:
        """The text as clean HTML."""
        return frozen_html(self.text)
