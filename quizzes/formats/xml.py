"""XML from strangers, read with limits, and XML of our own, written so that every reader takes it.

Nothing outside the file is ever fetched: declarations of types and entities are refused before they can name anything.
"""

import re
from collections.abc import Collection, Iterator
from html import escape
from typing import Any
from xml.etree import ElementTree
from xml.sax import SAXException
from xml.sax.handler import ContentHandler, feature_namespaces

from defusedxml import DefusedXmlException
from defusedxml.sax import make_parser
from django.utils.translation import gettext as _

from .base import FormatError

MAX_BYTES = 50 * 1024 * 1024
MAX_DEPTH = 64
MAX_ELEMENTS = 300_000
MAX_ATTRIBUTES = 100

FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # in XML 1.0, in any spelling


class Element(ElementTree.Element):
    """An element that knows the line of the file on which it starts (from 1; 0 when it was made here)."""

    line = 0


class _Builder(ContentHandler):
    """Builds elements; namespaced names are written ``{address}name``. Raises FormatError where a limit is passed."""

    def __init__(self, locator: Any) -> None:
        super().__init__()
        self.locator = locator
        self.root: Element | None = None
        self.open: list[Element] = []
        self.words: list[str] = []
        self.last: Element | None = None  # closed last: what follows is its tail
        self.count = 0

    def startElementNS(self, name: tuple[str | None, str], qname: str | None, attrs: Any) -> None:
        self.flush()
        self.count += 1
        if self.count > MAX_ELEMENTS or len(self.open) >= MAX_DEPTH or len(attrs) > MAX_ATTRIBUTES:
            raise FormatError(_("Line %(line)d: the file has too many parts, or parts too deep within each other.") % self.place)
        element = Element(_clark(name), {_clark(key): value for key, value in attrs.items()})
        element.line = self.locator.getLineNumber()
        if self.open:
            self.open[-1].append(element)
        else:
            self.root = element
        self.open.append(element)
        self.last = None

    def endElementNS(self, name: tuple[str | None, str], qname: str | None) -> None:
        self.flush()
        self.last = self.open.pop()

    def characters(self, content: str) -> None:
        self.words.append(content)

    @property
    def place(self) -> dict[str, int]:
        return {"line": self.locator.getLineNumber()}

    def flush(self) -> None:
        words, self.words = "".join(self.words), []
        if words and self.last is not None:
            self.last.tail = words
        elif words and self.open:
            self.open[-1].text = words


def _clark(name: tuple[str | None, str]) -> str:
    address, local = name
    return f"{{{address}}}{local}" if address else local


def parse(content: bytes) -> Element:
    """The root of an XML file whose elements know their lines.

    Raises FormatError, in words for people, if the file is no well-formed XML, declares a document type or entities, or is
    larger or deeper than a file of questions can be.
    """
    if len(content) > MAX_BYTES:
        raise FormatError(_("The file is larger than %(size)d MB. Split it and try again.") % {"size": MAX_BYTES // 1024 // 1024})
    parser = make_parser()
    builder = _Builder(parser)
    parser.forbid_dtd = parser.forbid_entities = parser.forbid_external = True
    parser.setFeature(feature_namespaces, True)
    parser.setContentHandler(builder)
    try:
        parser.feed(content)
        parser.close()
    except DefusedXmlException as error:
        raise FormatError(
            _("Line %(line)d: the file declares a document type or entities. That can be used to attack, so it is not read.")
            % builder.place
        ) from error
    except SAXException as error:
        raise FormatError(
            _("Line %(line)d: this is not well-formed XML (%(reason)s). Nothing was read.")
            % {**builder.place, "reason": error.getMessage()}
        ) from error
    except (ValueError, LookupError) as error:  # an encoding that nobody knows
        raise FormatError(_("The file is not in an encoding that can be read. Save it as UTF-8.")) from error
    if builder.root is None:
        raise FormatError(_("The file is empty."))
    return builder.root


def is_legal(text: str) -> bool:
    """Whether XML can hold ``text``: it cannot hold control characters, not even escaped."""
    return not FORBIDDEN.search(text)


def legal(text: str) -> str:
    """``text`` without what XML cannot hold."""
    return FORBIDDEN.sub("", text)


def text_of(text: str) -> str:
    """``text`` as the content of an element. Mark-up within is wrapped rather than escaped, so that people can read it."""
    text = legal(text)
    if "\r" in text or not re.search("[<&>]", text):  # a wrapped \r would be read as \n
        return escape(text, quote=False).replace("\r", "&#13;")
    return f"<![CDATA[{text.replace(']]>', ']]]]><![CDATA[>')}]]>"


def attribute_of(text: str) -> str:
    """``text`` as an attribute's value, quotes included."""
    return '"' + re.sub(r"[\t\n\r]", lambda found: f"&#{ord(found[0])};", escape(legal(text))) + '"'


def write(root: ElementTree.Element, *, together: Collection[str] = ()) -> bytes:
    """``root`` as a file in UTF-8. Names are written as they stand, prefixes and ``xmlns`` included.

    Lines are indented wherever an element holds only elements, but not within the elements named in ``together``, where
    a space would be a word space. What XML cannot hold is left out: ask ``is_legal`` first and say so.
    """
    return ('<?xml version="1.0" encoding="UTF-8"?>\n' + "".join(_written(root, 0, frozenset(together))) + "\n").encode()


def _written(element: ElementTree.Element, depth: int, together: frozenset[str], inline: bool = False) -> Iterator[str]:
    attributes = "".join(f" {name}={attribute_of(value)}" for name, value in element.items())
    if not len(element) and not element.text:
        yield f"<{element.tag}{attributes}/>"
        return
    inline = inline or element.tag in together or bool(element.text) or any(child.tail for child in element)
    yield f"<{element.tag}{attributes}>{text_of(element.text or '')}"
    for child in element:
        yield "" if inline else "\n" + "  " * (depth + 1)
        yield from _written(child, depth + 1, together, inline)
        yield text_of(child.tail or "")
    yield f"</{element.tag}>" if inline else "\n" + "  " * depth + f"</{element.tag}>"
