"""Entries of lists that say the same keep their ids, so that what learners have answered keeps its meaning."""

import json
import uuid
from typing import Any

NAMES = ("text", "name", "left", "value")  # by which an entry is known; entries without any are known by their place


def keep_ids(new: Any, old: Any) -> Any:
    """``new`` raw value with the ids of ``old`` (both as the database stores them) wherever an entry says the same.

    An entry that says something else gets an id that ``old`` did not use.
    """
    if isinstance(new, dict) and isinstance(old, dict):
        return {name: keep_ids(value, old.get(name)) for name, value in new.items()}
    if not (isinstance(new, list) and isinstance(old, list)):
        return new
    waiting = [(_known_by(entry, place), entry) for place, entry in enumerate(old)]
    used = {entry["id"] for entry in old}
    return [_kept(entry, place, waiting, used) for place, entry in enumerate(new)]


def _kept(entry: dict[str, Any], place: int, waiting: list[tuple[str, dict[str, Any]]], used: set[str]) -> dict[str, Any]:
    name = _known_by(entry, place)
    for number, (known_by, old) in enumerate(waiting):
        if known_by == name:
            del waiting[number]
            return {**entry, "id": old["id"], "value": keep_ids(entry["value"], old["value"])}
    return {**entry, "id": str(uuid.uuid4())} if entry["id"] in used else entry


def _known_by(entry: dict[str, Any], place: int) -> str:
    value = entry["value"]
    if isinstance(value, dict):
        value = next((value[name] for name in NAMES if value.get(name) is not None), place)
    return json.dumps([entry["type"], str(value).strip()])
