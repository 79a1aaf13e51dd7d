"""Plain values as StreamField data, and back, guided by the block definitions themselves: a new block needs no code here."""

import json
import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

import nh3
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.utils.translation import gettext as _
from wagtail import blocks
from wagtail.blocks.list_block import ListBlockValidationError
from wagtail.blocks.stream_block import StreamBlockValidationError
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.images.blocks import ImageBlock

from training.headings import SMALL

HTML_TAGS = {"p", "ul", "ol", "li", "b", "i", "a", "strong", "em", "br"}
HEADINGS = set(SMALL)  # of a text, where its editor offers them
LINK = re.compile(r'<a((?: [a-z]+="[^"]*")*)>')
ATTRIBUTE = re.compile(r' ([a-z]+)="([^"]*)"')
TERM_KEY = re.compile(r"[a-z0-9-]+")
SCHEMES = {"http", "https", "mailto", "tel"}  # that the editor offers for links
TEXTS = (blocks.CharBlock, blocks.TextBlock, blocks.RichTextBlock)
WITHOUT_TEXT = (blocks.ChooserBlock, blocks.StaticBlock)  # an empty one is None, which "" is not
YOUNG = {"with_above"}  # ticks that came later: a question without one is told, and summed up, as it always was
PROMISED = {"composite", "consent"}  # ticks that an author gives by writing the block at all, unless it is said otherwise

Identify = Callable[[str, str], UUID]  # (place of the list, name of the entry) -> its id


class RawValueError(Exception):
    """A value that no block can hold. ``problem``: a sentence with its place in the data; ``told``: one for trainers."""

    def __init__(self, problem: str, told: str) -> None:
        self.problem, self.told = problem, told
        super().__init__(problem)


def clean_html(html: Any, features: Collection[str] = ()) -> str:
    """Only what the editor could have made; ``strong`` and ``em`` become the ``b`` and ``i`` that Wagtail writes.

    Headings are left where ``features``, those of the editor, have them. Links lead to an address, or to a word of the glossary
    (``<a linktype="term" id="guardian">``).
    """
    cleaned = nh3.clean(
        str(html),
        tags=HTML_TAGS | (HEADINGS & set(features)),
        attributes={"a": {"href", "linktype", "id"}},
        url_schemes=SCHEMES,
        link_rel=None,
    )
    cleaned = LINK.sub(_link, cleaned)
    for old, new in (("strong", "b"), ("em", "i")):
        cleaned = cleaned.replace(f"<{old}>", f"<{new}>").replace(f"</{old}>", f"</{new}>")
    return cleaned.strip()


def _link(match: re.Match) -> str:
    """A link with what a link may have, and nothing else."""
    attributes = dict(ATTRIBUTE.findall(match[1]))
    if attributes.get("linktype") == "term" and TERM_KEY.fullmatch(attributes.get("id", "")):
        return f'<a linktype="term" id="{attributes["id"]}">'
    return f'<a href="{attributes["href"]}">' if "href" in attributes else "<a>"


def raw_value(block: blocks.Block, value: Any, identify: Identify, where: str, links: dict[str, Any]) -> Any:
    """The JSON that Wagtail would store for ``value`` in ``block``; entries of lists get the ids that ``identify`` gives.

    ``links`` maps the name of a chooser field to a function from the plain value to what is stored. A part of a stream is
    ``type`` and ``value``, or ``kind`` and its fields beside it. Raises RawValueError.
    """
    if isinstance(block, ImageBlock) and value is None:
        return block.get_prep_value(None)  # written out: wagtail-localize cannot read a picture that is None
    if isinstance(block, blocks.StructBlock):
        return _raw_struct(block, value, identify, where, links)
    if isinstance(block, blocks.ListBlock):
        child = block.child_block
        return [
            {
                "type": "item",
                "id": ident,
                "value": _read_together(child, raw_value(child, _bare(child, entry), identify, f"{where}/{i}", links)),
            }
            for i, ident, entry in _entries(value, identify, where)
        ]
    if isinstance(block, blocks.StreamBlock):
        entries = _entries(value, identify, where)
        return [_raw_part(block, ident, entry, identify, f"{where}/{i}", links) for i, ident, entry in entries]
    return _raw_field(block, value, where)


