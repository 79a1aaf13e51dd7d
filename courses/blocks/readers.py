"""Who a block of a lesson is for, and what is said before it. Every block that has fields has these settings, folded away.

They order a lesson and keep nothing secret: whoever says that they are a lawyer in Belgium reads what such a lawyer reads.
"""

from collections import OrderedDict
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import blocks
from wagtail.blocks.struct_block import BlockGroup

from accounts.models import Occupation
from training.places import Country

ANY = "*"  # in place of an occupation or a country: each that there is
OCCUPATIONS = [choice for choice in Occupation.choices if choice[0] != Occupation.UNDISCLOSED]
COUNTRIES = [choice for choice in Country.choices if choice[0] != Country.UNDISCLOSED]

# The same three blocks in every block: the editor is sent them once.
SETTINGS: dict[str, blocks.Block] = {
    "content_note": blocks.CharBlock(
        label=gettext_lazy("Content note"),
        required=False,
        default="",
        max_length=200,
        help_text=gettext_lazy(
            "Stands before the block, with a way past it. One sentence, no details. Example: A boy tells of violence at work."
        ),
    ),
    "for_occupations": blocks.MultipleChoiceBlock(
        label=gettext_lazy("Only for these professions"),
        required=False,
        default=[],
        choices=OCCUPATIONS,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("None ticked: for everyone. Guests, and learners who have not said, do not see the block."),
    ),
    "for_countries": blocks.MultipleChoiceBlock(
        label=gettext_lazy("Only in these countries"),
        required=False,
        default=[],
        choices=COUNTRIES,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("None ticked: everywhere. With professions ticked too, both must fit."),
    ),
}
WITHOUT = {"care", "trainer_note"}  # one is a note itself, the other is never shown to learners


@dataclass(frozen=True)
class Viewer:
    """Somebody in front of a lesson. Empty: unknown, as of every guest."""

    occupation: str = ""
    country: str = ""


EVERYBODY = Viewer(ANY, ANY)


def viewer_of(user: Any) -> Viewer:
    """``user`` may be nobody, or a guest."""
    return Viewer(getattr(user, "occupation", ""), getattr(user, "country", ""))


@dataclass(frozen=True)
class Audience:
    """Who a block is for: with nothing chosen everyone, else whoever is among what was chosen."""

    occupations: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()

    def includes(self, viewer: Viewer) -> bool:
        return fits(viewer.occupation, self.occupations) and fits(viewer.country, self.countries)

    @property
    def words(self) -> str:
        """A sentence or two in the language of the page; empty for a block that is for everyone."""
        said = []
        if self.occupations:
            said.append(_("Only for: %(who)s.") % {"who": named(self.occupations, OCCUPATIONS)})
        if self.countries:
            said.append(_("Only in: %(where)s.") % {"where": named(self.countries, COUNTRIES)})
        return " ".join(said)


def fits(own: str, chosen: tuple[str, ...]) -> bool:
    return not chosen or own == ANY or own in chosen


def named(chosen: tuple[str, ...], choices: list[tuple[str, Any]]) -> str:
    return ", ".join(str(label) for name, label in choices if name in chosen)


def audience_of(value: Any) -> Audience:
    """That of a block with ``value``, which may be of any block."""
    if not isinstance(value, blocks.StructValue):
        return Audience()
    return Audience(*(tuple(value.get(name) or ()) for name in ("for_occupations", "for_countries")))


def content_note_of(value: Any) -> str:
    return (value.get("content_note") or "") if isinstance(value, blocks.StructValue) else ""


def with_settings(name: str, block: blocks.Block) -> blocks.Block:
    """``block``, the type ``name`` of a lesson's blocks, with the settings last and folded away; as it is if it has no fields."""
    if not isinstance(block, blocks.StructBlock) or name in WITHOUT:
        return block
    made = type(block)(list(SETTINGS.items()))
    made.set_name(name)
    layout = block.meta.form_layout
    layout = BlockGroup(children=layout.children, settings=[*layout.settings, *SETTINGS])
    made.meta.form_layout = layout
    made.child_blocks = OrderedDict((part, made.child_blocks[part]) for part in layout.get_sorted_block_names())
    return made
