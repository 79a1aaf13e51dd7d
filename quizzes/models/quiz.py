"""A quiz: which questions, how many, and what counts as a pass."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.fields import RichTextField
from wagtail.models import DraftStateMixin, Orderable, PreviewableMixin, RevisionMixin, TranslatableMixin, WorkflowMixin
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from quizzes.kinds.prose import frozen_html

from .bank import Question, QuestionBank


class Feedback(models.TextChoices):
    END = "end", _("At the end, all together")
    EACH = "each", _("After each question")


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
        _("minutes"), default=5, help_text=_("How long it takes most people. It is no limit: nobody is timed.")
    )
    pass_mark = models.PositiveSmallIntegerField(
        _("pass mark (per cent)"), default=80, validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    attempts_allowed = models.PositiveSmallIntegerField(
        _("tries allowed"), default=0, help_text=_("0 means: as often as the learner likes. The best result counts.")
    )
    shuffle_questions = models.BooleanField(_("questions in a new order each time"), default=True)
    shuffle_choices = models.BooleanField(_("choices in a new order each time"), default=True)
    feedback = models.CharField(_("feedback"), max_length=10, choices=Feedback, default=Feedback.END)
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

    override_translatable_fields = [SynchronizedField("draw_from", overridable=False)]

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

    def pool(self, *, drafts: bool = False) -> list[Question]:
        """Every question this quiz may ask, light and in order; see ``QuestionQuerySet.pool``.

        ``drafts``: count questions that are not live yet.
        """
        questions = Question.objects.all() if drafts else Question.objects.live()
        chosen = [item.question_id for item in self.items.all() if item.question_id]
        return questions.pool(locale_id=self.locale_id, chosen=chosen, bank_id=self.draw_from_id)

    def asked(self) -> int:
        """How many questions one attempt asks now."""
        available = len(self.pool())
        return min(self.questions_per_attempt or available, available)

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
    """A question that is in the pool of its quiz."""

    quiz = ParentalKey(Quiz, on_delete=models.CASCADE, related_name="items")
    question = models.ForeignKey(Question, models.PROTECT, related_name="quiz_items", verbose_name=_("question"))

    class Meta(Orderable.Meta):
        constraints = [models.UniqueConstraint(fields=["quiz", "question"], name="quiz_item_once")]

    def __str__(self) -> str:
        return str(self.question)