def _read_together(block: blocks.Block, raw: Any) -> Any:
    """An entry of a list. Wagtail reads all of them at once, and then cannot read a picture that is None."""
    if not isinstance(block, blocks.StructBlock) or isinstance(block, ImageBlock):
        return raw
    children = block.child_blocks
    return {
        name: dict.fromkeys(children[name].child_blocks) if value is None and isinstance(children[name], ImageBlock) else value
        for name, value in raw.items()
    }


def _bare(block: blocks.Block, entry: Any) -> Any:
    """An entry of a list of texts may be written as ``{id, value}`` to keep its identity."""
    plain = not isinstance(block, blocks.StructBlock)
    return entry.get("value") if plain and isinstance(entry, dict) and "id" in entry else entry


def _entries(values: list[Any] | None, identify: Identify, where: str) -> list[tuple[int, str, Any]]:
    """Place, stable id and value of each entry of a list; an entry without an ``id`` of its own is known by its place."""
    named = [(i, entry.get("id", i) if isinstance(entry, dict) else i, entry) for i, entry in enumerate(values or [])]
    return [(i, str(identify(where, str(name))), entry) for i, name, entry in named]


def _raw_struct(block: blocks.StructBlock, value: Any, identify: Identify, where: str, links: dict[str, Any]) -> dict[str, Any]:
    children = block.child_blocks
    if not isinstance(value, dict):  # a row of a table is written as a plain list
        value = {next(iter(children)): value} if len(children) == 1 else {}
    return {
        name: links[name](value.get(name))
        if name in links
        else True
        if name in PROMISED and value.get(name) is None
        else raw_value(child, value.get(name), identify, f"{where}/{name}", links)
        for name, child in children.items()
    }


def _raw_part(
    stream: blocks.StreamBlock, ident: str, entry: Any, identify: Identify, where: str, links: dict[str, Any]
) -> dict[str, Any]:
    entry = entry if isinstance(entry, dict) else {}
    name = entry.get("type") or entry.get("kind")
    if name not in stream.child_blocks:
        told = _("Questions of the kind “%(kind)s” cannot be asked here.") % {"kind": str(name)[:50]}
        raise RawValueError(_("%(place)s: unknown kind %(kind)s.") % {"place": where, "kind": name}, told)
    value = entry.get("value", entry)
    return {"type": name, "id": ident, "value": raw_value(stream.child_blocks[name], value, identify, where, links)}


def _raw_field(block: blocks.Block, value: Any, where: str) -> Any:
    if isinstance(block, blocks.RichTextBlock):
        return clean_html(value or "", block.features or ())
    if isinstance(block, blocks.BooleanBlock):
        return bool(block.get_default() if value is None else value)
    if isinstance(block, blocks.ChoiceBlock):
        return str(value).lower() if isinstance(value, bool) else value or block.get_default() or ""
    if isinstance(block, blocks.MultipleChoiceBlock):
        return [str(chosen) for chosen in value] if isinstance(value, list) else [str(value)] if value else []
    if isinstance(block, blocks.IntegerBlock):
        return block.get_default() if value is None else _raw_integer(block, value)
    if isinstance(block, blocks.DecimalBlock):
        return _raw_decimal(block, block.get_default() if value is None else value, where)
    if isinstance(block, blocks.DateBlock):
        return _raw_date(block, value, where)
    if isinstance(block, WITHOUT_TEXT):
        return value or None
    return "" if value is None else str(value).strip()


def _raw_integer(block: blocks.IntegerBlock, value: Any) -> Any:
    """A number, also where it stands in quotes; else ``value`` as it is: the editor's own check says what is wrong with it."""
    try:
        return block.field.to_python(value)
    except ValidationError:
        return value


def _raw_decimal(block: blocks.Block, value: Any, where: str) -> str | None:
    try:
        return None if value is None else str(Decimal(str(value)))
    except InvalidOperation as error:
        told = _("%(field)s: “%(value)s” is not a number.") % {"field": block.label, "value": str(value)[:50]}
        problem = _("%(place)s: %(value)s is not a number.") % {"place": where, "value": value}
        raise RawValueError(problem, told) from error


