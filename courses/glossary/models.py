"""A term is the same in every language; its entries are the words and meanings."""

from typing import Any

from django.conf import settings
from django.db import models
from django.forms import Textarea
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.search import index

from training.places import LANGUAGES


class GlossaryTerm(index.Indexed, ClusterableModel):
    """``key`` names the term in texts and course files, for ever. A new term takes it from its word."""

    key = models.SlugField(primary_key=True, max_length=60, editable=False)
    source = models.CharField(
        _("source of the legal meaning"),
        max_length=255,
        blank=True,
        help_text=_("Law and article. Example: Council of Europe Convention (2005), Article 13."),
    )

    panels = [FieldPanel("source"), InlinePanel("entries", label=_("Word"), heading=_("Words"), min_num=1)]
    search_fields = [index.AutocompleteField("every_word")]

    class Meta:
        verbose_name = _("word of the glossary")
        verbose_name_plural = _("glossary")
        ordering = ["key"]

    def __str__(self) -> str:
        return self.word_in(settings.LANGUAGE_CODE)

    def save(self, **kwargs: Any) -> None:
        if not self.key:
            self.key = free_key(self.word_in(settings.LANGUAGE_CODE))
            kwargs["force_insert"] = True
        super().save(**kwargs)
        index.insert_or_update_object(self)  # once more: Wagtail did so before the words were stored

    def every_word(self) -> str:
        """For those who look for a word in any language."""
        return " ".join(entry.word for entry in self.entries.all())

    def word_in(self, language: str) -> str:
        """The word in ``language``, else in the first language that has one, else the key."""
        words = {entry.language: entry.word for entry in self.entries.all()}
        return words.get(language) or next(iter(words.values()), self.key)


def free_key(word: str) -> str:
    """A key made of ``word`` that no term has yet."""
    stem = slugify(word)[:50].strip("-") or "term"
    taken = set(GlossaryTerm.objects.filter(key__startswith=stem).values_list("key", flat=True))
    return next(key for key in (stem, *(f"{stem}-{n}" for n in range(2, len(taken) + 3))) if key not in taken)


class GlossaryEntry(models.Model):
    term = ParentalKey(GlossaryTerm, on_delete=models.CASCADE, related_name="entries")
    language = models.CharField(_("language"), max_length=2, choices=LANGUAGES)
    word = models.CharField(
        _("word"),
        max_length=200,
        help_text=_("Where countries differ, add the country. Example: Vormund (DE)."),
    )
    meaning = models.CharField(_("meaning in plain words"), max_length=400, blank=True)
    legal_meaning = models.CharField(_("meaning in law"), max_length=400, blank=True)
    approved_by = models.CharField(
        _("approved by"),
        max_length=120,
        blank=True,
        help_text=_("The partner who approved this word; until then it is a proposal."),
    )

    panels = [
        FieldPanel("language"),
        FieldPanel("word"),
        FieldPanel("meaning", widget=Textarea({"rows": 2})),
        FieldPanel("legal_meaning", widget=Textarea({"rows": 2})),
        FieldPanel("approved_by"),
    ]

    class Meta:
        ordering = ["term", "language"]
        constraints = [
            models.UniqueConstraint(
                fields=["term", "language"],
                name="glossary_word_once",
                violation_error_message=_("Each language has one entry. Put both words into it."),
            )
        ]

    def __str__(self) -> str:
        return self.word
