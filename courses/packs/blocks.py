"""From the values of a pack to StreamField data: ``quizzes.raw_values`` with the ids that the pack gives."""

from typing import Any

from django.utils.translation import gettext as _
from wagtail import blocks

from quizzes import raw_values
from quizzes.raw_values import RawValueError, clean_html, problems_of
from training.blocks import UNDER_NONE
from training.headings import left_alone

from .files import PackError
from .reading import Pack


def stream_data(stream: blocks.StreamBlock, items: list[dict[str, Any]], pack: Pack, where: str, **links: Any) -> list[dict]:
    """Return raw StreamField data for ``items`` (each ``id``, ``type``, ``value``).

    ``links`` maps the name of a chooser field to a function from the pack's value to a primary key.
    Raises PackError naming file, block and field.
    """
    data, problems, seen = [], [], {}
    for item in items:
        name, ident = item.get("type"), str(item.get("id", ""))
        if name not in stream.child_blocks:
            problems.append(_("%(place)s: unknown type %(type)s.") % {"place": f"{where}: block {ident or '?'}", "type": name})
            continue
        if not ident or ident in seen:
            problems.append(_("%(place)s: every block needs an id of its own.") % {"place": f"{where}: block {ident or '?'}"})
            continue
        seen[ident] = None
        block = stream.child_blocks[name]
        raw = raw_value(block, item.get("value"), pack, f"{where}/{ident}", links)
        problems += [f"{where}: block {ident}{place}" for place in problems_of(block, raw)]
        data.append({"type": name, "id": str(pack.uuid(where, ident)), "value": raw})
    known = list(seen)  # in the order of the data
    alone = left_alone((part["type"], str(part["value"])) for part in data)
    problems += [f"{where}: block {known[place]}: {UNDER_NONE}" for place in alone]
    if problems:
        raise PackError(problems)
    return data


def raw_value(block: blocks.Block, value: Any, pack: Pack, where: str, links: dict[str, Any]) -> Any:
    """``quizzes.raw_values.raw_value`` with stable ids, which translations share. Raises PackError."""
    try:
        return raw_values.raw_value(block, value, pack.uuid, where, links)
    except RawValueError as error:
        raise PackError([error.problem]) from error


__all__ = ["clean_html", "problems_of", "raw_value", "stream_data"]
