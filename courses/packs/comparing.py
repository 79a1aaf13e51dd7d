"""What is here against what would be written: two ways to write down the same are no difference."""

import json
from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.blocks import StreamBlock
from wagtail.fields import StreamField

from training.headings import SMALL

from .blocks import clean_html
from .portable import html

MOST_NAMED = 8  # blocks of one page
TITLES = ("heading", "title", "caption", "instrument", "name", "text", "sentence")  # fields that say which block it is


def differing(existing: models.Model, fields: dict[str, Any]) -> list[str]:
    """The verbose names of the fields of ``existing`` that ``fields`` would change, of content with the blocks that differ.

    ``tags`` is a sorted list.
    """
    changed = []
    for name, value in fields.items():
        field = existing._meta.get_field(name)
        if name == "tags":
            before, after = sorted(existing.tags.names()), value
        else:
            before, after = _told(field, getattr(existing, name)), _told(field, value)
        if before != after:
            parts = list(changed_parts(field.stream_block, before, after)) if isinstance(field, StreamField) else []
            if more := len(parts[MOST_NAMED:]):
                parts = [*parts[:MOST_NAMED], ngettext("%(count)d more", "%(count)d more", more) % {"count": more}]
            changed.append(f"{field.verbose_name} ({'; '.join(parts)})" if parts else str(field.verbose_name))
    return changed


def changed_parts(stream: StreamBlock, before: list[dict[str, Any]], after: list[dict[str, Any]]) -> Iterator[str]:
    """What authors call the blocks that differ: changed, new and taken out ones, or their order where it is that alone."""
    old, new = ({part["id"]: part for part in parts} for parts in (before, after))
    touched = [ident for ident, part in new.items() if part != old.get(ident)]
    gone = [ident for ident in old if ident not in new]
    for ident in touched:
        name = called(stream, new[ident])
        yield name if ident in old else _("new: %(block)s") % {"block": name}
    for ident in gone:
        yield _("taken out: %(block)s") % {"block": called(stream, old[ident])}
    if not touched and not gone:
        yield _("the order of the blocks")


def called(stream: StreamBlock, part: dict[str, Any]) -> str:
    """The type of a block and, where it has one, the title that its author gave it."""
    value, block = part["value"], stream.child_blocks.get(part["type"])
    label = capfirst(str(block.label)) if block else part["type"]
    fields = value if isinstance(value, dict) else {"title": value}
    own = next((words for name in TITLES if isinstance(words := fields.get(name), str) and words and "<" not in words), "")
    return f"{label} “{Truncator(own).chars(50)}”" if own else label


def _told(field: models.Field, value: Any) -> Any:
    if isinstance(field, StreamField):
        stream = field.to_python(value)
        list(stream)  # read whole, or what was stored comes back as it was, without what blocks have got since
        return plain(json.loads(json.dumps(stream.get_prep_value(), default=str)))
    try:
        return plain(field.to_python(value))
    except ValidationError:  # said when it is written
        return "" if value is None else value


def plain(value: Any) -> Any:
    """``value`` as an import would write it: texts stripped, HTML clean and with whole addresses."""
    if isinstance(value, dict):
        return {name: plain(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [plain(inner) for inner in value]
    if isinstance(value, str):
        return clean_html(html(value), SMALL) if "</" in value else value.strip()
    return "" if value is None else value
