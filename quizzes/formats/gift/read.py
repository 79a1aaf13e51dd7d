"""Reading GIFT. A question is a run of lines between empty ones, so that a broken one ends where the next one begins."""

import re
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from ..base import Item, Note, Reading
from ..fields import too_long
from ..shapes import filled
from ..text_files import LONGEST_FIELD, SPACE, References, decode, derived, enough
from .answers import Unreadable, read_answers
from .text import as_rich, has_stand_ins, hide, show, with_format

CATEGORY = re.compile(r"\$CATEGORY:(.*)")
PREFIX = re.compile(r"\$\w+\$/?(top(/|$))?")
IDENT = re.compile(r"\[id:((?:\\\]|[^\]\x00-\x1f\x7f]){1,500})\]")
TAG = re.compile(r"\[tag:((?:\\\]|[^\]<>`\x00-\x1f\x7f]){1,200})\]")
BLANK = "_____"
ANSWERS = re.compile(rb"(?<!\\)\{\s{0,20}([=~#}]|(T|F|TRUE|FALSE)\s{0,20}[#}])")
LONGEST = 10 * LONGEST_FIELD  # characters of a question with all that belongs to it


@dataclass
class Block:
    """The lines of one question; ``lines`` has an empty one for each comment, so that places stay."""

    line: int
    lines: list[str] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "\n".join(self.lines)

    def place(self, line: int = 0) -> str:
        """``line`` of the block, from 0, as a line of the file."""
        return _("line %(number)d") % {"number": self.line + line}


def sniff(content: bytes, name: str) -> bool:
    start = content[:200_000]
    return name.lower().endswith(".gift") or b"$CATEGORY:" in start or ANSWERS.search(start) is not None


def read(content: bytes, name: str) -> Reading:
    text, notes = decode(content)
    reading = Reading(notes=notes)
    references = References()
    category = ""
    for block in blocks(text):
        category = _category(block, category)
        if not block.text.strip(SPACE):
            continue
        item = question(block)
        item.category = category
        item.reference = references.unique(item.reference or derived(item.kind, item.text or block.text))
        reading.items.append(item)
        enough(reading.items)
    if not reading.items:
        reading.notes.append(Note(_("whole file"), _("No question was found.")))
    return reading


def blocks(text: str) -> list[Block]:
    """The runs of lines between empty lines. Comments before a run belong to it when no empty line stands between."""
    found: list[Block] = []
    now: Block | None = None
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip(SPACE):
            now = None
            continue
        if now is None:
            now = Block(number)
            found.append(now)
        comment = line.strip(SPACE).startswith("//")
        now.lines.append("" if comment else line)
        if comment:
            now.comments.append(line)
    return found


def _category(block: Block, category: str) -> str:
    """The category that holds from here on; the lines that name it are emptied, as a question may follow at once."""
    for index, line in enumerate(block.lines):
        if not line.strip(SPACE):
            continue
        match = CATEGORY.fullmatch(line.strip(SPACE))
        if not match:
            break
        category = PREFIX.sub("", match[1].strip(SPACE), count=1).strip(SPACE)
        block.lines[index] = ""
    return category


def question(block: Block) -> Item:
    first = next(index for index, line in enumerate(block.lines) if line.strip(SPACE))
    item = Item(place=block.place(first), reference="")
    _remarks(item, "\n".join(block.comments))
    if len(block.text) > LONGEST:
        item.refuse(_("A text in this question is too long."))
        return item
    if has_stand_ins(block.text):
        item.refuse(_("The question holds characters that no text may hold."))
        return item
    text = _name(item, hide(block.text))
    item.reference = item.reference or item.name
    try:
        _parts(item, block, text)
    except Unreadable as problem:
        item.refuse(problem.reason, block.place(problem.line))
    if item.kind and (reason := too_long(item.kind, item.value)):
        item.refuse(reason)
    return item


def _remarks(item: Item, comments: str) -> None:
    """Identity and tags, which Moodle keeps in comments."""
    if match := IDENT.search(comments):
        item.reference = match[1].strip(SPACE).replace("\\]", "]")
    item.tags = [tag.strip(SPACE).replace("\\]", "]") for tag in TAG.findall(comments)]
    if comments.count("[id:") > len(IDENT.findall(comments)[:1]) or comments.count("[tag:") > len(item.tags):
        item.partly(_("A second identity, or one or a tag that cannot be read, was left out."))


def _name(item: Item, text: str) -> str:
    """``text`` with the name of the question taken out, its ends of lines kept."""
    match = re.match(r"\s*::(.*?)::", text, re.S)
    if not match:
        return text
    item.name = show(match[1])
    return "\n" * match[0].count("\n") + text[match.end() :]


def _parts(item: Item, block: Block, text: str) -> None:
    """Question text, answers, general feedback."""
    before, after, answers, line = _divide(text)
    spoken = before + (BLANK if answers is not None and after.strip(SPACE) else "") + after
    words, form = with_format(spoken, "moodle")
    if form == "markdown":
        item.partly(_("Markdown is taken as plain text."))
    rich, lost = as_rich(words, form)
    _tell(item, lost, item.place)
    if not rich:
        raise Unreadable(_("The question has no text."), line)
    item.value = {"text": rich}
    if answers is None:
        item.kind, item.value = "information", filled("information", text=rich)
        return
    answers, explanation = _general(item, answers, form)
    kind, own = read_answers(answers, line, form, lambda lost, at: _tell(item, lost, block.place(at)))
    item.kind, item.value = kind, filled(kind, **{"text": rich, "explanation": explanation, **own})


def _divide(text: str) -> tuple[str, str, str | None, int]:
    """What stands before, after and between the braces (None without any), and the line on which the answers begin."""
    start, end = text.find("{"), text.find("}")
    if start < 0 and end < 0:
        return text, "", None, 0
    line = text.count("\n", 0, max(start, 0))
    if start < 0 or 0 <= end < start:
        raise Unreadable(_("A closing brace } has no opening brace { before it."), text.count("\n", 0, end))
    if end < 0:
        raise Unreadable(_("The answers begin with { but } is missing before the empty line."), line)
    after = text[end + 1 :]
    if "{" in after or "}" in after or "{" in text[start + 1 : end]:
        raise Unreadable(_("There is more than one set of answers in braces. GIFT allows one."), line)
    inside = text[start + 1 : end]
    stripped = inside.lstrip(SPACE)
    return text[:start], after, stripped.rstrip(SPACE), line + inside[: len(inside) - len(stripped)].count("\n")


def _general(item: Item, answers: str, form: str) -> tuple[str, str]:
    """The answers without the general feedback, and that as rich text."""
    answers, _mark, feedback = answers.rpartition("####") if "####" in answers else (answers, "", "")
    rich, lost = as_rich(*with_format(feedback, form))
    _tell(item, lost, item.place)
    return answers.rstrip(SPACE), rich


def _tell(item: Item, lost: list[str], place: str) -> None:
    if lost:
        item.partly(_("Not taken along: %(what)s.") % {"what": ", ".join(lost)}, place)
