"""The question bank: questions in every language, each with its history."""

from django.db import models
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import DraftStateMixin, PreviewableMixin, RevisionMixin, TranslatableMixin
from wagtail.search import index

from quizzes.kinds import question_blocks


class QuestionBank(models.Model):
    """A pool of questions on one subject."""

    name = models.CharField(_("name"), max_length=200, unique=True)
    slug = models.SlugField(_("short name"), unique=True, max_length=100)

    class Meta:
        verbose_name = _("question bank")
        verbose_name_plural = _("question banks")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Question(PreviewableMixin, DraftStateMixin, RevisionMixin, TranslatableMixin, index.Indexed, models.Model):
    """One question in one language. ``body`` holds exactly one block; its type is the kind of question (``quizzes.kinds``).

    ``translation_key`` is the question's identity in attempts; ``review_key`` that of the lesson which teaches it.
    """

    bank = models.ForeignKey(QuestionBank, models.PROTECT, related_name="questions", verbose_name=_("question bank"))
    body = StreamField(question_blocks(), min_num=1, max_num=1, verbose_name=_("question"))
    outcome = models.CharField(
        _("learning outcome"),
        max_length=255,
        blank=True,
        help_text=_("What a right answer shows. Example: Tell trafficking from smuggling."),
    )
    review_key = models.UUIDField(_("lesson to look at again"), null=True, blank=True, editable=False)
    source = models.CharField(_("source"), max_length=255, blank=True, help_text=_("Where the right answer is written down."))

    panels = [FieldPanel("bank"), FieldPanel("body"), FieldPanel("outcome"), FieldPanel("source")]
    search_fields = [
        index.SearchField("body"),
        index.SearchField("outcome"),
        index.FilterField("bank"),
        index.FilterField("locale_id"),
    ]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ["bank", "pk"]

    def __str__(self) -> str:
        text = strip_tags(self.text)
        return text if len(text) <= 90 else f"{text[:89]}…"

    @property
    def kind(self) -> str:
        return self.body[0].block_type if self.body else ""

    @property
    def text(self) -> str:
        """The question itself as HTML."""
        return self.body[0].value["text"].source if self.body else ""

    def get_preview_template(self, request, mode_name) -> str:
        return "quizzes/question_preview.html"
