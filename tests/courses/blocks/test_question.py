"""The single question of a lesson: written there, or taken from the bank."""

import json

import pytest
from django.test import Client
from wagtail.blocks import StructBlockValidationError

from courses.blocks import SAMPLE, LessonBlocks
from courses.models import LessonPage
from courses.pieces import pieces_of
from tests.factories.courses import QuestionFactory
from tests.factories.practice import example, put_into

BLOCK = LessonBlocks().child_blocks["question"]


def value(**changed: object) -> object:
    preview = BLOCK.get_preview_value()
    for name, own in changed.items():
        preview[name] = own
    return preview


def test_editor_asks_for_one_of_the_two(db) -> None:
    question = QuestionFactory()
    BLOCK.clean(value())
    BLOCK.clean(value(own=[], bank=question))
    for wrong in [value(bank=question), value(own=[])]:
        with pytest.raises(StructBlockValidationError) as refused:
            BLOCK.clean(wrong)
        assert "one of the two" in str(refused.value.block_errors["bank"])


def test_draft_may_be_empty(db) -> None:
    BLOCK.clean_deferred(value(own=[]))


def test_question_of_the_bank_is_asked_and_explained_as_in_a_quiz(client: Client, lessons: list[LessonPage]) -> None:
    question = QuestionFactory()
    (block_id,) = put_into(lessons[0], example("question", own=[], bank=question))
    piece = pieces_of(lessons[0])[0]
    assert json.loads(json.dumps(piece.material)) == piece.material
    right = next(choice for choice in piece.material["snapshot"]["choices"] if choice["correct"])
    address = f"/en/learn/lessons/{lessons[0].translation_key}/b/{block_id}/"
    page = client.post(address, {f"{piece.prefix}-choice": right["id"]}).content.decode()
    assert "Your answer, and a right one" in page


def test_who_does_not_know_yet_reads_why(client: Client, lessons: list[LessonPage]) -> None:
    (block_id,) = put_into(lessons[0], example("question"))
    page = client.post(f"/en/learn/lessons/{lessons[0].translation_key}/b/{block_id}/", {"act": "unsure"}).content.decode()
    assert "You said: I don&#x27;t know yet" in page
    assert "The consent of a child, or of anyone for the child, is irrelevant." in page


def test_answer_to_another_kind_is_forgotten(db) -> None:
    material = BLOCK.material(value(), SAMPLE, "en")
    answered = {"kind": "true_false", "answer": {"choice": "true"}}
    assert BLOCK.feedback(material, answered).verdict == "unanswered"
    assert BLOCK.form(material, answered, prefix="b").initial in (None, {}, {"choice": None})
