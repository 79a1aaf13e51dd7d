"""What a manifest says of an item beside its text, in Learning Object Metadata (LOM)."""

import hashlib
from collections.abc import Iterator

from django.utils.translation import gettext as _

from ..base import Item, Note, Reading
from ..xml import Element
from .extension import apply

MANIFEST_NAME = "react-training-questions"  # of the packages written here: their items need no more to be told apart
SYSTEM = "https://react-training.example/question"  # names our classification; nothing is fetched
DIFFICULTY = {"very easy": 1, "easy": 1, "medium": 2, "difficult": 3, "very difficult": 3}
READ = {  # of a part of the metadata; its identifier and language are those of the item itself
    "general": {"title", "keyword", "identifier", "language"},
    "educational": {"difficulty"},
    "metaMetadata": {"metadataSchema", "language", "identifier"},
}
TOLD = {  # what QTI says of an item in the manifest and the item itself tells
    "timeDependent", "composite", "interactionType", "feedbackType", "solutionAvailable", "itemTemplate", "scoringMode",
}  # fmt: skip
VERSION = {"schema", "schemaversion"}
IN_WORDS = {1: "easy", 2: "medium", 3: "difficult"}


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def take_metadata(item: Item, resource: Element | None, content: bytes) -> None:
    """Complete ``item`` from the metadata of its ``resource``; ``content`` is the item's file."""
    lom = next(resource.iter("lom"), None) if resource is not None else None
    if lom is None:
        return
    take_lom(item, lom)
    note_unread(item, lom)
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


def note_unread(item: Item, lom: Element) -> None:
    """Name what the metadata say beside what is taken: descriptions, authors, rights, ages and the like."""
    unread = dict.fromkeys(name for part in lom for name in unread_in(part))
    if item.difficulty is None and (level := first(lom, "educational", "difficulty", "value")):
        unread[f"educational/difficulty ({level[:40]})"] = None
    if unread:
        item.partly(_("Metadata that were not taken along: %(names)s.") % {"names": ", ".join(unread)})


def unread_in(part: Element) -> Iterator[str]:
    """The names of what says something in ``part`` of the metadata and is not read."""
    if part.tag == "classification" and first(part, "taxonPath", "source") == SYSTEM:
        return
    known = READ.get(part.tag, set())
    yield from (f"{part.tag}/{child.tag}" for child in part if child.tag not in known and words(child))


def note_package(root: Element, place: str, reading: Reading) -> None:
    """Name what the manifest ``root`` at ``place`` says of the whole package, and of its items outside of LOM."""
    metadata = root.find("metadata")
    about = [name for node in (metadata if metadata is not None else ()) if node.tag not in VERSION for name in names_in(node)]
    about += ["organizations"] if root.find("organizations/organization") is not None else []
    of_items = [
        child.tag if node.tag == "qtiMetadata" else node.tag
        for node in root.iterfind("resources/resource/metadata/*")
        if node.tag not in {"lom", *VERSION}
        for child in ([one for one in node if one.tag not in TOLD and words(one)] if node.tag == "qtiMetadata" else [node])
    ]
    if about:
        reason = _("Metadata of the whole package that were not taken along: %(names)s.")
        reading.notes.append(Note(place, reason % {"names": ", ".join(dict.fromkeys(about))}))
    if of_items:
        reason = _("Metadata of the questions that were not taken along: %(names)s.")
        reading.notes.append(Note(place, reason % {"names": ", ".join(dict.fromkeys(of_items))}))


def names_in(node: Element) -> Iterator[str]:
    """The names of what ``node`` of the package's metadata says."""
    if node.tag == "lom":
        yield from (f"{part.tag}/{child.tag}" for part in node for child in part if words(child))
    elif words(node) or len(node):
        yield node.tag


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
