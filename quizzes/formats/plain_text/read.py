"""Reading typed questions."""

import re
from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _

from ..about import NO, READERS, YES, kind_name, units
from ..base import Item, Note, Reading
from ..checks import problem_with
from ..fields import too_long
from ..shapes import filled
from ..text_files import References, decode, derived, enough
from ..wording import rich_text
from .answers import BUILDERS, Wrong, kind_of
from .lines import AROUND, Block, Entry, blocks, has_stand_ins, place, rich, show

ABOUT = {"id": "reference", "name": "name", "outcome": "outcome", "source": "source", "checked by": "checked_by",
         "language": "language"}  # fmt: skip
LATER = ("outcome", "source", "checked by", "language", "tags", "country", "checked on", "review by", "difficulty")
SAID = {"right": "when_right", "partly": "when_partly", "wrong": "when_wrong", "true": "feedback_true", "false": "feedback_false",
        "look": "look", "start": "start", "low": "low", "high": "high"}  # fmt: skip
RICH = {"model": "model_answer", "notes": "marker_notes"}
FLAGS = {"case": "match_case", "accents": "match_accents", "ask unit": "ask_unit", "several": "several"}
WORDS = re.compile(r"(?P<least>\d{0,6})\s*-\s*(?P<most>\d{0,6})")


def sniff(content: bytes, name: str) -> bool:
    signs = rb"^[ \t]*(- ?\[[xX \d%.-]*\] |@\w[\w ]*:|> |\| |\* |-{3,}[ \t]*$|# )"
    return name.lower().endswith(".md") or re.search(signs, content[:200_000].replace(b"\r", b"\n"), re.M) is not None


def read(content: bytes, name: str) -> Reading:
    text, notes = decode(content)
    reading = Reading(notes=notes)
    if has_stand_ins(text):
        reading.notes.append(Note(_("whole file"), _("The file holds characters that no text may hold. Nothing was read.")))
        return reading
    references = References()
    later: list[Entry] = []
    for block in blocks(text):
        if all(entry.sign == "detail" and entry.key.casefold() in LATER for entry in block.entries):
            later = block.entries
            continue
        item = question(block, later)
        item.reference = references.unique(item.reference or item.name or derived(item.kind, item.text or item.place))
        reading.items.append(item)
        enough(reading.items)
    if not reading.items:
        reading.notes.append(Note(_("whole file"), _("No question was found.")))
    return reading


def question(block: Block, later: list[Entry]) -> Item:
    item = Item(place(block.entries[0].line), "", category=block.category)
    try:
        _content(item, block, later)
    except Wrong as problem:
        item.refuse(problem.reason, place(problem.line))
    return item


def _content(item: Item, block: Block, later: list[Entry]) -> None:
    """``later``: details that hold for every question after them."""
    details = {entry.key.casefold(): entry for entry in later}
    own: dict[str, Entry] = {}
    for entry in block.of("detail"):
        key = " ".join(entry.key.casefold().split())
        if key in own:
            item.partly(_("“@%(key)s” stands there twice. The last one counts.") % {"key": key[:60]}, place(own[key].line))
        own[key] = entry
    _about(item, {**details, **own})
    if block.stray:
        reason = _(
            "This line stands after the answers and has no sign. Indent it, or put an empty line before the next question."
        )
        raise Wrong(reason, block.stray)
    if block.long:
        raise Wrong(_("A text in this question is too long."), block.long)
    texts = block.of("text")
    item.value = {"text": _rich(item, texts[0]) if texts else ""}
    if len(texts) > 1:
        raise Wrong(_("The question is interrupted. Write its lines one after the other."), texts[1].line)
    item.kind = _kind(block, own)
    value = filled(item.kind, **item.value)
    explanation = block.of("explanation")
    joined = "\n".join(entry.text for entry in explanation)
    value["explanation"] = _rich(item, Entry(explanation[0].line, "", joined)) if explanation else ""
    value["hints"] = [show(entry.text) for entry in block.of("hint")]
    _details(item, value, own)
    signs, build = BUILDERS[item.kind]
    for entry in block.entries:
        if entry.sign not in AROUND | signs:
            raise Wrong(_("A question of this kind has no place for this line."), entry.line)
    passage = build(block, value)
    if passage is not None:
        value["passage"] = _rich(item, Entry(block.of("passage")[0].line, "", passage))
    item.value = value
    if reason := too_long(item.kind, value) or problem_with(item.kind, value):
        raise Wrong(reason, block.entries[0].line)


