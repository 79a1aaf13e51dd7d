"""What is written as QTI is read back exactly, in both versions, whatever letters it holds."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.formats.base import Enclosed, File, Format, Item, Picture
from quizzes.formats.qti import QTI
from quizzes.formats.shapes import accepted, choice, filled
from quizzes.formats.wording import rich_text

from .qti_examples import CASE, VERSIONS, picture, quickly, spot
from .strategies import every

EXPRESSIBLE = {kind: items for kind, items in every().items() if kind != "confidence"}


def again(version: Format, items: list[Item]) -> list[Item]:
    """``items`` after they were written and read, without their places, which are new."""
    reading = QTI.read(version.write(items).content, "questions.zip")
    assert reading.notes == []
    return [replace(item, place="", tags=tuple(item.tags)) for item in reading.items]


def plainly(items: list[Item]) -> list[Item]:
    return [replace(item, place="", tags=tuple(item.tags)) for item in items]


@VERSIONS
@pytest.mark.parametrize("kind", EXPRESSIBLE)
@given(data=st.data())
@quickly
def test_questions_of_every_kind_come_back_exactly(version: Format, kind: str, data: st.DataObject) -> None:
    items = data.draw(st.lists(EXPRESSIBLE[kind], min_size=1, max_size=2, unique_by=lambda item: item.reference))
    assert again(version, items) == plainly(items)


texts = st.text(max_size=20)  # control characters and halves of letters too
days = st.none() | st.dates()
shares = st.none() | st.decimals(0, 1, places=5)


@VERSIONS
@given(
    item=st.builds(
        lambda text, spaces, **own: Item(
            "",
            kind="single_choice",
            value=filled(
                "single_choice", text="<p>Which?</p>", choices=[choice(text, True, spaces), choice("b")], hints=[text, spaces]
            ),
            **own,
        ),
        texts,
        texts,
        reference=texts,
        name=texts,
        category=texts,
        tags=st.lists(texts, max_size=3),
        outcome=texts,
        difficulty=st.sampled_from([None, 1, 2, 3]),
        country=texts,
        source=texts,
        checked_by=texts,
        checked_on=days,
        review_by=days,
        penalty=shares,
        points=shares,
        language=texts,
    )
)
@quickly
def test_everything_around_a_question_comes_back_exactly(version: Format, item: Item) -> None:
    assert again(version, [item]) == plainly([item])


ODD = "=*[](){}<>&;'\"\\ \t\n\r\x0b\x85\u00a0\u200b\u2028\ufeff\ue000абЩѝçğİıŞé0a"
odd = st.text(st.sampled_from(ODD), max_size=12)
FEEDBACK = ["explanation", "when_right", "when_partly", "when_wrong"]


@VERSIONS
@pytest.mark.parametrize("kind", EXPRESSIBLE)
@given(data=st.data(), words=odd, image=st.booleans(), about=st.lists(odd, min_size=7, max_size=7))
@quickly
def test_questions_of_every_kind_come_back_with_all_that_may_be_said_of_them(
    version: Format, kind: str, data: st.DataObject, words: str, image: bool, about: list[str]
) -> None:
    item = data.draw(EXPRESSIBLE[kind])
    value = {**item.value, **{name: rich_text(escape(words))[0] for name in FEEDBACK[:1]}, **dict.fromkeys(FEEDBACK[1:], words)}
    whole = replace(
        item,
        value={**value, "hints": [words, "b"]},
        difficulty=2,
        image=Picture(about[0], picture(3, 3), about[1]) if image else None,
        **dict(zip(("name", "category", "outcome", "country", "source", "checked_by", "language"), about, strict=True)),
        checked_on=date(2026, 3, 1),
        review_by=date(2027, 3, 1),
        penalty=Decimal("0.25"),
        points=Decimal(2),
    )
    assert again(version, [whole]) == plainly([whole])


@VERSIONS
@given(text=odd, feedback=odd, name=odd)
@quickly
def test_odd_letters_in_every_text_of_a_case_come_back(version: Format, text: str, feedback: str, name: str) -> None:
    one = filled("single_choice", text="<p>Which?</p>", choices=[choice(text, True, feedback), choice("b", False, text)])
    many = filled("categorise", text="<p>Sort.</p>", boxes=[{"name": text, "cards": [{"text": feedback, "feedback": text}]}] * 2)
    gaps = [{"accepted": [accepted(text, feedback), accepted(feedback)], "feedback": text}]
    typed = filled("gap_text", text="<p>Write.</p>", passage="<p>It is [1].</p>", gaps=gaps)
    values = {"single_choice": one, "categorise": many, "gap_text": typed}
    parts = [{"type": kind, "value": value} for kind, value in values.items()]
    case = Item("", "case", "case_study", filled("case_study", text="<p>A case.</p>", parts=parts), name=name)
    assert again(version, [case]) == plainly([case])


@VERSIONS
@pytest.mark.parametrize("item", [CASE, spot(), spot((1024, 7)), spot((3, 3), "JPEG"), spot((99, 99), "GIF")])
def test_cases_and_places_on_pictures_come_back_exactly(version: Format, item: Item) -> None:
    assert again(version, [item]) == plainly([item])


@VERSIONS
@pytest.mark.parametrize("name", ["plan.png", "план.png", "../plan.png", "a b.jpeg", "plan", ""])
def test_a_picture_comes_back_with_its_name_and_description(version: Format, name: str) -> None:
    value = filled("information", text="<p>Read.</p>")
    items = [
        Item("", f"i{n}", "information", value, name="Read", image=Picture(name, picture(n, n), f"Plan {n}")) for n in (1, 2)
    ]
    assert again(version, items) == plainly(items)


attached = st.builds(Picture, odd, st.integers(1, 3).map(lambda side: picture(side, side)), odd) | st.builds(
    File, odd | st.sampled_from(["rules.pdf", "Правила.docx", "talk.mp3", "../x.pdf"]), st.binary(max_size=5), odd
)
enclosed = st.builds(Enclosed, st.none() | st.builds(Picture, odd, st.just(picture(4, 4)), odd), st.lists(attached, max_size=3))


@VERSIONS
@pytest.mark.parametrize("kind", ["single_choice", "gap_choice", "information"])
@given(data=st.data(), whole=enclosed)
@quickly
def test_all_pictures_and_files_come_back(version: Format, kind: str, data: st.DataObject, whole: Enclosed) -> None:
    item = replace(data.draw(EXPRESSIBLE[kind]), image=whole.image, attachments=whole.attachments)
    assert again(version, [item]) == plainly([item])


@VERSIONS
@given(whole=enclosed, parts=st.dictionaries(st.integers(0, 5), enclosed.filter(bool), max_size=4))
@quickly
def test_pictures_and_files_of_parts_come_back_to_their_parts(version: Format, whole: Enclosed, parts: dict) -> None:
    """Some parts stand in no block of their own in the file: texts to read, and statements with reasons."""
    read = {"type": "information", "value": filled("information", text="<p>Read.</p>")}
    judged = filled("true_false", text="<p>So?</p>", answer="true", reasons=[choice("a", True), choice("b")])
    value = {**CASE.value, "parts": [read, *CASE.value["parts"], {"type": "true_false", "value": judged}, read]}
    case = replace(CASE, value=value, image=whole.image, attachments=whole.attachments, in_parts=parts)
    assert again(version, [case]) == plainly([case])


@VERSIONS
def test_spots_and_other_pictures_are_kept_apart(version: Format) -> None:
    item = replace(spot(), attachments=[Picture("b.png", picture(3, 3), "b"), File("rules.pdf", b"%PDF", "The rules")])
    assert again(version, [item]) == plainly([item])


@VERSIONS
def test_values_with_fewer_fields_or_spaces_around_come_back_as_they_were(version: Format) -> None:
    value = {
        "text": "<p>Which?</p>",
        "choices": [{"text": " a\n b ", "correct": True, "feedback": ""}, {"text": "b", "correct": False, "feedback": ""}],
    }
    item = Item("", "one", "single_choice", value)
    assert again(version, [item]) == plainly([item])


@VERSIONS
def test_the_same_questions_give_the_same_bytes_and_names_that_clash_are_told_apart(version: Format) -> None:
    items = [
        Item("", reference, "information", filled("information", text="<p>Read.</p>"))
        for reference in ("a", "A", "bank/a", "bank/b")
    ]
    assert version.write(items).content == version.write(items).content
    assert [item.reference for item in again(version, items)] == ["a", "A", "bank/a", "bank/b"]


@VERSIONS
def test_orders_that_are_equally_right_come_back(version: Format) -> None:
    steps = [{"text": "a", "feedback": ""}, {"text": "b", "feedback": "", "with_above": True}, {"text": "c", "feedback": ""}]
    item = Item("", "q", "ordering", filled("ordering", text="<p>Which?</p>", steps=steps), name="q")
    assert again(version, [item]) == plainly([item])
