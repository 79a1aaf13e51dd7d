"""One item of a package while it is read: its words, its pictures, and a note for whatever is left behind."""

import io
import posixpath
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from html import escape
from typing import Any
from urllib.parse import unquote, urlsplit

from django.utils.translation import gettext as _
from PIL import Image, UnidentifiedImageError

from .. import wording
from ..base import Enclosed, File, Item, Picture
from ..xml import Element
from .dialects import named
from .scoring import Answers, Scoring

VOID = {"br", "hr", "img"}
HTML_NAME = re.compile(r"[a-z][a-z0-9]{0,15}")
PICTURES = {"img", "object", "picture"}
ATTACHED = "attachment"  # the class of what is no picture of the question itself, as this site writes it
MAGIC = {
    "png": re.compile(rb"\x89PNG\r\n\x1a\n"),
    "jpg": re.compile(rb"\xff\xd8\xff"),
    "gif": re.compile(rb"GIF8[79]a"),
    "webp": re.compile(rb"RIFF....WEBP", re.S),
}
FEEDBACK = {"feedbackInline", "feedbackBlock"}
NOT_SAID = {
    "templateInline",
    "templateBlock",
    "printedVariable",
    "infoControl",
    "stylesheet",
    "include",
    "endAttemptInteraction",
    "catalogInfo",
}
INSERTED = Callable[[Element], str | None]


class NotTaken(Exception):
    """Why an item cannot arrive, in words for a trainer; ``node`` is where."""

    def __init__(self, reason: str, node: Element | None = None) -> None:
        super().__init__(reason)
        self.reason, self.node = reason, node


@dataclass
class Shown:
    """Feedback of the file: what it says and the outcome that brings it up."""

    node: Element
    html: str


@dataclass
class Trials:
    """Answers that tell when feedback is shown. ``single``: what one choice alone brings: (its id, answers, value to fill in)."""

    right: dict[str, Any] = field(default_factory=dict)
    wrong: list[Answers] = field(default_factory=list)
    partly: list[Answers] = field(default_factory=list)
    single: list[tuple[str, Answers, dict[str, Any]]] = field(default_factory=list)


