"""A quiz: which questions, how many, and what counts as a pass."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.fields import RichTextField
from wagtail.models import DraftStateMixin, Orderable, PreviewableMixin, RevisionMixin, TranslatableMixin

from .bank import Question, QuestionBank


class Feedback(models.TextChoices):
    END = "end", _("At the end, all together")
    EACH = "each", _("After each question")


class Quiz(PreviewableMixin, DraftStateMixin, RevisionMixin, TranslatableMixin, ClusterableModel):
    """A quiz in one language; ``translation_key`` is its identity in attempts.

    Its questions are its fixed items, or a draw from ``draw_from``.
    """

    title = models.CharField(_("title"), max_length=200)
    intro = RichTextField(_("introduction"), blank=True, features=["bold", "italic", "ul", "ol", "link"])
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=5)
    pass_mark = models.PositiveSmallIntegerField(
        _("pass mark (per cent)"), default=80, validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    attempts_allowed = models.PositiveSmallIntegerField(
        _("attempts allowed"), default=0, help_text=_("0 means: as often as the learner likes. The best result counts.")
    )
    shuffle_questions = models.BooleanField(_("questions in a new order each time"), default=True)
    shuffle_choices = models.BooleanField(_("choices in a new order each time"), default=True)
    feedback = models.CharField(_("feedback"), max_length=10, choices=Feedback, default=Feedback.END)
    draw_from = models.ForeignKey(
        QuestionBank, models.PROTECT, null=True, blank=True, related_name="quizzes", verbose_name=_("draw questions from")
    )
    questions_per_attempt = models.PositiveSmallIntegerField(
        _("questions per attempt"),
        default=0,
        help_text=_("Drawn at random so that every outcome is asked. 0 means: all of them."),
    )

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("quiz")
        verbose_name_plural = _("quizzes")
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title


class QuizItem(Orderable):
    """A question that is always in the pool of its quiz."""

    quiz = ParentalKey(Quiz, on_delete=models.CASCADE, related_name="items")
    question = models.ForeignKey(Question, models.PROTECT, related_name="quiz_items", verbose_name=_("question"))

    class Meta(Orderable.Meta):
        constraints = [models.UniqueConstraint(fields=["quiz", "question"], name="quiz_item_once")]

    def __str__(self) -> str:
        return str(self.question)
