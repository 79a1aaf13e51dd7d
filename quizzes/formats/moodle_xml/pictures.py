"""Pictures inside a Moodle question: an ``img`` that names a ``file`` beside it."""

import base64
import binascii
import re
from collections.abc import Sequence
from html import escape, unescape
from urllib.parse import quote, unquote

from django.utils.translation import gettext as _

from quizzes.formats.base import Picture
from quizzes.formats.xml import Element

MAX_BYTES = 10 * 1024 * 1024
IMG = re.compile(r"<img\b[^<>]*>", re.I)
ATTRIBUTE = re.compile(r"""\b(src|alt)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.I)
HERE = "@@PLUGINFILE@@/"
SIGNATURES = (rb"\x89PNG\r\n\x1a\n", rb"\xff\xd8\xff", rb"GIF8[79]a", rb"RIFF....WEBP")


def is_picture(content: bytes) -> bool:
    """Whether the first bytes are those of PNG, JPEG, GIF or WebP, whatever the name says."""
    return any(re.match(signature, content, re.S) for signature in SIGNATURES)


def take_picture(html: str, files: Sequence[Element]) -> tuple[str, Picture | None, list[str]]:
    """The HTML without the pictures that are among ``files``, the first good one of them, and what became of the others.

    A question holds one picture: the further ones are named.
    """
    known = {(file.get("path") or "/").lstrip("/") + (file.get("name") or ""): file for file in files}
    problems: dict[str, str] = {}
    taken: list[tuple[str, Picture]] = []

    def without(found: re.Match[str]) -> str:
        attributes = {name.lower(): unescape(one or other or bare) for name, one, other, bare in ATTRIBUTE.findall(found[0])}
        name = unquote(attributes.get("src", "").removeprefix(HERE))
        if name not in known:
            return found[0]
        if taken:
            if name != taken[0][0]:
                problems[name] = _("A question holds one picture: “%(name)s” was left out.") % {"name": name}
            return ""
        picture, problem = _decoded(known[name], attributes.get("alt", ""))
        if picture:
            taken.append((name, picture))
        else:
            problems[name] = problem
        return ""

    html = IMG.sub(without, html)
    used = {*problems, *(name for name, _picture in taken)}
    further = [_("The file “%(name)s” could not be taken along.") % {"name": name} for name in known if name not in used]
    return html, taken[0][1] if taken else None, [*problems.values(), *further]


def _decoded(file: Element, alt: str) -> tuple[Picture | None, str]:
    name = file.get("name") or ""
    try:
        content = base64.b64decode("".join((file.text or "").split()), validate=True)
    except (binascii.Error, ValueError):
        return None, _("The picture “%(name)s” is damaged.") % {"name": name}
    if len(content) > MAX_BYTES:
        return None, _("The picture “%(name)s” is larger than %(size)d MB.") % {"name": name, "size": MAX_BYTES // 1024 // 1024}
    if not is_picture(content):
        return None, _("The file “%(name)s” is no PNG, JPEG, GIF or WebP picture.") % {"name": name}
    return Picture(name, content, alt), ""


def img(picture: Picture) -> str:
    """The paragraph that shows ``picture``."""
    return f'<p><img src="{HERE}{quote(picture.name)}" alt="{escape(picture.alt).replace("{", "&#123;")}"></p>'


def file_element(picture: Picture) -> Element:
    element = Element("file", {"name": picture.name, "path": "/", "encoding": "base64"})
    element.text = base64.b64encode(picture.content).decode()
    return element