@dataclass
class Source:
    item: Item
    root: Element
    scoring: Scoring
    path: str
    files: Mapping[str, bytes]
    trials: Trials = field(default_factory=Trials)
    feedback: list[Shown] = field(default_factory=list)
    marker_notes: list[str] = field(default_factory=list)
    whole: Enclosed = field(default_factory=Enclosed)
    target: Enclosed | None = None  # of the part that is being read; None: the whole question
    taken: list[Element] = field(default_factory=list)  # a text may be read twice
    shown: set[str] = field(default_factory=set)  # addresses: a picture may stand there twice

    def place(self, node: Element | None) -> str:
        """Where ``node`` stands, for a note: file, element, line."""
        if node is None:
            return self.path
        return _("%(file)s, line %(line)d, %(element)s") % {
            "file": self.path, "line": getattr(node, "line", 0), "element": named(node),
        }  # fmt: skip

    def note(self, reason: str, node: Element | None) -> None:
        place = self.place(node)
        if not any((note.place, note.reason) == (place, reason) for note in self.item.notes):
            self.item.partly(reason, place)

    def own_rule(self, node: Element | None) -> None:
        processing = self.root.find("responseProcessing")
        self.note(
            _("The file's own way of marking was not taken. Answers are marked by the usual rule of this kind of question."),
            processing if processing is not None else node,
        )

    # Words

    def rich(self, node: Element | Iterable[Element], inserted: INSERTED | None = None) -> str:
        """The content of ``node`` as rich text; ``inserted`` may give HTML for elements within it."""
        html = self.html(node, inserted) if isinstance(node, Element) else "".join(self.outer(part, inserted) for part in node)
        clean, lost = wording.rich_text(html)
        self.note_lost(lost, node if isinstance(node, Element) else None)
        return clean

    def plain(self, node: Element, inserted: INSERTED | None = None) -> str:
        """The content of ``node`` as plain text without spaces around it."""
        text, lost = wording.plain(self.html(node, inserted))
        self.note_lost(lost, node)
        return text.strip()

    def note_lost(self, lost: list[str], node: Element | None) -> None:
        if lost:
            self.note(_("Left out: %(what)s.") % {"what": ", ".join(lost)}, node)

    def html(self, node: Element, inserted: INSERTED | None = None) -> str:
        return escape(node.text or "", quote=False) + "".join(self.outer(child, inserted) for child in node)

    def outer(self, node: Element, inserted: INSERTED | None = None) -> str:
        """``node`` and the text behind it as HTML that ``wording`` cleans."""
        found = inserted(node) if inserted else None
        if found is None:
            found = self.special(node, inserted)
        if found is None:
            inner = self.html(node, inserted)
            if HTML_NAME.fullmatch(node.tag):
                named_as = ("href", *wording.LOOKS) if node.tag == "a" else wording.LOOKS
                said = "".join(f' {name}="{escape(node.attrib[name])}"' for name in named_as if name in node.attrib)
                found = f"<{node.tag}{said}>" + ("" if node.tag in VOID else f"{inner}</{node.tag}>")
            else:
                found = inner
        return found + escape(node.tail or "", quote=False)

    def special(self, node: Element, inserted: INSERTED | None) -> str | None:
        """HTML for elements that are no ordinary text; None for those that are."""
        if node.tag in PICTURES:
            self.take_picture(node)
            return ""
        if node.tag == "a" and (content := self.file(node.get("href", ""))) is not None:
            return self.take_link(node, content, inserted)
        if node.tag in FEEDBACK:
            self.feedback.append(Shown(node, self.html(node, self.not_before)))
            return ""
        if node.tag == "rubricBlock":
            return self.rubric(node)
        if node.tag in NOT_SAID:
            self.note(_("“%(element)s” is not supported and was left out.") % {"element": named(node)}, node)
            return ""
        return None

    def rubric(self, node: Element) -> str:
        views = set(node.get("view", "candidate").split())
        if "candidate" in views:
            return self.html(node)
        if "scorer" in views:
            self.marker_notes.append(self.html(node, self.not_before))
        else:
            self.note(_("Notes for “%(whom)s” were left out.") % {"whom": " ".join(sorted(views))}, node)
        return ""

    # Pictures and files

    def take_picture(self, node: Element) -> Picture | None:
        """The picture that ``node`` names becomes that of the question, or is attached where there is one already.

        An ``object`` may be any file. Return the picture of the question if it is this one; note what cannot be taken.
        """
        if node.tag == "picture":
            inner = node.find("img")
            return self.take_picture(inner) if inner is not None else None
        address = address_of(node)
        content = self.file(address)
        if content is None:
            reason = _("The picture “%(name)s” is not in the package.") % {"name": address[:100]}
            return self.note(reason, node)
        words = " ".join((node.get("alt") or "".join(node.itertext())).split())
        if not is_picture(content):
            if node.tag == "object":
                return self.attach(node, File(name_in(address), content, words))
            reason = _("“%(name)s” is no picture in PNG, JPEG, GIF or WebP.") % {"name": address[:100]}
            return self.note(reason, node)
        return self.place_picture(node, Picture(name_in(address), content, words))

    def place_picture(self, node: Element, picture: Picture) -> Picture | None:
        target = self.whole if self.target is None else self.target
        if is_attached(node):
            return self.attach(node, picture)
        address = address_of(node)
        if target.image is None:
            target.image = picture
            self.taken.append(node)
        elif address not in self.shown:
            self.attach(node, picture)
        self.shown.add(address)
        return target.image if target.image.content == picture.content else None

    def take_link(self, node: Element, content: bytes, inserted: INSERTED | None) -> str:
        """The words of a link to a file of the package, which is attached; nothing where it stands there for no other reason."""
        words = self.html(node, inserted)
        title, name = " ".join(wording.plain(words)[0].split()), name_in(address_of(node))
        if is_attached(node) or not is_picture(content):
            self.attach(node, File(name, content, title))
        else:
            self.place_picture(node, Picture(name, content, title))
        return "" if is_attached(node) else words

    def attach(self, node: Element, one: Picture | File) -> None:
        target = self.whole if self.target is None else self.target
        if any(node is known for known in self.taken):
            return
        self.taken.append(node)
        target.attachments.append(one)

    def take_all(self) -> None:
        """Take every picture and file of the body for the whole question, whatever was taken before."""
        self.whole, self.target, self.taken, self.shown = Enclosed(), None, [], set()
        for node in self.root.iterfind("itemBody//*"):
            content = self.file(address_of(node)) if node.tag in PICTURES | {"a"} else None
            if content is not None and is_picture(content) and node.tag != "a":
                self.take_picture(node)
            elif content is not None:
                self.attach(node, File(name_in(address_of(node)), content))

    def not_before(self, node: Element) -> str | None:
        """Pictures and files of what is read afterwards stay out: those of a question are shown before it is answered."""
        is_link = node.tag == "a" and self.file(node.get("href", "")) is not None
        if not is_link and node.tag not in PICTURES:
            return None
        self.note(_("A picture or file in feedback, or in notes for markers, was left out."), node)
        return self.html(node, self.not_before) if is_link else ""

    def file(self, address: str) -> bytes | None:
        """The file in the package at ``address``, which is relative to this item's own; never anything outside."""
        try:
            parts = urlsplit(address)
        except ValueError:
            return None
        if parts.scheme or parts.netloc or not parts.path:
            return None
        path = unquote(parts.path)
        found = self.files.get(posixpath.normpath(posixpath.join(posixpath.dirname(self.path), path)))
        return found if found is not None else self.files.get(posixpath.normpath(path))  # some write from the top


def address_of(node: Element) -> str:
    return node.get("src") or node.get("data") or node.get("href") or ""


def name_in(address: str) -> str:
    return posixpath.basename(unquote(urlsplit(address).path))


def is_attached(node: Element) -> bool:
    return ATTACHED in node.get("class", "").split()


def is_picture(content: bytes) -> bool:
    return any(pattern.match(content) for pattern in MAGIC.values())


def size_of(content: bytes) -> tuple[int, int] | None:
    """Width and height of a picture in pixels, from its header; None where it has none that can be believed."""
    try:
        with Image.open(io.BytesIO(content), formats=("PNG", "JPEG", "GIF", "WEBP")) as image:
            return image.size if all(image.size) else None
    except (
        UnidentifiedImageError,
        OSError,
        ValueError,
        SyntaxError,
        Image.DecompressionBombError,
        Image.DecompressionBombWarning,
    ):
        return None


def group(nodes: Iterable[Element], like: Element) -> Element:
    """``nodes`` as one element that stands where ``like`` does."""
    made = Element("div")
    made.line, made.named = getattr(like, "line", 0), named(like)
    made.extend(nodes)
    return made


def interactions_in(node: Element) -> Iterator[Element]:
    """The interactions within ``node`` (or itself), outermost only, in their order."""
    if node.tag.endswith("Interaction") and node.tag != "endAttemptInteraction":
        yield node
        return
    for child in node:
        yield from interactions_in(child)
