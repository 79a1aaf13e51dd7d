"""Pictures and files of a question on their way into a package, and which of them is which when they come back."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import Any
from xml.etree.ElementTree import Element

from ..archive import is_safe
from ..base import WHOLE, Enclosed, File, Item, Picture
from .building import make
from .source import ATTACHED, is_picture

FILE_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,60}\.[a-z0-9]{2,4}")
ENDING = re.compile(r"\.[a-z0-9]{2,4}")
ENTRY: dict[str, Any] = {"place": 0, "main": True, "number": 0, "name": "", "words": ""}


@dataclass
class Shelf:
    """Where the pictures and files of the item of this ``name`` go; their addresses are relative to the item."""

    name: str
    files: dict[str, bytes]
    count: int = 0

    def picture(self, picture: Picture | None) -> dict[str, str] | None:
        """Address and description of the picture of the whole question, once it is filed."""
        if picture is None:
            return None
        return {"src": self._filed(picture, f"images/{self.name}", "picture.png"), "alt": picture.alt}

    def further(self, enclosed: Enclosed) -> list[Element]:
        """A paragraph for each picture and file, without a picture of the whole."""
        blocks = [make("p", make("img", **self._numbered(enclosed.image)))] if enclosed.image else []
        for one in enclosed.attachments:
            attributes = {"class": ATTACHED, **self._numbered(one)}
            blocks.append(
                make("p", make("img", **attributes) if isinstance(one, Picture) else make("a", one.title, **attributes))
            )
        return blocks

    def _numbered(self, one: Picture | File) -> dict[str, str]:
        self.count += 1
        folder = f"attached/{self.name}/{self.count}"
        if isinstance(one, Picture):
            return {"src": self._filed(one, folder, "picture.png"), "alt": one.alt}
        ending = PurePosixPath(one.name).suffix.lower()
        return {"href": self._filed(one, folder, f"file{ending}" if ENDING.fullmatch(ending) else "file.bin")}

    def _filed(self, one: Picture | File, folder: str, otherwise: str) -> str:
        path = f"{folder}/{one.name if FILE_NAME.fullmatch(one.name) and is_safe(one.name) else otherwise}"
        self.files[path] = one.content
        return f"../{path}"


def writable(item: Item) -> tuple[Item, list[str]]:
    """``item`` without pictures that other programs could not show, and the names of those."""
    lost: list[str] = []

    def fits(one: Picture | File | None) -> bool:
        if isinstance(one, Picture) and not is_picture(one.content):
            lost.append(one.name)
            return False
        return one is not None

    kept = {
        place: Enclosed(one.image if fits(one.image) else None, [other for other in one.attachments if fits(other)])
        for place, one in item.enclosed.items()
    }
    return with_enclosed(item, kept), lost


def with_enclosed(item: Item, enclosed: dict[int, Enclosed]) -> Item:
    whole = enclosed.get(WHOLE, Enclosed())
    in_parts = {place: one for place, one in enclosed.items() if place != WHOLE and one}
    return replace(item, image=whole.image, attachments=whole.attachments, in_parts=in_parts)


def listed(item: Item) -> Iterator[tuple[int, bool, Picture | File]]:
    """Everything enclosed: its place, whether it is the picture there, and itself."""
    for place, one in item.enclosed.items():
        if one.image:
            yield place, True, one.image
        yield from ((place, False, attachment) for attachment in one.attachments)


def layout(item: Item, back: Item) -> list[dict[str, Any]]:
    """Where in ``item`` each thing belongs that ``back``, what a reader makes of its file, has; empty where it is there."""
    if list(listed(item)) == list(listed(back)):
        return []
    waiting = {number: one for number, (_place, _main, one) in enumerate(listed(back))}
    entries = []
    for place, main, one in listed(item):
        same = (n for n, other in waiting.items() if type(other) is type(one) and other.content == one.content)
        if (number := next(same, None)) is not None:
            del waiting[number]
            entries.append({"place": place, "main": main, "number": number, "name": one.name, "words": words_of(one)})
    return entries


def laid_out(entries: list[dict[str, Any]], item: Item, parts: int) -> dict[int, Enclosed]:
    """What ``item`` came with, as ``layout`` said, for a question of so many ``parts``. Raises ValueError where it cannot be."""
    came = [one for _place, _main, one in listed(item)]
    found: dict[int, Enclosed] = {WHOLE: Enclosed()}
    for entry in entries:
        if set(entry) != set(ENTRY) or not WHOLE <= entry["place"] < parts or not 0 <= entry["number"] < len(came):
            raise ValueError
        one, target = came[entry["number"]], found.setdefault(entry["place"], Enclosed())
        named = type(one)(entry["name"], one.content, entry["words"])
        if not entry["main"]:
            target.attachments.append(named)
        elif isinstance(named, Picture) and target.image is None:
            target.image = named
        else:
            raise ValueError
    return found


def words_of(one: Picture | File) -> str:
    return one.alt if isinstance(one, Picture) else one.title
