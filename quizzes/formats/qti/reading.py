"""Items and packages of QTI 2.1, 2.2 and 3.0 as questions."""

import posixpath
import re
from collections import Counter
from dataclasses import dataclass, field
from urllib.parse import unquote

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .. import xml
from ..archive import is_zip, unpack
from ..base import FormatError, Item, Note, Reading
from ..text_files import References
from ..xml import Element
from .dialects import canonical
from .item import item_of, read_item
from .metadata import MANIFEST_NAME, note_package, take_metadata

ITEM = re.compile(rb"<(?:[\w.-]+:)?(?:assessmentItem|qti-assessment-item)[\s>/]")
ANY_ROOT = re.compile(
    rb"<(?:[\w.-]+:)?(?:qti-)?(assessmentItem|assessment-item|assessmentTest|assessment-test|questestinterop)[\s>/]"
)
OLD = re.compile(rb"<(?:[\w.-]+:)?questestinterop[\s>/]")
SPREADSHEET = b"[Content_Types].xml"
MANIFEST = "imsmanifest.xml"
LARGEST_ITEM = 2 * 1024 * 1024
BEGINNING = 5_000


class Files(dict[str, bytes]):
    """The files of a package, which know who was asked for."""

    def __init__(self, files: dict[str, bytes]) -> None:
        super().__init__(files)
        self.used: set[str] = set()

    def get(self, name: str, default: bytes | None = None) -> bytes | None:
        self.used.add(name)
        return super().get(name, default)


@dataclass
class Manifest:
    """What a package says of itself. ``items``: (path, its resource) in their order; ``tests``: paths."""

    identifier: str = ""
    items: dict[str, Element | None] = field(default_factory=dict)
    tests: list[str] = field(default_factory=list)


def sniff(content: bytes, _name: str) -> bool:
    if is_zip(content):
        return MANIFEST.encode() in content or (b".xml" in content and SPREADSHEET not in content)
    return bool(ANY_ROOT.search(content[:BEGINNING]))


def read(content: bytes, name: str) -> Reading:
    """The questions of an item (XML) or a package (zip). Raises FormatError where there is no item in it."""
    reading = read_package(content) if is_zip(content) else read_single(content, posixpath.basename(name) or "item.xml")
    if not reading.items:
        raise FormatError(_("There is no question in QTI 2.1, 2.2 or 3.0 in this file."))
    references = References()
    for item in reading.items:
        reference = references.unique(item.reference)
        if reference != item.reference:
            item.partly(_("Another question of this file has the same identifier, “%(name)s”.") % {"name": item.reference})
            item.reference = reference
    return reading


def read_single(content: bytes, name: str) -> Reading:
    root = canonical(xml.parse(content))
    if root.tag == "assessmentItem":
        return Reading([item_of(root, Item(place=name, reference=name), {})])
    if root.tag == "questestinterop":
        raise FormatError(_("This is QTI 1.2. Save it as QTI 2.1, 2.2 or 3.0."))
    raise FormatError(_("This file holds no question. If it belongs to a package, choose the whole package (zip)."))


def read_package(content: bytes) -> Reading:
    unpacked = unpack(content)
    reading, files = Reading(notes=unpacked.notes), Files(unpacked.files)
    manifest = read_manifest(files, reading)
    categories = {path: section for test in manifest.tests for path, section in sections_of(test, files, reading).items()}
    for path, resource in manifest.items.items():
        item = read_listed(path, files)
        if manifest.identifier not in {"", MANIFEST_NAME} and item.reference != path:
            item.reference = f"{manifest.identifier}/{item.reference}"
        item.category = categories.get(path, "")
        take_metadata(item, resource, files.get(path) or b"")
        reading.items.append(item)
    note_unused(files, reading)
    return reading


def read_listed(path: str, files: Files) -> Item:
    content = files.get(path)
    item = Item(place=path, reference=path)
    if content is None:
        item.refuse(_("The file is named in the manifest but is not in the package."))
    elif len(content) > LARGEST_ITEM:
        item.refuse(_("The file is larger than %(size)d MB.") % {"size": LARGEST_ITEM // 1024 // 1024})
    elif OLD.search(content[:BEGINNING]):
        item.refuse(_("This is QTI 1.2. Save it as QTI 2.1, 2.2 or 3.0."))
    else:
        return read_item(content, path, files)
    return item


def read_manifest(files: Files, reading: Reading) -> Manifest:
    """What the manifest lists; items that it does not list come last, and every surprise is noted."""
    manifest = Manifest()
    path = min(
        (name for name in files if posixpath.basename(name).lower() == MANIFEST), key=lambda name: name.count("/"), default=""
    )
    try:
        root = canonical(xml.parse(files.get(path) or b"")) if path else None
    except FormatError as problem:
        root = None
        reading.notes.append(Note(path, _("The manifest cannot be read: %(reason)s") % {"reason": problem}))
    if root is not None:
        manifest.identifier = root.get("identifier", "")
        list_resources(root, posixpath.dirname(path), manifest, reading)
        note_package(root, path, reading)
    elif not path:
        reading.notes.append(Note(MANIFEST, _("The package has no manifest. Every question found in it was read.")))
    for name, content in files.items():
        if (
            name not in manifest.items
            and name not in manifest.tests
            and (ITEM.search(content[:BEGINNING]) or OLD.search(content[:BEGINNING]))
        ):
            manifest.items[name] = None
            if root is not None:
                reading.notes.append(Note(name, _("The manifest does not list this question. It was read all the same.")))
    return manifest


def list_resources(root: Element, folder: str, manifest: Manifest, reading: Reading) -> None:
    for resource in root.iter("resource"):
        kind, path = (
            resource.get("type", "").lower(),
            posixpath.normpath(posixpath.join(folder, unquote(resource.get("href", "")))),
        )
        if "imsqti_test" in kind:
            manifest.tests.append(path)
        elif "imsqti_item" in kind or "imsqti_apipitem" in kind or kind.startswith("imsqti_xmlv1"):
            if path in manifest.items:
                reading.notes.append(Note(path, _("The manifest lists this question twice. It was read once.")))
            manifest.items.setdefault(path, resource)


def sections_of(path: str, files: Files, reading: Reading) -> dict[str, str]:
    """The section of each item of the test at ``path``, by the item's path. The rest of a test is not taken, and noted."""
    reading.notes.append(
        Note(path, _("The order and rules of this test were not taken. The titles of its sections became categories."))
    )
    try:
        root = canonical(xml.parse(files.get(path) or b""))
    except FormatError as problem:
        reading.notes.append(Note(path, str(problem)))
        return {}
    found = {}
    for section in root.iter("assessmentSection"):  # outer ones first, so that the innermost counts
        for reference in section.iter("assessmentItemRef"):
            target = posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(reference.get("href", ""))))
            found[target] = " ".join(section.get("title", "").split())
    return found


def note_unused(files: Files, reading: Reading) -> None:
    """Name the files that no question asked for: one by one where they are few, else by their endings."""
    unused = sorted(name for name in files if name not in files.used)
    endings = Counter(posixpath.splitext(name)[1].lower() or name for name in unused)
    for ending, count in endings.items():
        names = [name for name in unused if (posixpath.splitext(name)[1].lower() or name) == ending]
        reason = ngettext("%(count)d file was not needed.", "%(count)d files were not needed.", count) % {"count": count}
        reading.notes.append(Note(", ".join(names) if count <= 3 else f"*{ending}", reason))
