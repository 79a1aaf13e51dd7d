"""What differs from country to country: the rule of each country for each slot, and whom to call there.

The language chooses the words, the country chooses the law. How old something is, and what a country still lacks, is asked of the
rows; nothing of it is stored.
"""

import datetime
import re
from collections import defaultdict
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.functional import Promise
from django.utils.html import strip_tags
from django.utils.timezone import localdate
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.fields import RichTextField

from training.places import LANGUAGES, PARTNER_CHOICES

from .slots import CONTACT_KINDS, SLOTS

STALE_AFTER = datetime.timedelta(days=180)  # a number that nobody checked for longer is marked
OWN_LINKS = "linktype="  # how rich text names a page or file of this site


class State(models.TextChoices):
    DRAFT = "draft", _("Draft, not shown")
    OPEN = "open", _("To be confirmed")
    CONFIRMED = "confirmed", _("Confirmed")


class AnnexEntryQuerySet(models.QuerySet["AnnexEntry"]):
    def shown(self) -> "AnnexEntryQuerySet":
        """Those that learners see: all but drafts."""
        return self.exclude(state=State.DRAFT)

    def past_review(self) -> "AnnexEntryQuerySet":
        """Those shown that were to be checked again before today."""
        return self.shown().filter(review_by__lt=localdate())

    def countries_by_slot(self) -> dict[str, set[str]]:
        """Which countries have an answer that is shown, by slot, in any language. One query."""
        found: dict[str, set[str]] = defaultdict(set)
        for slot, country in self.shown().order_by().values_list("slot", "country").distinct():
            found[slot].add(country)
        return found


