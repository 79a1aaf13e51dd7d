"""What a manifest says of an item beside its text, in Learning Object Metadata (LOM)."""

import hashlib
from collections.abc import Iterator

from django.utils.translation import gettext as _

from ..base import Item
from ..xml import Element
from .extension import apply

MANIFEST_NAME = "react-training-questions"  # of the packages written here: their items need no more to be told apart
SYSTEM = "https://react-training.example/question"  # names our classification; nothing is fetched
DIFFICULTY = {"very easy": 1, "easy": 1, "medium": 2, "difficult": 3, "very difficult": 3}
IN_WORDS = {1: "easy", 2: "medium", 3: "difficult"}


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def take_metadata(item: Item, resource: Element | None, content: bytes) -> None:
    """Complete ``item`` from the metadata of its ``resource``; ``content`` is the item's file."""
    lom = next(resource.iter("lom"), None) if resource is not None else None
    if lom is None:
        return
    take_lom(item, lom)
    for name, kept in extensions(lom):
        if name == digest(content):
            apply(item, kept)
        else:
            item.partly(_("The question was changed elsewhere. What only this site knew of it was left out."))


def take_lom(item: Item, lom: Element) -> None:
    """Name, tags and difficulty."""
    item.name = item.name or first(lom, "general", "title")
    item.tags = tuple(dict.fromkeys(filter(None, (words(keyword) for keyword in lom.iterfind("general/keyword")))))
    item.difficulty = DIFFICULTY.get(first(lom, "educational", "difficulty", "value").lower())


def words(node: Element) -> str:
    """The text of a LOM value in its first language."""
    return " ".join("".join(node.itertext()).split()) if len(node) < 2 else " ".join("".join(node[0].itertext()).split())


def first(lom: Element, *path: str) -> str:
    node = lom.find("/".join(path))
    return words(node) if node is not None else ""


def extensions(lom: Element) -> Iterator[tuple[str, str]]:
    """(digest of the item's file, JSON) of what this site wrote."""
    for path in lom.iterfind("classification/taxonPath"):
        if first(path, "source") == SYSTEM:
            for taxon in path.iterfind("taxon"):
                entry = taxon.find("entry")
                yield first(taxon, "id"), "".join(entry.itertext()) if entry is not None else ""
