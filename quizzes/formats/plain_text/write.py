"""Writing questions as a trainer would type them. What cannot be typed is named, question by question."""

import re
from collections.abc import Callable, Iterable, Sequence
from html import unescape
from typing import Any

from django.utils.translation import gettext as _

from ..about import typed_units
from ..base import Item, Note, Writing
from ..outgoing import not_written, tidy, unlike
from ..shapes import LABELS, changed_about
from ..wording import plain
from .answers import BUILDERS
from .lines import LINK, SIGNS, blocks, hide
from .read import ABOUT, FLAGS, RICH, SAID, question

INLINE = {"<b>": "**", "</b>": "**", "<i>": "*", "</i>": "*", "<br>": "\n", "</p><p>": "\n\n"}
LINE_END = re.compile(r"\s*\n\s*")
KNOWN = (
    "name", "reference", "outcome", "source", "checked_by", "language", "tags", "difficulty", "country", "checked_on",
    "review_by", "points", "penalty", "keep_order", "category",
)  # fmt: skip
TAGS = re.compile(r"(</?[bi]>|<br>|</p><p>)")
LINKS = re.compile(r'<a href="([^"]*)">([^<]*)</a>')


def write(items: Sequence[Item]) -> Writing:
    parts: list[str] = []
    notes: list[Note] = []
    category = ""
    for item in items:
        text, reasons = _question(item)
        notes += [Note(item.place or item.name or item.reference, reason) for reason in reasons]
        if text and item.category != category:
            category = item.category
            parts.append(f"{_heading(category)}\n{text}")
        elif text:
            parts.append(text)
    return Writing(("---\n" + "\n---\n".join(parts) + "\n---\n").encode(), notes)


def _question(item: Item) -> tuple[str, list[str]]:
    if item.kind not in BUILDERS:
        return "", [_("A question of this kind cannot be typed. It was left out.")]
    value, lost = tidy(item)
    if reason := not_written(item, value):
        return "", [reason]
    if item.value.get("image") or item.image:
        lost.append(str(LABELS["image"]))
    if item.attachments:
        lost.append(str(LABELS["attachments"]))
    lines = [*_about(item), _rich(value["text"]), *ANSWERS.get(item.kind, lambda value: [])(value), *_details(item.kind, value)]
    lines += [f"> {line}" for line in _rich(value["explanation"]).split("\n") if value["explanation"]]
    lines += [_line("? ", hint) for hint in value["hints"]]
    text = "\n".join(lines)
    reasons = [_("Typed questions have no place for: %(what)s.") % {"what": ", ".join(lost)}] if lost else []
    back = _read_back(f"---\n{_heading(item.category)}\n{text}\n---")
    reasons += changed_about(item, back, KNOWN)
    told = _("This cannot be typed exactly: %(fields)s. Compare it after importing it.")
    return text, [*reasons, *unlike(item, value, back, told)]


def _read_back(text: str) -> Item:
    found = list(blocks(text))
    if len(found) != 1:
        several = Item("", "")
        several.refuse(_("It would become several questions."))
        return several
    back = question(found[0], [])
    back.reference = back.reference or back.name
    return back


def _heading(category: str) -> str:
    return f"# {_escaped(LINE_END.sub(' ', category))}".rstrip()


def _escaped(text: str, *, more: str = "") -> str:
    """``text`` with a backslash before signs that would mean something; ``more``: signs that do so here."""
    text = re.sub(r"\\(?=[!-/:-@\[-`{-~])", r"\\\\", text)
    text = re.sub(r"::|=>", lambda match: f"\\{match[0]}", text)
    if more:
        text = re.sub(f"[{re.escape(more)}]", r"\\\g<0>", text)
    return "\n".join(_plain_line(line) for line in text.split("\n"))


def _plain_line(line: str) -> str:
    """``line`` so that no sign stands at its beginning."""
    shown = line.strip()
    if shown.startswith(("#", "---")) or any(sign.fullmatch(hide(shown)) for _name, sign in SIGNS):
        at = re.search(r"[!-/:-@\[-`{-~]", line)
        return f"{line[: at.start()]}\\{line[at.start() :]}" if at else line
    return line


def _line(sign: str, text: str, feedback: str = "", *, more: str = "") -> str:
    """A line of its own, with the further lines of a text indented."""
    words = _escaped(text, more=more) + (f" :: {_escaped(feedback, more=more)}" if feedback else "")
    return (sign + words.replace("\n", "\n  ")).rstrip(" ")


def _rich(html: str) -> str:
    """Rich text with the signs that ``lines.rich`` knows. Lists become lines."""
    if not re.fullmatch(r"(<p>.*</p>)?", html, re.S) or "<ul>" in html or "<ol>" in html:
        return _escaped(plain(html)[0])
    inner = LINKS.sub(lambda match: f"\x01{match[2]}\x02{match[1]}\x03", html.removeprefix("<p>").removesuffix("</p>"))
    words = [INLINE.get(part) or _words(part) for part in TAGS.split(inner)]
    text = "\n".join(_plain_line(line) for line in "".join(words).split("\n"))
    return re.sub("\x01(.*?)\x02(.*?)\x03", r"[\1](\2)", text)


def _words(html: str) -> str:
    text = re.sub(r"\\(?=[!-/:-@\[-`{-~])", r"\\\\", unescape(html))
    if "*" in text:
        text = text.replace("*", "\\*")
    return LINK.sub(lambda match: f"\\{match[0]}", text)


