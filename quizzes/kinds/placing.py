"""What matching, ordering and sorting into boxes share: each of several things gets one place out of a list."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from .base import AnswerForm, Part, ReviewedPart, Show, reviewed_part

QUOTED = 80  # characters of a text that a message repeats
LONG = 20  # characters that a closed list can show beside its letter, on a phone as in half a column
MOST_BOXES, LONG_BOX = 8, 60  # boxes, and characters on each, that a small phone has room for while something is dragged
ONTO_BOXES = ["js/components/drag.js", "js/components/boxes.js"]  # scripts that let a thing be dragged onto one of its choices


def quoted(text: str) -> str:
    return Truncator(text).chars(QUOTED)


def same(text: str) -> str:
    """What two texts have in common that nobody can tell apart."""
    return " ".join(text.split())


def twice(texts: Iterable[str]) -> list[str]:
    """The texts that come more than once, as messages repeat them."""
    seen: dict[str, int] = {}
    for text in texts:
        seen[same(text)] = seen.get(same(text), 0) + 1
    return [quoted(text) for text, times in seen.items() if times > 1]


def in_editor(message: str | Promise, text: str) -> str:
    return str(message) % {"text": text}


def placed(answer: Any, name: str) -> dict[str, str]:
    """The {thing: place} that ``answer`` holds under ``name``, without anything that is neither."""
    found = answer.get(name) if isinstance(answer, dict) else None
    pairs = found.items() if isinstance(found, dict) else ()
    return {thing: place for thing, place in pairs if isinstance(thing, str) and isinstance(place, str)}


def reviewed(part: Part, show: Show, expected: str, feedback: str) -> ReviewedPart:
    """``part`` as far as ``show`` allows. Its feedback says where it belongs, so it waits until that may be known."""
    known = show.right_answer or (show.verdict and part.right)
    return reviewed_part(part, show, expected=expected, feedback=feedback if known else "")


class PlacingForm(AnswerForm):
    """One field for each thing, in the order shown; subclasses call ``ask`` for each and read ``chosen``."""

    def ask(
        self, name: str, thing: str, options: list[tuple[str, str]], missing: Promise, widget: type[forms.Widget] = forms.Select
    ) -> None:
        """Ask where ``thing`` goes. ``missing`` says what to do when it goes nowhere, with a placeholder ``text``."""
        message = str(missing) % {"text": quoted(thing)}
        self.fields[name] = forms.ChoiceField(
            label=thing,
            widget=widget,
            required=not self.draft,
            choices=[("", _("Choose")), *options] if widget is forms.Select else options,
            # Django fills in a value here, so that a per cent sign of the author must be doubled.
            error_messages={"required": message, "invalid_choice": message.replace("%", "%%")},
        )

    @property
    def rows(self) -> list[Any]:
        return list(self)

    @property
    def draggable(self) -> bool:
        """Whether the choices are few and short enough to drag something onto one of them."""
        choices = [text for field in list(self.fields.values())[:1] for value, text in field.choices if value]
        return len(choices) <= MOST_BOXES and all(len(text) <= LONG_BOX for text in choices)

    def chosen(self) -> dict[str, str]:
        """The {field: value} that were filled in and offered."""
        return {name: value for name, value in self.cleaned_data.items() if value}


def place_name(number: int) -> str:
    return str(_("Place %(number)d")) % {"number": number}
