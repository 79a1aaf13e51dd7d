"""The question bank: questions in every language, each with its history."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from taggit.models import TaggedItemBase
from wagtail.blocks import StreamValue
from wagtail.fields import StreamField
from wagtail.models import DraftStateMixin, Locale, PreviewableMixin, RevisionMixin, TranslatableMixin, WorkflowMixin
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from quizzes.explaining import explain
from quizzes.kinds import KINDS, AsWritten, question_blocks
from quizzes.kinds.prose import plain_text
from quizzes.marking import mark
from training.places import Country


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


def _whole(body: StreamValue) -> StreamValue:
    """``body`` with every field of its block written out: wagtail-localize cannot read a picture that the JSON leaves out."""
    block = body[0]
    raw = {"type": block.block_type, "id": block.id, "value": block.block.get_prep_value(block.value)}
    return body.stream_block.to_python([raw])


class Difficulty(models.IntegerChoices):
    EASY = 1, _("Easy")
    MEDIUM = 2, _("Medium")
    HARD = 3, _("Hard")


# Whose law an answer rests on. Empty: no law.
JURISDICTIONS = [("INT", _("International law")), ("EU", _("Law of the European Union")), *Country.choices[:10]]
LIGHT = ["pk", "translation_key", "outcome", "body_kind", "locale_id"]


class QuestionQuerySet(models.QuerySet["Question"]):
    def live(self) -> "QuestionQuerySet":
        """Those that can be asked: published and not retired."""
        return self.filter(live=True, retired=False)

    def light(self) -> "QuestionQuerySet":
        """Id, key, outcome, kind and language only: a pool may be large, and bodies are wanted of the drawn ones alone."""
        return self.only(*LIGHT).order_by("pk")

    def pool(self, *, locale_id: int, chosen: Sequence[int], bank_id: int | None) -> list["Question"]:
        """The questions among ``self`` that a quiz in ``locale_id`` may ask, one per translation key, light, in order.

        ``chosen`` are ids in any language: each is replaced by its translation where there is one, and asked in its own
        language otherwise, for leaving it out would leave its outcome out. The bank is asked in the quiz's language alone,
        unless it holds nothing in it. At most four queries, whatever the size.
        """
        key_of = dict(self.model.objects.filter(pk__in=chosen).values_list("pk", "translation_key"))
        keys = dict.fromkeys(key_of[pk] for pk in chosen if pk in key_of)
        found: dict[UUID, Question] = {}
        for question in self.light().filter(translation_key__in=keys) if keys else []:
            if question.locale_id == locale_id or (question.pk in key_of and question.translation_key not in found):
                found[question.translation_key] = question
        pool = [found[key] for key in keys if key in found]
        if bank_id:
            bank = self.light().filter(bank_id=bank_id).exclude(translation_key__in=keys)
            pool += list(bank.filter(locale_id=locale_id)) or list(bank.filter(locale=Locale.get_default()))
        return pool

    def drawable(self, rules: "Sequence[DrawRule]", *, locale_id: int, country: str | None = None) -> "list[list[Question]]":
        """For each rule the questions that fit it, light, in order: in ``locale_id``, or in the first language if it has none.

        An outcome may be named in any language. Questions about the law of a country other than ``country`` are left out; None
        leaves none out. Two queries for any number of rules; none without rules.
        """
        if not rules:
            return []
        default = Locale.get_default().pk
        any_bank = any(rule.bank_id is None for rule in rules)
        wanted = self if any_bank else self.filter(bank_id__in={rule.bank_id for rule in rules})
        found = list(wanted.only(*LIGHT, "bank_id", "difficulty", "jurisdiction").order_by("pk"))
        tags: dict[int, set[str]] = {}
        if any(rule.tag for rule in rules):
            tagged = QuestionTag.objects.filter(content_object__in=wanted.values("pk"))
            for pk, name in tagged.values_list("content_object_id", "tag__name"):
                tags.setdefault(pk, set()).add(name.casefold())
        found = [question for question in found if country is None or question.applies_in(country)]
        return [_drawn_by(rule, found, tags, locale_id, default) for rule in rules]


@dataclass(frozen=True)
class DrawRule:
    """Which questions of a bank a quiz draws; what is empty asks for nothing."""

    bank_id: int | None = None
    outcome: str = ""
    tag: str = ""
    difficulty: int | None = None


def _drawn_by(
    rule: DrawRule, questions: "list[Question]", tags: Mapping[int, set[str]], locale_id: int, default: int
) -> "list[Question]":
    fits = [question for question in questions if rule.bank_id in {None, question.bank_id}]
    if rule.outcome:
        keys = {question.translation_key for question in fits if question.outcome == rule.outcome}
        fits = [question for question in fits if question.translation_key in keys]
    if rule.tag:
        fits = [question for question in fits if rule.tag.casefold() in tags.get(question.pk, ())]
    if rule.difficulty:
        fits = [question for question in fits if question.difficulty == rule.difficulty]
    own = [question for question in fits if question.locale_id == locale_id]
    return own or [question for question in fits if question.locale_id == default]


class Question(
    WorkflowMixin, DraftStateMixin, RevisionMixin, PreviewableMixin, TranslatableMixin, index.Indexed, ClusterableModel
):
    """One question in one language. ``body`` holds exactly one block; its type is the kind of question (``quizzes.kinds``).

    ``translation_key`` is the question's identity in attempts; ``review_key`` that of the lesson which teaches it.
    """

    bank = models.ForeignKey(QuestionBank, models.PROTECT, related_name="questions", verbose_name=_("question bank"))
    body = StreamField(question_blocks(), max_num=1, verbose_name=_("question"))
    body_kind = models.CharField(_("kind"), max_length=30, editable=False, db_index=True)
    outcome = models.CharField(
        _("learning outcome"),
        max_length=255,
        blank=True,
        help_text=_("What a right answer shows. Example: Tell trafficking from smuggling."),
    )
    review_key = models.UUIDField(_("lesson to look at again"), null=True, blank=True, editable=False)
    name = models.CharField(
        _("name for trainers"),
        max_length=255,
        blank=True,
        help_text=_("Learners never see it. Empty means: the question itself."),
    )
    difficulty = models.PositiveSmallIntegerField(_("difficulty"), null=True, blank=True, choices=Difficulty)
    tags = ClusterTaggableManager(through="quizzes.QuestionTag", blank=True, verbose_name=_("tags"))
    penalty = models.DecimalField(
        _("a wrong try costs (share of the points)"),
        max_digits=8,
        decimal_places=7,
        default=Decimal("0.3333333"),
        validators=[MinValueValidator(Decimal("0")), MaxValueValidator(Decimal("1"))],
        help_text=_("Only where a quiz lets learners try again. 0.3333333 is a third."),
    )
    keep_order = models.BooleanField(
        _("keep the choices in this order"),
        default=False,
        help_text=_("Also where a quiz mixes them. Example: answers from never to always."),
    )
    retired = models.BooleanField(
        _("retired"), default=False, help_text=_("Nobody new is asked it. What learners have answered stays as it is.")
    )
    source = models.CharField(_("source"), max_length=255, blank=True, help_text=_("Where the right answer is written down."))
    jurisdiction = models.CharField(
        _("whose law"),
        max_length=3,
        blank=True,
        choices=JURISDICTIONS,
        help_text=_("Questions about one country's law are drawn only for learners who work there."),
    )
    checked_by = models.CharField(_("checked by"), max_length=200, blank=True)
    checked_on = models.DateField(_("checked on"), null=True, blank=True)
    review_by = models.DateField(_("check again by"), null=True, blank=True, db_index=True)

    objects = QuestionQuerySet.as_manager()

    # The lesson follows its source; the bank's id is no word to translate.
    override_translatable_fields = [
        SynchronizedField("review_key"),
        *(SynchronizedField(field, overridable=False) for field in ("bank", "name", "checked_by")),
    ]
    search_fields = [
        index.SearchField("body"),
        index.AutocompleteField("body"),
        index.SearchField("outcome"),
        index.FilterField("bank"),
        index.FilterField("body_kind"),
        index.FilterField("live"),
        index.FilterField("locale_id"),
        index.FilterField("translation_key"),
    ]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ["bank", "pk"]

    def __str__(self) -> str:
        text = plain_text(self.text)
        return text if len(text) <= 90 else f"{text[:89]}…"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.body_kind = self.kind
        if self.body:
            self.body = _whole(self.body)
        super().save(*args, **kwargs)

    def applies_in(self, country: str) -> bool:
        """Whether somebody who works in ``country`` may be asked; law of the Union and of nations applies everywhere."""
        return self.jurisdiction in {"", "INT", "EU", country}

    @property
    def kind(self) -> str:
        return self.body[0].block_type if self.body else ""

    @property
    def is_graded(self) -> bool:
        return KINDS[self.body_kind].graded

    @property
    def kind_label(self) -> str:
        kind = KINDS.get(self.body_kind)
        return kind.label if kind else ""

    @property
    def text(self) -> str:
        """The question itself as HTML."""
        return self.body[0].value["text"].source if self.body else ""

    @property
    def is_complete(self) -> bool:
        """Whether it could be published as it stands; a draft may wait for its right answer."""
        try:
            self.body.stream_block.clean(self.body)
        except ValidationError:
            return False
        return True

    def snapshot(self, shuffle: Any = None) -> dict[str, Any]:
        """Freeze everything that asking, marking and explaining this question needs, as JSON; see ``quizzes.kinds.base``.

        ``shuffle`` mixes the choices unless they keep their order.
        """
        language = self.locale.language_code
        with override(language):
            frozen = KINDS[self.kind].snapshot(self.body[0].value, AsWritten() if self.keep_order else shuffle)
        return {
            **frozen,
            "kind": self.kind,
            "language": language,
            "outcome": self.outcome,
            "review_key": str(self.review_key or ""),
            "source": self.source,
            "penalty": str(self.penalty),
        }

    def get_preview_template(self, request: Any, mode_name: str) -> str:
        return "quizzes/question_preview.html"

    def get_preview_context(self, request: Any, mode_name: str) -> dict[str, Any]:
        """The question as a learner meets it and, below, as it looks once marked. Reads only."""
        context = super().get_preview_context(request, mode_name)
        if not self.body:
            return context
        kind, snapshot = KINDS[self.kind], self.snapshot()
        shown, best = kind.shown(snapshot), kind.best_answer(snapshot)
        return {
            **context,
            "kind": kind,
            "shown": shown,
            "answer_form": kind.form(shown),
            "snapshot": snapshot,
            "explained": explain(snapshot, best, mark(snapshot, best)),
            "complete": self.is_complete,
        }


class QuestionTag(TaggedItemBase):
    """A word that trainers find questions by; the same in every language."""

    content_object = ParentalKey(Question, on_delete=models.CASCADE, related_name="tagged_items")