def _about(item: Item) -> list[str]:
    found = {"kind": item.kind, **{key: getattr(item, name) for key, name in ABOUT.items()}}
    if item.reference == item.name:
        del found["id"]
    found["tags"] = ", ".join(item.tags)
    found["keep order"] = "yes" if item.keep_order else ""
    for name in ("difficulty", "country", "checked_on", "review_by", "points", "penalty"):
        given = getattr(item, name)
        found[name.replace("_", " ")] = "" if given is None else str(given)
    return [_line(f"@{key}: ", text) for key, text in found.items() if text]


def _details(kind: str, value: dict[str, Any]) -> list[str]:
    found = [_line(f"@{key}: ", value[name]) for key, name in SAID.items() if value.get(name)]
    found += [f"@{key}: {_rich(value[name])}".replace("\n", "\n  ") for key, name in RICH.items() if value.get(name)]
    found += [f"@{key}: yes" for key, name in FLAGS.items() if value.get(name)]
    if kind == "confidence":
        found.append(f"@steps: {value['steps']}")
    if value.get("words_from") is not None or value.get("words_to") is not None:
        least, most = ("" if value[end] is None else value[end] for end in ("words_from", "words_to"))
        found.append(f"@words: {least}-{most}")
    if value.get("units"):
        found.append(f"@units: {typed_units(value['units'])}")
    if kind == "mark_words":
        found += [_line(f"@feedback {number}: ", text) for number, text in enumerate(value["feedback"], 1) if text]
    return found


def _share(row: dict[str, Any]) -> str:
    return "" if row["credit"] is None else f"[{row['credit']}%] "


def _choices(choices: Iterable[dict[str, Any]]) -> list[str]:
    found = []
    for row in choices:
        credit = "" if row["credit"] is None else f"{row['credit']}%"
        mark = " ".join(part for part in ("x" if row["correct"] else "", credit) if part) or " "
        found.append(_line(f"- [{mark}] ", row["text"], row["feedback"]))
    return found


def _with_feedback(sign: str, rows: Iterable[dict[str, Any]]) -> list[str]:
    return [_line(sign, row["text"], row["feedback"]) for row in rows]


def _matching(value: dict[str, Any]) -> list[str]:
    pairs = [f"{_line('', pair['left'])} {_line('=> ', pair['right'], pair['feedback'])}" for pair in value["pairs"]]
    return pairs + [_line("=> ", distractor) for distractor in value["distractors"]]


def _categorise(value: dict[str, Any]) -> list[str]:
    found = []
    for box in value["boxes"]:
        found += [_line("* ", box["name"]), *_with_feedback("  - ", box["cards"])]
    return found + (["*?", *_with_feedback("  - ", value["depends"])] if value["offer_depends"] else [])


def _numeric(value: dict[str, Any]) -> list[str]:
    return [_line(f"= {_share(row)}{row['value']} +- {row['tolerance']}", "", row["feedback"]) for row in value["accepted"]]


def _passage(value: dict[str, Any], gap: Callable[[dict[str, Any]], str]) -> list[str]:
    text = _rich(value["passage"])
    for number, content in enumerate(value["gaps"], start=1):
        text = text.replace(f"[{number}]", f"[[{gap(content)}]]", 1)
    return [f"| {line}" for line in text.split("\n")]


def _inside(text: str, feedback: str) -> str:
    told = f" :: {_escaped(feedback, more='|]*=')}" if feedback else ""
    return _escaped(text, more="|]*=") + told


def _gap_choice(gap: dict[str, Any]) -> str:
    rows = gap["choices"]
    return "|".join(f"{'*' * row['correct']}{_share(row)}{_inside(row['text'], row['feedback'])}" for row in rows)


def _gap_text(gap: dict[str, Any]) -> str:
    rows = "|".join(f"={_share(row)}{_inside(row['text'], row['feedback'])}" for row in gap["accepted"])
    return rows + (f"||{_inside(gap['feedback'], '')}" if gap["feedback"] else "")


def _essay(value: dict[str, Any]) -> list[str]:
    rubric = [_line("% ", row["name"]) + _line(f" ({row['points']})", "", row["description"]) for row in value["rubric"]]
    return ["___", *rubric]


ANSWERS: dict[str, Callable[[dict[str, Any]], list[str]]] = {
    "single_choice": lambda value: _choices(value["choices"]),
    "multiple_response": lambda value: _choices(value["choices"]),
    "true_false": lambda value: ["T" if value["answer"] == "true" else "F", *_choices(value["reasons"])],
    "matching": _matching,
    "ordering": lambda value: [
        _line(f"{number}. ", row["text"], row["feedback"]) for number, row in enumerate(value["steps"], 1)
    ],
    "categorise": _categorise,
    "gap_choice": lambda value: _passage(value, _gap_choice),
    "gap_text": lambda value: _passage(value, _gap_text),
    "short_text": lambda value: [_line(f"= {_share(row)}", row["text"], row["feedback"]) for row in value["accepted"]],
    "numeric": _numeric,
    "mark_words": lambda value: [f"| {_escaped(value['passage'])}".replace("\n", "\n| ")],
    "essay": _essay,
    "poll": lambda value: [_line("- ", row["text"]) for row in value["choices"]],
}
