"""Pictures and files of a Moodle question: an ``img`` or a link in its text that names a ``file`` beside it."""

import base64
import binascii
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape, unescape
from urllib.parse import quote, unquote

from django.utils.translation import gettext as _

from quizzes.formats.base import Enclosed, File, Picture
from quizzes.formats.text_files import SPACE
from quizzes.formats.wording import plain
from quizzes.formats.xml import Element

MAX_BYTES = 10 * 1024 * 1024
SHOWN = re.compile(r"(?P<img><img\b[^<>]*>)|(?P<a><a\b[^<>]*>)(?P<words>(?:[^<]|<(?!/?a\b|img\b))*)</a\s*>", re.I)
ATTRIBUTE = re.compile(r"""\b(src|href|alt|title|class)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.I)
HERE = "@@PLUGINFILE@@/"
ATTACHED = "attachment"  # the class of what is no picture of the question itself, as this site writes it
SIGNATURES = (rb"\x89PNG\r\n\x1a\n", rb"\xff\xd8\xff", rb"GIF8[79]a", rb"RIFF....WEBP")


def is_picture(content: bytes) -> bool:
    """Whether the first bytes are those of PNG, JPEG, GIF or WebP, whatever the name says."""
    return any(re.match(signature, content, re.S) for signature in SIGNATURES)


def take_enclosed(html: str, files: Sequence[Element]) -> tuple[str, Enclosed, list[str]]:
    """The HTML without the pictures and links that stand for ``files``, what those are, and what could not be taken.

    The first picture is that of the question, unless its class says that it is attached. A link in a sentence leaves its words.
    """
    taking = Taking({(file.get("path") or "/").lstrip("/") + (file.get("name") or ""): file for file in files})
    html = SHOWN.sub(taking.without, html)
    for name in list(taking.waiting):
        taking.attach(name, "")
    return html, taking.enclosed, list(taking.problems.values())


@dataclass
class Taking:
    """What is taken out of one text. ``waiting``: the files that were not met yet, by their addresses."""

    known: dict[str, Element]
    enclosed: Enclosed = field(default_factory=Enclosed)
    problems: dict[str, str] = field(default_factory=dict)
    waiting: dict[str, None] = field(init=False)

    def __post_init__(self) -> None:
        self.waiting = dict.fromkeys(self.known)

    def without(self, found: re.Match[str]) -> str:
        tag, words = found["img"] or found["a"], found["words"] or ""
        attributes = {name.lower(): unescape(one or other or bare) for name, one, other, bare in ATTRIBUTE.findall(tag)}
        name = unquote(attributes.get("src" if found["img"] else "href", "").removeprefix(HERE))
        if name not in self.known:
            return found[0]
        apart = ATTACHED in attributes.get("class", "").split()
        if name in self.waiting:
            if found["img"]:
                self.show(name, attributes.get("alt", ""), apart=apart)
            else:
                self.attach(name, attributes.get("title", "") if apart else plain(words)[0].strip(SPACE))
        return words if not found["img"] and not apart else ""

    def show(self, name: str, alt: str, *, apart: bool) -> None:
        content = self.content(name)
        if content is None:
            return
        if not is_picture(content):
            self.problems[name] = _("The file “%(name)s” is no PNG, JPEG, GIF or WebP picture.") % {"name": name}
            return
        picture = Picture(self.known[name].get("name") or "", content, alt)
        if apart or self.enclosed.image:
            self.enclosed.attachments.append(picture)
        else:
            self.enclosed.image = picture

    def attach(self, name: str, title: str) -> None:
        if (content := self.content(name)) is not None:
            self.enclosed.attachments.append(File(self.known[name].get("name") or "", content, title))

    def content(self, name: str) -> bytes | None:
        """The bytes of a file, which is waiting no more; None, and a problem, where it is damaged or too large."""
        del self.waiting[name]
        size = {"name": name, "size": MAX_BYTES // 1024 // 1024}
        try:
            content = base64.b64decode("".join((self.known[name].text or "").split()), validate=True)
        except (binascii.Error, ValueError):
            self.problems[name] = _("The file “%(name)s” is damaged.") % size
            return None
        if len(content) > MAX_BYTES:
            self.problems[name] = _("The file “%(name)s” is larger than %(size)d MB.") % size
            return None
        return content


def written(enclosed: Enclosed) -> tuple[str, list[Element]]:
    """The paragraphs that show ``enclosed``, and the elements that hold the files."""
    html, elements, taken = "", [], set()
    for one in [*([enclosed.image] if enclosed.image else []), *enclosed.attachments]:
        path, number = "/", 0
        while (address := path.lstrip("/") + one.name) in taken:
            number += 1
            path = f"/{number}/"
        taken.add(address)
        apart = "" if one is enclosed.image else f' class="{ATTACHED}"'
        if isinstance(one, Picture):
            html += f'<p><img{apart} src="{HERE}{quote(address)}" alt="{_safe(one.alt)}"></p>'
        else:
            title = _safe(one.title)  # as an attribute too, which keeps its spaces
            html += f'<p><a{apart} href="{HERE}{quote(address)}" title="{title}">{title}</a></p>'
        element = Element("file", {"name": one.name, "path": path, "encoding": "base64"})
        element.text = base64.b64encode(one.content).decode()
        elements.append(element)
    return html, elements


def _safe(words: str) -> str:
    """Words within HTML, in which no gap begins."""
    return escape(words).replace("{", "&#123;").replace("[", "&#91;")
