"""Aiken: a line with the question, a line for each choice (``A.`` or ``A)``), ``ANSWER: A``. One right choice, no feedback."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .base import Format, Item, Note, Reading, Writing
from .fields import label_of, too_long
from .outgoing import not_written, tidy, unlike
from .shapes import ABOUT, choice, filled, unsaid, unsaid_about
from .text_files import SPACE, References, decode, derived, enough, paragraph
from .wording import plain

CHOICE = re.compile(r"([A-Za-z])[.)](?:[ \t]+(.*)|$)")
ANSWER = re.compile(r"ANSWER[ \t]*:(.*)", re.I)
BEHIND = re.compile(  # what other programs write under the answer, which no question text begins with
    r"(REFERENCE|FEEDBACK|EXPLANATION|ANSWER_EXPLANATION|COMMENT|SCORE|POINTS|TAGS|CATEGORY|LEVEL|DIFFICULTY)[ \t]*:.*", re.I
)
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
UNSAID = ("explanation", "when_right", "when_partly", "when_wrong", "hints")


@dataclass
class Draft:
    """The lines of a question so far. ``choices``: (line, letter, text)."""

    line: int
    text: list[str] = field(default_factory=list)
    choices: list[tuple[int, str, str]] = field(default_factory=list)


def sniff(content: bytes, name: str) -> bool:
    return re.search(rb"^[ \t]*ANSWER[ \t]*:", content[:200_000].replace(b"\r", b"\n").replace(b"\0", b""), re.M) is not None


def read(content: bytes, name: str) -> Reading:
    """A question begins after an ANSWER line, and where a line of text follows a choice."""
    text, notes = decode(content)
    reading = Reading(notes=notes)
    references = References()
    draft: Draft | None = None
    ended = False  # whether the line before was an answer
    for number, line in enumerate(text.split("\n"), start=1):
        line = line.strip(SPACE)
        if ended := ended and BEHIND.fullmatch(line) is not None:
            reading.items[-1].partly(
                _("“%(line)s” was left out: Aiken has no place for it.") % {"line": line[:80]}, _place(number)
            )
            continue
        if not line:
            continue
        if match := ANSWER.fullmatch(line):
            _add(reading, references, _finished(draft or Draft(number), match[1].strip(SPACE), number))
            draft, ended = None, True
        elif draft and (match := CHOICE.fullmatch(line)) and _next_letter(draft, match[1]):
            draft.choices.append((number, match[1].upper(), match[2] or ""))
        else:
            if draft and draft.choices:
                _add(reading, references, _unanswered(draft))
                draft = None
            draft = draft or Draft(number)
            draft.text.append(line)
    if draft:
        _add(reading, references, _unanswered(draft))
    if not reading.items:
        reading.notes.append(Note(_("whole file"), _("No question was found.")))
    return reading


def _next_letter(draft: Draft, letter: str) -> bool:
    """Whether a line with ``letter`` is a choice: capital letters always are, small ones where they count on from A."""
    return letter.isupper() or letter.upper() == LETTERS[len(draft.choices) % 26]


def _add(reading: Reading, references: References, item: Item) -> None:
    item.reference = references.unique(derived("single_choice", item.text or item.place))
    reading.items.append(item)
    enough(reading.items)


def _place(line: int) -> str:
    return _("line %(number)d") % {"number": line}


def _unanswered(draft: Draft) -> Item:
    item = _item(draft)
    item.refuse(_("The line ANSWER: with the letter of the right choice is missing."), item.place)
    return item


def _item(draft: Draft) -> Item:
    choices = [choice(text) for _line, _letter, text in draft.choices]
    value = filled("single_choice", text=paragraph("\n".join(draft.text)), choices=choices)
    return Item(_place(draft.line), "", "single_choice", value)


def _finished(draft: Draft, answer: str, line: int) -> Item:
    item = _item(draft)
    letters = [letter for _line, letter, _text in draft.choices]
    if not item.text:
        item.refuse(_("There is no question before this answer."))
    if len(letters) < 2:
        item.refuse(_("There are fewer than two choices."))
    for number, (at, letter, text) in enumerate(draft.choices):
        if letter in letters[:number]:
            item.refuse(_("The letter %(letter)s stands before two choices.") % {"letter": letter}, _place(at))
        if not text:
            item.refuse(_("A choice has no text."), _place(at))
    right = answer.upper().rstrip(".)")
    if right in letters:
        item.value["choices"][letters.index(right)]["correct"] = True
    elif letters:
        names = {"answer": answer[:20], "letters": ", ".join(letters)}
        item.refuse(_("“%(answer)s” is not one of the choices %(letters)s. Aiken takes one letter.") % names, _place(line))
    if reason := too_long(item.kind, item.value):
        item.refuse(reason)
    return item


def write(items: Sequence[Item]) -> Writing:
    """Single-choice questions as plain text. Whatever else there is, is named."""
    parts, notes = [], []
    for item in items:
        text, reasons = _question(item)
        notes += [Note(item.place or item.name or item.reference, reason) for reason in reasons]
        parts += [text] if text else []
    return Writing("\n".join(parts).encode(), notes)


def _question(item: Item) -> tuple[str, list[str]]:
    if item.kind != "single_choice":
        return "", [_("Aiken knows questions with one right choice only. The question was left out.")]
    value, lost = tidy(item)
    if reason := not_written(item, value):
        return "", [reason]
    if not 2 <= len(value["choices"]) <= len(LETTERS):
        return "", [_("Aiken takes 2 to 26 choices. The question was left out.")]
    words, more = plain(value["text"])
    lines = [" ".join(words.split())]
    lines += [f"{LETTERS[number]}. {_one_line(row['text'])}" for number, row in enumerate(value["choices"])]
    lines += [f"ANSWER: {LETTERS[number]}" for number, row in enumerate(value["choices"]) if row["correct"]][:1]
    text = "\n".join(lines) + "\n"
    gone = lost + [_("%(what)s (%(field)s)") % {"what": what, "field": label_of(item.kind, "text")} for what in more]
    gone += unsaid_about(item, (*ABOUT, "tags", "category", "name")) + unsaid(item.kind, value, UNSAID)
    gone += [_("feedback to choices")] * any(row["feedback"] for row in value["choices"])
    gone += [_("shares of points")] * any(row["credit"] is not None for row in value["choices"])
    reasons = [_("Aiken has no place for: %(what)s.") % {"what": ", ".join(gone)}] if gone else []
    bare = [{**row, "feedback": "", "credit": None} for row in value["choices"]]
    rest = {**value, "text": paragraph(words) if more else value["text"], "choices": bare}
    told = _("Aiken cannot say this exactly: %(fields)s. Compare it after importing it.")
    return text, [*reasons, *unlike(item, rest, _read_back(text), told)]


def _one_line(text: str) -> str:
    return re.sub(r"\s*\n\s*", " ", text)


def _read_back(text: str) -> Item:
    items = read(text.encode(), "").items
    if len(items) != 1:
        items[0].refuse(_("It would become several questions."))
    return items[0]


FORMAT = Format(
    name="aiken",
    label=gettext_lazy("Aiken"),
    extensions=(".txt",),
    content_type="text/plain; charset=utf-8",
    sniff=sniff,
    read=read,
    write=write,
)
