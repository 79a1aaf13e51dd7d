"""Words that blame or make a sensation of it, and what to say instead. Coordinators keep the list, language by language."""

import re

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from training.places import LANGUAGES


class UnwantedWord(models.Model):
    language = models.CharField(_("language"), max_length=2, choices=LANGUAGES)
    avoid = models.CharField(
        _("avoid"),
        max_length=100,
        help_text=_("A word or several. A star stands for any ending. Example: child prostitut*."),
    )
    use = models.CharField(_("say instead"), max_length=200, blank=True)
    why = models.CharField(_("why"), max_length=255, blank=True, help_text=_("One sentence for authors."))

    panels = [FieldPanel(name) for name in ("language", "avoid", "use", "why")]

    class Meta:
        verbose_name = _("word to avoid")
        verbose_name_plural = _("words to avoid")
        ordering = ["language", "avoid"]
        constraints = [
            models.UniqueConstraint(
                models.F("language"),
                models.functions.Lower("avoid"),
                name="unwanted_word_once",
                violation_error_message=_("This word is in the list already."),
            )
        ]

    def __str__(self) -> str:
        return self.avoid

    @property
    def pattern(self) -> re.Pattern:
        """Finds the word whatever its case, with any space between its parts."""
        parts = [re.escape(part).replace(r"\*", r"[\w’'-]*") for part in self.avoid.split()]
        words = r"\s+".join(parts)
        return re.compile(rf"(?<!\w){words}(?!\w)", re.IGNORECASE)
