"""Exercises with their answers and the reasons, for those who run a training. No learner's file is made of this."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from courses.blocks import PracticeBlock
from courses.blocks.scenario import TONES
from quizzes.kinds import KINDS
from quizzes.kinds.choices import letter
from quizzes.kinds.ordering import tied_in
from quizzes.kinds.true_false import reasons_in


@dataclass(frozen=True)
class Row:
    """One thing that can be said. ``right``: whether it is, None where the ``answer`` says what fits; ``note``: why."""

    text: str
    answer: str = ""
    note: str = ""
    right: bool | None = None
    sign: str = ""


@dataclass(frozen=True)
class Key:
    """A task in full, what fits, and why. HTML is clean; ``said``: pairs of a label and words, such as hints."""

    heading: str = ""
    called: str = ""  # what such a block is
    task: str = ""
    rows: tuple[Row, ...] = ()
    explanation: str = ""
    said: tuple[tuple[str, str], ...] = ()
    parts: tuple["Key", ...] = ()


def key_of(block: PracticeBlock, material: dict[str, Any]) -> Key:
    """The key of a practice block from what it froze."""
    named = {"heading": material["heading"], "called": str(block.label)}
    if "snapshot" in material:
        return replace(question_key(material["snapshot"], intro=material.get("intro", "")), **named)
    make = BLOCKS.get(block.name)
    return Key(**named, **make(material)) if make else Key(**named)


def question_key(snapshot: dict[str, Any], *, intro: str = "") -> Key:
    """The key of a frozen question, of a lesson or of a quiz."""
    told = [(_("If right"), snapshot["when_right"]), (_("If partly right"), snapshot["when_partly"])]
    told += [(_("If wrong"), snapshot["when_wrong"]), *((_("Hint"), hint) for hint in snapshot["hints"])]
    told += [(_("Source"), snapshot.get("source", ""))]
    return Key(
        task=joined(paragraph(intro), clean(snapshot["text"]), clean(passage_of(snapshot))),
        rows=tuple(rows_of(snapshot)),
        explanation=snapshot["explanation"] or snapshot.get("model_answer", ""),
        said=tuple((label, words) for label, words in told if words),
        parts=tuple(question_key(part) for part in snapshot.get("parts", [])),
    )


def passage_of(snapshot: dict[str, Any]) -> str:
    """The text that gaps or phrases stand in; phrases in brackets, as those who write them know them."""
    if snapshot["kind"] in {"gap_choice", "gap_text"}:
        return str(snapshot["passage"])
    if snapshot["kind"] != "mark_words":
        return ""
    texts = {choice["id"]: f"[{choice['text']}]" for choice in snapshot["choices"]}
    lines = ["".join(texts.get(piece.get("id"), piece.get("text", "")) for piece in line) for line in snapshot["passage"]]
    return joined(*(paragraph(line) for line in lines))


def rows_of(snapshot: dict[str, Any]) -> Iterable[Row]:
    kind = KINDS[snapshot["kind"]]
    if kind.name == "case_study" or not kind.graded:
        return []
    if kind.name == "essay":
        return [Row(item["name"], str(item["points"]), item["description"]) for item in snapshot["rubric"]]
    if kind.name == "ordering":
        steps = {step["id"]: step for step in snapshot["steps"]}
        either = dict.fromkeys(tied_in(snapshot), _("May also come before the step above."))
        notes = {ident: " ".join(filter(None, (step["feedback"], either.get(ident)))) for ident, step in steps.items()}
        return [Row(steps[ident]["text"], note=notes[ident], sign=str(n)) for n, ident in enumerate(snapshot["order"], start=1)]
    if "choices" in snapshot:
        return choices_of([*snapshot["choices"], *reasons_in(snapshot)])
    best = kind.best_answer(snapshot)
    notes = [thing.get("feedback", "") for name in ("cards", "lefts", "gaps") for thing in snapshot.get(name, [])]
    told = zip_longest(kind.parts(snapshot, best), notes, fillvalue="")
    return [Row(part.asked, part.said, note) for part, note in told]


def choices_of(choices: Iterable[dict[str, Any]]) -> list[Row]:
    return [Row(c["text"], "", c["feedback"] or "", c["correct"], letter(n)) for n, c in enumerate(choices)]


def joined(*parts: str) -> SafeString:
    return format_html_join("", "{}", ((part,) for part in parts if part))


def paragraph(words: str) -> SafeString:
    return format_html("<p>{}</p>", words) if words else SafeString()


def clean(markup: str) -> SafeString:
    return mark_safe(markup)  # noqa: S308 (frozen_html cleaned it)


def _decision(material: dict[str, Any]) -> dict[str, Any]:
    rows = tuple(Row(o["text"], note=o["view"], sign=letter(n)) for n, o in enumerate(material["options"]))
    task = joined(clean(material["situation"]), paragraph(material["question"]))
    return {"task": task, "rows": rows, "explanation": material["expert"]}


def _flashcards(material: dict[str, Any]) -> dict[str, Any]:
    rows = tuple(Row(card["front"], card["back"]) for card in material["cards"])
    return {"task": paragraph(material["intro"]), "rows": rows}


def _points(material: dict[str, Any]) -> dict[str, Any]:
    return {"rows": tuple(Row(p["title"], note=p["text"], sign=str(p["number"])) for p in material["points"])}


def _checklist(material: dict[str, Any]) -> dict[str, Any]:
    return {"task": paragraph(material["intro"]), "rows": tuple(Row(item["text"]) for item in material["items"])}


def _poll(material: dict[str, Any]) -> dict[str, Any]:
    return {"task": paragraph(material["question"]), "rows": tuple(Row(choice["text"]) for choice in material["choices"])}


def _film(material: dict[str, Any]) -> dict[str, Any]:
    parts = tuple(
        Key(
            heading=f"{stop['at']} {stop['title']}",
            task=joined(clean(stop["note"]), paragraph(stop["question"])),
            rows=tuple(choices_of(stop["choices"])),
        )
        for stop in material["stops"]
    )
    return {"task": paragraph(material["title"]), "parts": parts}


def _case_file(material: dict[str, Any]) -> dict[str, Any]:
    def part(number: int, stage: dict[str, Any]) -> Key:
        papers = [joined(format_html("<p><strong>{}</strong></p>", d["title"]), clean(d["text"])) for d in stage["documents"]]
        facts = {"number": number, "total": len(material["stages"])}
        return Key(
            heading=_("Part %(number)d of %(total)d") % facts,
            task=joined(*papers, paragraph(stage["question"])),
            rows=tuple(choices_of(stage["choices"])),
            said=((_("Hint"), stage["hint"]),) if stage["hint"] else (),
        )

    parts = tuple(part(number, stage) for number, stage in enumerate(material["stages"], start=1))
    return {"task": clean(material["intro"]), "parts": parts, "explanation": material["closing"]}


def _scenario(material: dict[str, Any]) -> dict[str, Any]:
    """The whole story, its steps and endings numbered so that a group can play it from paper."""
    places = [*material["steps"], *material["endings"]]
    numbers = {place["id"]: str(number) for number, place in enumerate(places, start=1)}
    tones = dict(TONES)

    def rows(step: dict[str, Any]) -> tuple[Row, ...]:
        found = []
        for choice in step["choices"]:
            goes = _("Go to %(number)s.") % {"number": numbers[choice["to"]]} if choice["to"] else ""
            points = ngettext("(%(points)d point)", "(%(points)d points)", choice["points"]) % {"points": choice["points"]}
            notes = [choice["consequence"], choice["why"], points if choice["points"] else ""]
            found.append(Row(choice["text"], goes, " ".join(filter(None, notes))))
        return tuple(found)

    steps = [Key(heading=numbers[s["id"]], task=clean(s["text"]), rows=rows(s)) for s in material["steps"]]
    endings = [
        Key(
            heading=f"{numbers[e['id']]}. {tones.get(e['tone'], '')}",
            task=clean(e["text"]),
            said=((_("What to learn from it"), e["learn"]),),
        )
        for e in material["endings"]
    ]
    return {"task": clean(material["intro"]), "parts": (*steps, *endings)}


BLOCKS: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
    "decision": _decision,
    "confidence": lambda material: {"task": paragraph(material["statement"])},
    "checklist": _checklist,
    "reflection": lambda material: {"task": paragraph(material["prompt"])},
    "poll": _poll,
    "words": lambda material: {"task": paragraph(material["prompt"])},
    "ideas": lambda material: {"task": paragraph(material["prompt"])},
    "flashcards": _flashcards,
    "hotspots": _points,
    "video_stops": _film,
    "case_file": _case_file,
    "scenario": _scenario,
}
