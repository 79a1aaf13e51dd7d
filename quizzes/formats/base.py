"""What all formats of question files share: items, places, and a report that names whatever did not arrive whole.

An *item* is a question in the raw JSON of its editor's block (``Question.body``), whatever the file said it in. The shapes are in
``docs/questions.md``. Readers and writers touch no database; ``importing`` and ``exporting`` do.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

WHOLE = -1  # in the place of the number of a part


class State(StrEnum):
    READY = "ready"  # arrives exactly
    PARTLY = "partly"  # arrives, but something of it could not be taken along: see ``notes``
    REFUSED = "refused"  # does not arrive: see ``notes``


class FormatError(Exception):
    """The file as a whole cannot be read; the message is for people, in their language."""


@dataclass(frozen=True)
class Note:
    """What could not be taken as it stands, in words for a trainer. ``place``: line, element or sheet cell in the file."""

    place: str
    reason: str


@dataclass(frozen=True)
class Picture:
    """A picture that came inside the package: its name there, its bytes, what it tells."""

    name: str
    content: bytes
    alt: str = ""


@dataclass(frozen=True)
class File:
    """A file to open that came inside the package: its name there, its bytes, what it is called."""

    name: str
    content: bytes
    title: str = ""


@dataclass
class Enclosed:
    """What belongs to a question beside its words: its picture, then further pictures and files in their order."""

    image: Picture | None = None
    attachments: list[Picture | File] = field(default_factory=list)

    def __bool__(self) -> bool:
        return self.image is not None or bool(self.attachments)


@dataclass
class Item:
    """One question of a file.

    ``kind``: a name in ``quizzes.kinds.KINDS``. ``value``: raw JSON of its block without list ids and without ``image`` and
    ``attachments``, in parts too (plain lists; ``raw_value`` gives ids). ``in_parts``: what belongs to parts of a case, by
    their number from 0; parts without any are not in it. ``reference``: what names the question in its file for ever, so
    that a second import finds the first one again; where the file has no names, formats derive it from kind and text.
    """

    place: str
    reference: str
    kind: str = ""
    value: dict[str, Any] = field(default_factory=dict)
    name: str = ""
    category: str = ""
    tags: Sequence[str] = ()
    outcome: str = ""
    difficulty: int | None = None  # 1 easy, 2 medium, 3 hard
    country: str = ""  # ISO 3166-1 alpha-2, where the answer is one country's law
    source: str = ""
    checked_by: str = ""
    checked_on: date | None = None
    review_by: date | None = None
    penalty: Decimal | None = None  # share of the points that each wrong try costs, 0 to 1
    keep_order: bool = False  # whether its choices are never shuffled
    points: Decimal | None = None  # of the question where the file says so
    language: str = ""
    image: Picture | None = None
    attachments: list[Picture | File] = field(default_factory=list)
    in_parts: dict[int, Enclosed] = field(default_factory=dict)
    state: State = State.READY
    notes: list[Note] = field(default_factory=list)

    @property
    def enclosed(self) -> dict[int, Enclosed]:
        """What belongs to it beside its words: ``WHOLE`` for the question, then by the number of a part."""
        return {WHOLE: Enclosed(self.image, list(self.attachments)), **self.in_parts}

    @property
    def text(self) -> str:
        return self.value.get("text", "")

    def partly(self, reason: str, place: str = "") -> None:
        """Note what could not be taken along; the rest arrives."""
        self.notes.append(Note(place or self.place, reason))
        if self.state == State.READY:
            self.state = State.PARTLY

    def refuse(self, reason: str, place: str = "") -> None:
        """Note why the question does not arrive."""
        self.notes.append(Note(place or self.place, reason))
        self.state = State.REFUSED


@dataclass
class Reading:
    """What a reader found: items in the order of the file, and notes about parts of the file that are no question."""

    items: list[Item] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)


@dataclass(frozen=True)
class Writing:
    """What a writer made: the file, and what it could not say, item by item."""

    content: bytes
    notes: list[Note] = field(default_factory=list)


@dataclass(frozen=True)
class Format:
    """One file format. ``read`` raises FormatError only when nothing of the file can be read.

    ``sniff`` says whether content looks like this format (given the file's name); ``read`` and ``write`` may be missing.
    """

    name: str  # in commands and addresses, e.g. "gift"
    label: str
    extensions: tuple[str, ...]
    content_type: str
    sniff: Callable[[bytes, str], bool]
    read: Callable[[bytes, str], Reading] | None = None
    write: Callable[[Sequence[Item]], Writing] | None = None
