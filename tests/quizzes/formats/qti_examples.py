"""Questions that QTI can say, and pictures, for its tests."""

import io
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from PIL import Image

from quizzes.formats.base import Item, Picture
from quizzes.formats.qti import QTI, QTI22, QTI30
from quizzes.formats.shapes import accepted, choice, filled

MATCH = '<responseProcessing template="http://www.imsglobal.org/question/qti_v2p1/rptemplates/match_correct"/>'
SCORE = '<outcomeDeclaration identifier="SCORE" cardinality="single" baseType="float"/>'
VERSIONS = pytest.mark.parametrize("version", [QTI22, QTI30], ids=lambda version: version.name)
quickly = settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def picture(width: int = 200, height: int = 100, kind: str = "PNG") -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (width, height), "white").save(buffer, kind)
    return buffer.getvalue()


ONE = filled("single_choice", text="<p>Which?</p>", choices=[choice("a", True, "Yes."), choice("b", credit="33.33333")])
TWO = filled(
    "short_text",
    text="<p>Where?</p>",
    accepted=[accepted("Варна", "Right."), accepted(r"2\*")],
    match_case=True,
    match_accents=True,
)
GAPS = filled(
    "gap_text",
    text="<p>Fill in.</p>",
    passage="<p>From [1] to <b>[2]</b></p>",
    match_case=True,
    match_accents=True,
    gaps=[{"accepted": [accepted("x")], "feedback": ""}, {"accepted": [accepted("y"), accepted("z", "", "50")], "feedback": ""}],
)
CASE = Item(
    "",
    "case",
    "case_study",
    name="A case",
    value=filled(
        "case_study",
        text="<p>Mira is 16.</p>",
        explanation="<p>Why.</p>",
        when_wrong="Again.",
        parts=[
            {"type": "single_choice", "value": ONE},
            {"type": "short_text", "value": TWO},
            {"type": "gap_text", "value": GAPS},
        ],
    ),
)


def area(name: str, x: str, correct: bool, feedback: str = "") -> dict[str, Any]:
    return {"name": name, "x": x, "y": "20", "width": "30", "height": "40", "correct": correct, "feedback": feedback}


def spot(size: tuple[int, int] = (200, 100), kind: str = "PNG", **own: Any) -> Item:
    areas = [area("The door", "10", True, "Right."), area("A window", "50", False), area("Гара", "12.34567", True)]
    value = filled("hotspot", text="<p>Look.</p><p>Where?</p>", areas=areas)
    return Item("", "spot", "hotspot", value, name="A place", image=Picture("plan.png", picture(*size, kind), "A plan"), **own)


SAID = [
    Item(
        "",
        "one",
        "single_choice",
        {**ONE, "explanation": "<p>Why &amp; <b>how</b></p>", "when_right": "Good.", "when_wrong": "No."},
    ),
    Item(
        "",
        "many",
        "multiple_response",
        filled(
            "multiple_response",
            text="<p>Which?</p>",
            when_partly="Some.",
            choices=[
                choice("a <b>", True, "f"),
                choice("b", True),
                choice("c", True),
                choice("d", False, "g"),
            ],
        ),
    ),
    Item(
        "",
        "true",
        "true_false",
        filled("true_false", text="<p>So?</p>", answer="false", feedback_true="No.", feedback_false="Yes."),
    ),
    Item(
        "", "why", "true_false", filled("true_false", text="<p>So?</p>", answer="true", reasons=[choice("a", True), choice("b")])
    ),
    Item(
        "",
        "match",
        "matching",
        filled(
            "matching",
            text="<p>Match.</p>",
            distractors=["z"],
            pairs=[
                {"left": "a", "right": "x", "feedback": "f"},
                {"left": "b", "right": "y", "feedback": ""},
                {"left": "c", "right": "v", "feedback": ""},
            ],
        ),
    ),
    Item(
        "",
        "sort",
        "categorise",
        filled(
            "categorise",
            text="<p>Sort.</p>",
            offer_depends=True,
            depends=[{"text": "e", "feedback": ""}],
            boxes=[
                {"name": "X", "cards": [{"text": "a", "feedback": "f"}, {"text": "b", "feedback": ""}]},
                {"name": "Y", "cards": []},
            ],
        ),
    ),
    Item(
        "",
        "choose",
        "gap_choice",
        filled(
            "gap_choice",
            text="<p>Choose.</p>",
            passage="<p>A [1] b</p><p>[2]</p>",
            gaps=[
                {"choices": [choice("x", True, "f"), choice("y", credit="50")]},
                {"choices": [choice("v"), choice("w", True)]},
            ],
        ),
    ),
    Item("", "write", "gap_text", GAPS),
    Item("", "short", "short_text", TWO),
    Item(
        "",
        "number",
        "numeric",
        filled(
            "numeric",
            text="<p>How many?</p>",
            accepted=[
                {"value": "3.14", "tolerance": "0.01", "credit": None, "feedback": "f"},
                {"value": "3", "tolerance": "0.5", "credit": "50", "feedback": ""},
            ],
        ),
    ),
    Item(
        "",
        "mark",
        "mark_words",
        filled(
            "mark_words",
            text="<p>Mark.</p>",
            passage="I [owe] {like}.\nHere.\n\nEnd [now].",
            feedback=["a", "", "c"],
        ),
    ),
    Item(
        "",
        "essay",
        "essay",
        filled("essay", text="<p>Write.</p>", model_answer="<p>So.</p>", marker_notes="<ul><li>Date</li></ul>"),
    ),
    Item("", "read", "information", filled("information", text="<p>Read.</p><ol><li>x</li></ol>")),
    CASE,
]


# Items as others write them


def item(body: str, declarations: str = "", processing: str = MATCH, feedback: str = "") -> Item:
    """One item of QTI 2.2 as it is read."""
    return only(
        '<assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p2" identifier="one" title="One" adaptive="false" '
        f'timeDependent="false">{declarations}{SCORE}<itemBody>{body}</itemBody>{processing}{feedback}</assessmentItem>'
    )


def only(xml: str) -> Item:
    [found] = QTI.read(xml.encode(), "one.xml").items
    return found


def response(
    kind: str = "identifier", cardinality: str = "single", right: str = "", mapping: str = "", name: str = "RESPONSE"
) -> str:
    values = "".join(f"<value>{value}</value>" for value in right.split("|") if value)
    correct = f"<correctResponse>{values}</correctResponse>" if values else ""
    attributes = f'identifier="{name}" cardinality="{cardinality}" baseType="{kind}"'
    return f"<responseDeclaration {attributes}>{correct}{mapping}</responseDeclaration>"


def choices(*words: str, prompt: str = "Which?", several: bool = False, name: str = "RESPONSE") -> str:
    simple = "".join(f'<simpleChoice identifier="{chr(65 + index)}">{word}</simpleChoice>' for index, word in enumerate(words))
    attributes = f'responseIdentifier="{name}" maxChoices="{0 if several else 1}"'
    return f"<choiceInteraction {attributes}><prompt>{prompt}</prompt>{simple}</choiceInteraction>"
