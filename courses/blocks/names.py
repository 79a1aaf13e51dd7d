"""Names for invented children, offered to authors while they type: from many places, so that no origin stands for trafficking."""

from typing import Any

from django import forms
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from training.places import Country

GIRL, BOY, ANY = _("girl"), _("boy"), _("girl, boy or neither")
ELSEWHERE = "XX"
# Alternately, and each partner country with its own children; in the order in which they are offered.
NAMES = [
    ("Lena", GIRL, "DE"), ("Ilir", BOY, "AL"), ("Robin", ANY, "NL"), ("Blessing", GIRL, ELSEWHERE), ("Luca", BOY, "IT"),
    ("Elif", GIRL, "TR"), ("Théo", BOY, "FR"), ("Sasha", ANY, ELSEWHERE), ("Radka", GIRL, "BG"), ("Alfie", BOY, "GB"),
    ("Linh", GIRL, ELSEWHERE), ("Emre", BOY, "TR"), ("Noor", GIRL, "BE"), ("Jonas", BOY, "AT"), ("Charlie", ANY, "GB"),
    ("Chloé", GIRL, "FR"), ("Farid", BOY, ELSEWHERE), ("Elira", GIRL, "AL"), ("Dimitar", BOY, "BG"), ("Giulia", GIRL, "IT"),
    ("Lucas", BOY, "BE"), ("Sanne", GIRL, "NL"), ("Amadou", BOY, ELSEWHERE), ("Anna", GIRL, "AT"), ("Finn", BOY, "DE"),
]  # fmt: skip


class NameInput(forms.TextInput):
    """A text field with ``NAMES`` to choose from. Anything else may be typed."""

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> SafeString:
        ident = f"{(attrs or {}).get('id', name)}-names"
        names = [(first, gender, Country(country).label) for first, gender, country in NAMES]
        offered = render_to_string("courses/admin/names.html", {"ident": ident, "names": names})
        return super().render(name, value, {**(attrs or {}), "list": ident}, renderer) + offered


class NameBlock(blocks.CharBlock):
    """For migrations a plain CharBlock."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        widget = NameInput()
        widget.is_required = self.field.required
        self.field.widget = widget

    def deconstruct(self) -> tuple[str, tuple[Any, ...], dict[str, Any]]:
        _path, arguments, named = super().deconstruct()
        return "wagtail.blocks.CharBlock", arguments, named