def _kind(block: Block, own: dict[str, Entry]) -> str:
    if "kind" in own:
        kind = kind_name(show(own["kind"].text))
        if kind not in BUILDERS:
            known = {"kind": show(own["kind"].text)[:60], "known": ", ".join(sorted(BUILDERS))}
            raise Wrong(_("“%(kind)s” is not a kind that can be typed. Known are: %(known)s.") % known, own["kind"].line)
        return kind
    if kind := kind_of(block):
        return kind
    raise Wrong(_("The question has no answer. If it is only to be read, write “@kind: information”."), block.entries[0].line)


def _rich(item: Item, entry: Entry) -> str:
    clean, lost = rich_text(rich(entry.text))
    if lost:
        item.partly(_("Not taken along: %(what)s.") % {"what": ", ".join(lost)}, place(entry.line))
    return clean


def _misfit(item: Item, entry: Entry) -> None:
    name = {"key": entry.key[:60]}
    item.partly(_("“@%(key)s” is not known here, or what it says does not fit. It was left out.") % name, place(entry.line))


def _yes(item: Item, entry: Entry) -> bool:
    text = show(entry.text).casefold()
    if text not in YES | NO:
        _misfit(item, entry)
    return text in YES


def _about(item: Item, details: dict[str, Entry]) -> None:
    for key, name in ABOUT.items():
        if key in details:
            setattr(item, name, show(details[key].text))
    if "tags" in details:
        item.tags = [tag for tag in (show(part) for part in details["tags"].text.split(",")) if tag]
    if entry := details.get("keep order"):
        item.keep_order = _yes(item, entry)
    for name, reader in READERS.items():
        if entry := details.get(name.replace("_", " ")):
            value = reader(show(entry.text))
            if value is None:
                _misfit(item, entry)
            else:
                setattr(item, name, value)


def _details(item: Item, value: dict[str, Any], own: dict[str, Entry]) -> None:
    """The details that are fields of the kind. What is not known is named."""
    feedback: dict[int, str] = {}
    for key, entry in own.items():
        text = show(entry.text)
        if key in {"kind", "tags", "keep order", *ABOUT} or key.replace(" ", "_") in READERS:
            continue
        if match := re.fullmatch(r"feedback (\d{1,2})", key):
            fits = item.kind == "mark_words" and int(match[1]) > 0
            feedback[int(match[1])] = text
        else:
            name = {**SAID, **RICH, **FLAGS}.get(key, key)
            fits = (key == "words" or name in value) and SETTERS.get(key, _setter(key, name))(value, text, item, entry)
        if not fits:
            _misfit(item, entry)
    if item.kind == "mark_words":
        value["feedback"] = [feedback.get(number, "") for number in range(1, max(feedback, default=0) + 1)]


Setter = Callable[[dict[str, Any], str, Item, Entry], bool]


def _setter(key: str, name: str) -> Setter:
    def put(value: dict[str, Any], text: str, item: Item, entry: Entry) -> bool:
        if key in FLAGS:
            value[name] = text.casefold() in YES
            return text.casefold() in YES | NO
        if key in RICH:
            value[name] = _rich(item, entry)
        elif key in SAID and (key != "look" or text in {"statement", "chat", "note"}):
            value[name] = text
        else:
            return False
        return True

    return put


def _words(value: dict[str, Any], text: str, item: Item, entry: Entry) -> bool:
    match = WORDS.fullmatch(text)
    if not match or "words_from" not in value:
        return False
    value["words_from"], value["words_to"] = (int(match[end]) if match[end] else None for end in ("least", "most"))
    return True


def _units(value: dict[str, Any], text: str, item: Item, entry: Entry) -> bool:
    found = units(text)
    value["units"] = found or []
    return found is not None


def _steps(value: dict[str, Any], text: str, item: Item, entry: Entry) -> bool:
    fits = item.kind == "confidence" and re.fullmatch(r"[3-7]", text) is not None
    if fits:
        value["steps"] = int(text)
    return fits


SETTERS: dict[str, Setter] = {"words": _words, "units": _units, "steps": _steps}
