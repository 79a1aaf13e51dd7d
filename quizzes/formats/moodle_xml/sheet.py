"""One question element on its way out."""

from dataclasses import dataclass, field
from typing import Any

from quizzes.formats.base import Item
from quizzes.formats.xml import Element

from .source import PLAIN


@dataclass
class Sheet:
    """One question on its way out.

    ``unheard``: what Moodle does not look at, though it stands in the file. ``left_out``: fields that do not stand in it,
    as ``reasons`` tell.
    """

    item: Item
    value: dict[str, Any]
    element: Element
    unheard: list[str] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)

    def add(self, tag: str, text: str, parent: Element | None = None) -> Element:
        made = Element(tag)
        made.text = text or None
        (self.element if parent is None else parent).append(made)
        return made

    def say(self, tag: str, text: str, style: str = PLAIN, parent: Element | None = None, **attributes: str) -> Element:
        """An element with a ``text`` element in it."""
        made = self.add(tag, "", parent)
        made.attrib.update({**attributes, **({"format": style} if style else {})})
        self.add("text", text, made)
        return made
