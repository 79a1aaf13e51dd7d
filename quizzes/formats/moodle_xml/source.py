"""One question element of a Moodle file: its texts in our words, and the notes about what they lose."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from quizzes.formats.base import Item
from quizzes.formats.text_files import LONGEST_FIELD, SPACE, decimal
from quizzes.formats.wording import from_plain, plain, rich_text
from quizzes.formats.xml import Element

BLOCKS = re.compile(r"<(p|div|br|ul|ol|li|table|h[1-6])\b", re.I)
HTML, AUTO, PLAIN = "html", "moodle_auto_format", "plain_text"
TOO_LONG = gettext_lazy("A text in this question is too long.")
LONGEST_HTML = 10 * LONGEST_FIELD  # mark-up is mostly longer than its words; more of it costs too much time
MARKED_UP = {"markdown": "Markdown", "wiki_like": "Wiki"}


class Refused(Exception):
    """The question cannot arrive; the message says why."""


def words(element: Element | None) -> str:
    """The text of an element that holds a ``text`` element, or of an old one that holds the text itself."""
    if element is None:
        return ""
    inner = element.find("text")
    if inner is None:
        return (element.text or "").strip(SPACE)
    return "".join(inner.itertext()).strip(SPACE)


def normal(percent: Decimal) -> str:
    """A share of the points as the editor keeps it: at most five decimals, no zeros at the end."""
    rounded = percent.quantize(Decimal("0.00001"))
    return f"{rounded.normalize():f}" if rounded else "0"


@dataclass
class Source:
    """``free_accents``: a tag says that accents do not count."""

    element: Element
    item: Item
    free_accents: bool = False

    def setting(self, name: str, default: str = "") -> str:
        """The content of a simple element such as ``<single>true</single>``."""
        found = self.element.find(name)
        return words(found) if found is not None else default

    def is_on(self, name: str, default: str) -> bool:
        return self.setting(name, default).lower() not in {"", "0", "false"}

    def points(self, text: str) -> Decimal | None:
        number = decimal(text) if text else None
        if text and (number is None or Decimal(number) < 0):
            self.item.partly(_("The points “%(points)s” are no number.") % {"points": text})
            return None
        return Decimal(number) if number is not None else None

    def rich(self, element: Element | None, what: str) -> str:
        """The rich text in ``element``; ``what`` names it where something is lost."""
        if element is None:
            return ""
        self.note_files(element, what)
        return self.rich_from(words(element), self.style(element), what)

    def rich_from(self, text: str, style: str, what: str) -> str:
        self.check_length(text)
        if style == PLAIN or style in MARKED_UP:
            self.note_marks(style, what)
            return from_plain(text)
        if style == AUTO and not BLOCKS.search(text):
            text = text.replace("\n", "<br>")
        made, lost = rich_text(text)
        self.note_lost(lost, what)
        return made

    def plain(self, element: Element | None, what: str) -> str:
        """The words in ``element`` without mark-up."""
        if element is None:
            return ""
        self.note_files(element, what)
        text, style = words(element), self.style(element)
        if style == PLAIN or style in MARKED_UP:
            self.note_marks(style, what)
            return text
        return self.plain_from(text.replace("\n", "<br>") if style == AUTO and not BLOCKS.search(text) else text, what)

    def check_length(self, html: str) -> None:
        if len(html) > LONGEST_HTML:
            raise Refused(str(TOO_LONG))

    def plain_from(self, html: str, what: str) -> str:
        self.check_length(html)
        made, lost = plain(html)
        self.note_lost(lost, what)
        return made

    def style(self, element: Element | None) -> str:
        """How the text of ``element`` is written; the question text's way where it does not say."""
        ways = (found.get("format") for found in (element, self.element.find("questiontext")) if found is not None)
        return next((way.strip() for way in ways if way), HTML)

    def note_marks(self, style: str, what: str) -> None:
        if style in MARKED_UP:
            reason = _("%(what)s is written in %(language)s. Its marks stay as they were typed.")
            self.item.partly(reason % {"what": what, "language": MARKED_UP[style]})

    def note_lost(self, lost: Iterable[str], what: str) -> None:
        if lost:
            self.item.partly(_("%(what)s: this could not be taken along: %(lost)s.") % {"what": what, "lost": ", ".join(lost)})

    def note_files(self, element: Element, what: str) -> None:
        for file in element.findall("file"):
            reason = _("%(what)s: the file “%(name)s” could not be taken along.")
            self.item.partly(reason % {"what": what, "name": file.get("name", "")})

    def fraction(self, answer: Element) -> Decimal:
        """The share of the points, in per cent, that an answer earns; refuses what is no share."""
        old = answer.find("fraction")  # of 1; as Moodle wrote long ago
        number = decimal(words(old)) if old is not None else decimal(answer.get("fraction") or "0")
        if number is None:
            raise Refused(_("The share of points “%(share)s” is no number.") % {"share": answer.get("fraction")})
        percent = Decimal(number) * (100 if old is not None else 1)
        if abs(percent) > 100:
            raise Refused(_("A share of points lies outside -100 to 100 per cent."))
        return percent


def as_share(percent: Decimal, usual: Fraction) -> str | None:
    """A share as the editor keeps it: None where it is the ``usual`` one."""
    return None if abs(Fraction(percent) / 100 - usual) <= Fraction(1, 100_000) else normal(percent)
