"""Practice on paper: what may be seen before answering, in a form for a pencil. No answer is in it, so none can be printed."""

from collections.abc import Callable
from typing import Any

from django.template.loader import render_to_string

from courses.blocks import PracticeBlock
from courses.blocks.case_file import KINDS as KINDS_OF_DOCUMENT
from quizzes.kinds import KINDS

from .paper import picture_address

FOLDER = "printables/exercises"
# Templates of the kinds of question; a kind that is not named here is answered on the screen.
SHAPES = {
    "single_choice": "choices",
    "multiple_response": "choices",
    "true_false": "choices",
    "poll": "choices",
    "hotspot": "choices",
    "categorise": "sort",
    "ordering": "order",
    "matching": "match",
    "gap_choice": "gaps",
    "gap_text": "gaps",
    "short_text": "lines",
    "numeric": "lines",
    "essay": "lines",
    "mark_words": "words",
    "confidence": "scale",
    "information": "information",
    "case_study": "case_study",
}
LINES = {"short_text": 1, "numeric": 1, "essay": 12}


def exercise_of(block: PracticeBlock, material: dict[str, Any], address: str) -> str:
    """One practice block as HTML for paper; ``address`` is where its reader can do it on the screen."""
    name, context = shape_of(block, material)
    context |= {"heading": material["heading"], "called": block.label, "address": address}
    return render_to_string(f"{FOLDER}/{name}.html", {**context, "base": f"{FOLDER}/exercise.html"})


def shape_of(block: PracticeBlock, material: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """The template of a block and what it prints, taken from ``material`` field by field."""
    if "snapshot" in material:
        return question_shape(material["snapshot"], intro=material.get("intro", ""))
    make = BLOCKS.get(block.name)
    return make(material) if make else ("screen", {})


def question_shape(snapshot: dict[str, Any], **more: Any) -> tuple[str, dict[str, Any]]:
    """The same for a frozen question, of a quiz or of a lesson. ``shown`` is all that leaves the snapshot."""
    kind = KINDS[snapshot["kind"]]
    return SHAPES.get(kind.name, "screen"), {
        **question_context(kind.name, kind.shown(snapshot)),
        "language": snapshot["language"],
        **more,
    }


def question_context(kind: str, shown: dict[str, Any]) -> dict[str, Any]:
    context = {"kind": kind, "shown": shown, "picture": picture(shown.get("image")), "lines": "x" * LINES.get(kind, 0)}
    if kind == "hotspot":
        context["stage"] = {**shown["stage"], "picture": picture(shown["stage"]["picture"])}
    if kind == "gap_choice":
        context["listed"] = [(gap["name"], [choice["text"] for choice in gap["choices"]]) for gap in shown["gaps"]]
    if kind == "mark_words":
        texts = {choice["id"]: choice["text"] for choice in shown["choices"]}
        context["paragraphs"] = [[(p.get("text", ""), texts.get(p.get("id"), "")) for p in line] for line in shown["passage"]]
    if kind == "confidence":
        context["levels"] = range(1, shown["steps"] + 1)
    if kind in {"gap_choice", "gap_text"}:
        names = {gap["id"]: gap["name"] for gap in shown["gaps"]}
        context["pieces"] = [(piece, names.get(piece["gap"], "")) for piece in shown["pieces"]]
    if kind == "case_study":
        context["parts"] = [
            {
                "heading": part["heading"],
                "template": f"{FOLDER}/{SHAPES[part['kind']]}.html",
                **question_context(part["kind"], part["shown"]),
            }
            for part in shown["parts"]
        ]
    return context


def picture(frozen: dict[str, Any] | None) -> dict[str, Any] | None:
    """A frozen picture by the name that the renderer knows."""
    address = picture_address(frozen["url"]) if frozen else ""
    return {**frozen, "url": address} if frozen and address else None


def _decision(material: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    options = [option["text"] for option in material["options"]]
    return "decision", {"situation": material["situation"], "question": material["question"], "options": options}


def _confidence(material: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    return "sureness", {"statement": material["statement"]}


def _checklist(material: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    return "checklist", {"intro": material["intro"], "items": [item["text"] for item in material["items"]]}


def _reflection(material: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    return "reflection", {"prompt": material["prompt"], "hint": material["hint"]}


def _asked_of_all(material: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    return "reflection", {"prompt": material["prompt"], "hint": ""}


def _flashcards(material: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    return "flashcards", {"intro": material["intro"], "fronts": [card["front"] for card in material["cards"]]}


def _points(material: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    own = {name: material[name] for name in ("width", "height", "radius", "points")}
    return "points", {**own, "picture": picture(material["picture"])}


def _poll(material: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    return "poll", {"question": material["question"], "choices": [choice["text"] for choice in material["choices"]]}


def _film(material: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    stops = [
        {**{name: stop[name] for name in ("at", "title", "note", "question")}, "choices": [c["text"] for c in stop["choices"]]}
        for stop in material["stops"]
    ]
    return "film", {"title": material["title"], "minutes": material["minutes"], "stops": stops}


def _scenario(material: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """How it begins. Where each choice leads is told by the choice alone, so the rest waits on the screen."""
    first = material["steps"][0] if material["steps"] else {"text": "", "choices": []}
    choices = [choice["text"] for choice in first["choices"]]
    return "scenario", {"intro": material["intro"], "situation": first["text"], "choices": choices}


def _case_file(material: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """The whole file with its questions, as readers may open it on the screen; hints and answers stay closed."""
    called = dict(KINDS_OF_DOCUMENT)
    stages = [
        {
            "documents": [{**document, "called": called.get(document["kind"], "")} for document in stage["documents"]],
            "question": stage["question"],
            "choices": [choice["text"] for choice in stage["choices"]],
        }
        for stage in material["stages"]
    ]
    return "case_file", {"intro": material["intro"], "stages": stages}


BLOCKS: dict[str, Callable[[dict[str, Any]], tuple[str, dict[str, Any]]]] = {
    "decision": _decision,
    "confidence": _confidence,
    "checklist": _checklist,
    "reflection": _reflection,
    "poll": _poll,
    "words": _asked_of_all,
    "ideas": _asked_of_all,
    "flashcards": _flashcards,
    "hotspots": _points,
    "video_stops": _film,
    "scenario": _scenario,
    "case_file": _case_file,
}