class AnnexEntry(models.Model):
    """What one country answers for one slot, in one language."""

    country = models.CharField(_("country"), max_length=2, choices=PARTNER_CHOICES)
    slot = models.CharField(_("about"), max_length=30, choices=SLOTS)
    language = models.CharField(_("language"), max_length=2, choices=LANGUAGES, default="en")
    law = models.CharField(
        _("law"),
        max_length=255,
        blank=True,
        help_text=_("Its name and article. Example: Programme Law of 24 December 2002, art. 9."),
    )
    means = RichTextField(
        _("what it means for you"),
        features=["bold", "italic", "ol", "ul", "link"],
        help_text=_("Plain words, for a guardian: who decides, how fast, what you can do."),
    )
    link = models.URLField(_("official text"), max_length=500, blank=True)
    source = models.CharField(
        _("source"), max_length=500, blank=True, help_text=_("Where you read it: publisher, page, year. Learners see it.")
    )
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.OPEN)
    checked_on = models.DateField(_("checked on"), null=True, blank=True)
    checked_by = models.CharField(
        _("checked by"),
        max_length=120,
        blank=True,
        help_text=_("An organisation or a role. Example: the Guardianship Service."),
    )
    review_by = models.DateField(
        _("check again by"), null=True, blank=True, help_text=_("After this day learners read that it may be out of date.")
    )

    objects = AnnexEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("text of a country")
        verbose_name_plural = _("texts of countries")
        ordering = ["country", "slot", "language"]
        constraints = [
            models.UniqueConstraint(
                fields=["country", "slot", "language"],
                name="annex_entry_once",
                violation_error_message=_("This country has a text about this in this language already. Change that one."),
            ),
            models.CheckConstraint(
                condition=~models.Q(state=State.CONFIRMED) | models.Q(checked_on__isnull=False),
                name="annex_entry_confirmed_with_day",
                violation_error_message=_("Say on which day it was checked, or leave it “To be confirmed”."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_slot_display()}, {self.get_country_display()} ({self.get_language_display()})"

    def clean(self) -> None:
        if not strip_tags(self.means).strip():  # an empty field of rich text still holds a paragraph
            raise ValidationError({"means": _("Say what it means for a guardian.")})
        if OWN_LINKS in self.means:
            message = _("Link to addresses outside this site only: pages here are for one language, laws are not.")
            raise ValidationError({"means": message})

    @property
    def state_in_words(self) -> str | Promise:
        """Its state, or that it is past its review."""
        past = self.is_past_review and self.state != State.DRAFT
        return _("Past review") if past else self.get_state_display()

    @property
    def is_confirmed(self) -> bool:
        return self.state == State.CONFIRMED

    @property
    def is_past_review(self) -> bool:
        return self.review_by is not None and self.review_by < localdate()


class ContactQuerySet(models.QuerySet["Contact"]):
    def stale(self) -> "ContactQuerySet":
        """Those whose last check was more than 180 days ago."""
        return self.filter(checked_on__lt=localdate() - STALE_AFTER)


class Contact(ClusterableModel):
    """Whom to call in one country. ``words`` holds its name and the rest that differs from language to language."""

    country = models.CharField(_("country"), max_length=2, choices=PARTNER_CHOICES)
    kind = models.CharField(_("kind"), max_length=20, choices=CONTACT_KINDS)
    number = models.CharField(
        _("number"), max_length=40, blank=True, help_text=_("As one dials it, with spaces. Example: 116 000 or +32 2 475 44 99.")
    )
    link = models.URLField(_("website"), max_length=500, blank=True)
    languages = models.CharField(
        _("languages spoken"), max_length=255, blank=True, help_text=_("Codes or names, with commas. Example: fr, nl, Arabic.")
    )
    source = models.CharField(_("source"), max_length=500, blank=True, help_text=_("Where you read it: publisher, page, year."))
    checked_on = models.DateField(_("last checked"), null=True, blank=True)
    confirmed = models.BooleanField(_("confirmed"), default=False, help_text=_("Until then learners read “To be confirmed”."))

    objects = ContactQuerySet.as_manager()

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        ordering = ["country", "kind", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(number="", link=""),
                name="contact_can_be_reached",
                violation_error_message=_("Give a number, a website or both."),
            ),
            models.CheckConstraint(
                condition=models.Q(confirmed=False) | models.Q(checked_on__isnull=False),
                name="contact_confirmed_with_day",
                violation_error_message=_("Say on which day it was checked, or leave it to be confirmed."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.get_country_display()}: {self.number or self.link}"

    @property
    def name(self) -> str:
        """For lists of editors: the name in the first language that has one."""
        return next((row.name for row in self.words.all() if row.name), "")

    @property
    def tel(self) -> str:
        """The number as a ``tel:`` address has it."""
        return re.sub(r"[^\d+]", "", self.number)

    @property
    def host(self) -> str:
        """The website in words."""
        return urlsplit(self.link).netloc.removeprefix("www.")

    @property
    def spoken(self) -> list[str | Promise]:
        """The languages in words: a code becomes its name in the reader's language."""
        parts = [part.strip() for part in self.languages.split(",") if part.strip()]
        return [get_language_info(part)["name_translated"] if part in LANGUAGES else part for part in parts]

    @property
    def state_in_words(self) -> Promise:
        if self.is_stale:
            return _("Not checked for 180 days")
        return _("Confirmed") if self.confirmed else _("To be confirmed")

    @property
    def is_stale(self) -> bool:
        return self.checked_on is not None and self.checked_on < localdate() - STALE_AFTER


class ContactWords(models.Model):
    """The words of a contact in one language; without a language they hold in all."""

    contact = ParentalKey(Contact, on_delete=models.CASCADE, related_name="words")
    language = models.CharField(
        _("language"),
        max_length=2,
        choices=LANGUAGES,
        blank=True,
        help_text=_("Leave empty for words that hold in all of them."),
    )
    name = models.CharField(_("name"), max_length=200, blank=True)
    hours = models.CharField(_("hours"), max_length=200, blank=True, help_text=_("Example: day and night."))
    cost = models.CharField(_("cost"), max_length=200, blank=True, help_text=_("Example: free, from a mobile too."))
    who = models.CharField(_("who may call"), max_length=200, blank=True, help_text=_("Example: anyone."))

    class Meta:
        verbose_name = _("words of a contact")
        verbose_name_plural = _("words of contacts")
        ordering = ["contact", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["contact", "language"],
                name="contact_words_once",
                violation_error_message=_("Each language has one entry. Put all words into it."),
            )
        ]

    def __str__(self) -> str:
        return self.name
