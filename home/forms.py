"""The settings that need no account."""

import unicodedata

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from training.places import Country

THEME_CHOICES = [("system", _("As my device")), ("light", _("Light")), ("dark", _("Dark"))]
LAST = (Country.OTHER, Country.UNDISCLOSED)


def countries() -> list[tuple[str, str]]:
    """The countries by their names in the reader's language, accents aside; the ways out come last."""

    def place_in_list(choice: tuple[str, str]) -> tuple[int, str]:
        code, name = choice
        return (LAST.index(code) + 1 if code in LAST else 0, unicodedata.normalize("NFKD", str(name)))

    return sorted(Country.choices, key=place_in_list)


class PlaceForm(forms.Form):
    """Language, country and theme."""

    language = forms.ChoiceField(
        label=_("Language"),
        help_text=_("The language of the words: buttons, lessons, quizzes, your certificate."),
        choices=settings.LANGUAGES,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a language."), "invalid_choice": _("Choose a language from the list.")},
    )
    country = forms.ChoiceField(
        label=_("Country"),
        help_text=_("The country you work in: its law, its contacts and where “Leave this site” takes you."),
        choices=countries,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a country."), "invalid_choice": _("Choose a country from the list.")},
    )
    theme = forms.ChoiceField(
        label=_("Light or dark"),
        help_text=_("The colours of this site."),
        choices=THEME_CHOICES,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one."), "invalid_choice": _("Choose one from the list.")},
    )
