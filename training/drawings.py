"""Our own drawings and icons where the style sheets of the site do not reach: in the editor and on paper.

Their colours are read from those sheets, by day, so that each colour is written down once.
"""

import re
from functools import lru_cache

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

ILLUSTRATIONS = [
    ("open-door", _("Open door")),
    ("two-cups", _("Two cups")),
    ("bench", _("Bench")),
    ("paths", _("Paths that meet")),
    ("phone-down", _("Phone lying face down")),
    ("calendar", _("Calendar")),
    ("desk-lamp", _("Desk lamp")),
    ("suitcase", _("Suitcase")),
    ("bus-stop", _("Bus stop")),
    ("scales", _("Scales")),
    ("umbrella", _("Umbrella")),
    ("folder", _("Folder")),
]
# Those of static/icons/icons.svg that mean a thing; the others are signs of the site itself.
ICONS = [
    ("user", _("Person")),
    ("users", _("People")),
    ("heart", _("Heart")),
    ("phone", _("Phone")),
    ("mail", _("Letter")),
    ("file", _("Paper")),
    ("pencil", _("Pencil")),
    ("list-checks", _("Checklist")),
    ("book", _("Book")),
    ("search", _("Magnifying glass")),
    ("scales", _("Scales")),
    ("shield-check", _("Shield")),
    ("lock", _("Lock")),
    ("door", _("Door")),
    ("map-pin", _("Place")),
    ("globe", _("Globe")),
    ("clock", _("Clock")),
    ("bell", _("Bell")),
    ("lightbulb", _("Light bulb")),
    ("triangle-alert", _("Warning sign")),
]
INK = "#0B5A5E"  # of icons on paper
ROUND = 'fill="none" stroke-linecap="round" stroke-linejoin="round" '
COLOUR = re.compile(r"(--art-[a-z]+): (#[0-9A-F]{6})")
RULE = re.compile(r"\.(art-[a-z-]+) \{ (fill|stroke): var\((--art-[a-z]+)\); \}")
CLASS = re.compile(r'class="(art-[a-z-]+)"')
SYMBOL = re.compile(r'<symbol id="i-([a-z-]+)" (viewBox="[0-9 ]+")>(.*?)</symbol>', re.S)
OPENED = '<svg xmlns="http://www.w3.org/2000/svg" '


def drawing(name: str) -> SafeString:
    """The drawing ``name`` of ILLUSTRATIONS as an SVG that needs no style sheet. It says nothing: words stand beside it."""
    looks = _looks()
    markup = render_to_string(f"illustrations/{name}.svg").replace("<svg ", OPENED, 1)
    return mark_safe(CLASS.sub(lambda found: looks[found[1]], markup))  # noqa: S308 (a file of ours)


def icon(name: str, colour: str = "currentColor") -> SafeString:
    """The icon ``name`` of ICONS in the same way."""
    box, inside = _symbols()[name]
    look = f'{ROUND}stroke="{colour}" stroke-width="2" aria-hidden="true" focusable="false"'
    return mark_safe(f"{OPENED}{box} {look}>{inside}</svg>")  # noqa: S308 (a file of ours)


@lru_cache(maxsize=1)
def _looks() -> dict[str, str]:
    """The attributes that a class of a drawing stands for."""
    tokens, components = (_static(f"css/{name}.css") for name in ("tokens", "components"))
    colours: dict[str, str] = {}
    for token, colour in COLOUR.findall(tokens):
        colours.setdefault(token, colour)  # the first is the one by day
    return {name: f'{ROUND if how == "stroke" else ""}{how}="{colours[token]}"' for name, how, token in RULE.findall(components)}


@lru_cache(maxsize=1)
def _symbols() -> dict[str, tuple[str, str]]:
    return {name: (box, inside) for name, box, inside in SYMBOL.findall(_static("icons/icons.svg"))}


def _static(name: str) -> str:
    return (settings.BASE_DIR / "static" / name).read_text()