def _raw_date(block: blocks.Block, value: Any, where: str) -> str | None:
    try:
        return date.fromisoformat(str(value)).isoformat() if value else None
    except ValueError as error:
        told = _("%(field)s: “%(value)s” is not a date. Example: 2027-05-31.") % {
            "field": block.label,
            "value": str(value)[:50],
        }
        problem = _("%(place)s: %(value)s is not a date, such as 2027-05-31.") % {"place": where, "value": value}
        raise RawValueError(problem, told) from error


def plain_value(block: blocks.Block, raw: Any) -> Any:
    """``raw_value`` the other way round: what is stored, with every field, without the ids of entries."""
    return without_ids(block, json.loads(json.dumps(block.get_prep_value(block.to_python(raw)), cls=DjangoJSONEncoder)))


def without_ids(block: blocks.Block, raw: Any) -> Any:
    """``raw``, which has every field, as plain lists; a picture that is none is None."""
    if isinstance(block, ImageBlock):
        return raw if raw and raw["image"] else None
    if isinstance(block, blocks.StructBlock):
        said = {name: child for name, child in block.child_blocks.items() if name not in YOUNG or raw.get(name)}
        return {name: without_ids(child, raw.get(name)) for name, child in said.items()}
    if isinstance(block, blocks.ListBlock):
        return [without_ids(block.child_block, entry["value"]) for entry in raw or []]
    if isinstance(block, blocks.StreamBlock):
        parts = [(part["type"], block.child_blocks[part["type"]], part["value"]) for part in raw or []]
        return [{"type": name, "value": without_ids(child, value)} for name, child, value in parts]
    if raw is None:  # a field that is younger than the question
        return False if isinstance(block, blocks.BooleanBlock) else "" if isinstance(block, TEXTS) else None
    return raw


def problems_of(block: blocks.Block, raw: Any, *, labelled: bool = False, **given: Any) -> list[str]:
    """What the editor would say about this value, one sentence each, after the name of the field.

    ``labelled``: name fields as the editor does, for trainers, instead of as the data does. ``given``: Python values that
    replace fields of it.
    """
    value = block.to_python(raw)
    for name, own in given.items():
        value[name] = own
    try:
        block.clean(value)
    except ValidationError as error:
        return [f"{place}: {message}" for place, message in _flat(error, Field(block, value, labelled), "")]
    return []


@dataclass(frozen=True)
class Field:
    """A block with its Python value, to find what an error within it is about."""

    block: blocks.Block
    value: Any
    labelled: bool

    def named(self, name: str) -> str:
        children = getattr(self.block, "child_blocks", {})
        return str(children[name].label) if self.labelled and name in children else name

    def inner(self, key: Any) -> "Field":
        """The field ``key`` of a structure, or the entry of that number in a list or a stream."""
        if isinstance(self.block, blocks.StructBlock):
            value = self.value[key] if isinstance(self.value, Mapping) else None  # a picture has fields, but is none
            return Field(self.block.child_blocks[key], value, self.labelled)
        entry = self.value[int(key)]
        if isinstance(self.block, blocks.StreamBlock):
            return Field(entry.block, entry.value, self.labelled)
        return Field(self.block.child_block, entry, self.labelled)


def _flat(error: ValidationError, field: Field, place: str) -> list[tuple[str, str]]:
    if isinstance(error, StructBlockValidationError | ListBlockValidationError | StreamBlockValidationError):
        found = [(place, str(message)) for item in error.non_block_errors.as_data() for message in item.messages]
        for key, name, inner in _inner_errors(error, field):
            found += _flat(inner, field.inner(key), f"{place}{name}")
        return found
    if hasattr(error, "error_dict"):
        named = [(name, message) for name, messages in error.message_dict.items() for message in messages]
        return [(place if name == NON_FIELD_ERRORS else f"{place}, {field.named(name)}", message) for name, message in named]
    return [(place, message) for message in error.messages]


def _inner_errors(error: ValidationError, field: Field) -> list[tuple[Any, str, ValidationError]]:
    inner = error.block_errors or {}
    if isinstance(error, StructBlockValidationError):
        return [(name, f", {field.named(name)}", e) for name, e in inner.items()]
    numbered = inner.items() if isinstance(inner, dict) else enumerate(inner)
    return [(i, f" {int(i) + 1}", e) for i, e in numbered if e]
