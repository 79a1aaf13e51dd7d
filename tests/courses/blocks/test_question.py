"""The single question of a lesson: written there, or taken from the bank."""

import json
import re
from collections.abc import Callable

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.utils.html import strip_tags
from wagtail.blocks import StructBlockValidationError

from accounts.models import User
from courses.blocks import SAMPLE, LessonBlocks, QuestionPractice
from courses.models import LessonPage
from courses.pieces import pieces_of
from learning.models import Enrolment
from printables.documents import draft_of
from quizzes.kinds import KINDS
from tests.factories.courses import QuestionFactory, block
from tests.factories.kinds import example as example_of_kind
from tests.factories.practice import example, practice_blocks, put_into

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


def test_question_deleted_from_the_bank_leaves_the_rest_of_the_lesson(
    learner: User, course, client_for: Callable[[User], Client], lessons: list[LessonPage]
) -> None:
    question = QuestionFactory()
    put_into(lessons[1], example("question", heading="Gone", own=[], bank=question), block("text", "<p>What stays.</p>"))
    question.delete()
    Enrolment.objects.create(user=learner, course_key=course.translation_key)
    reader = client_for(learner)
    page = reader.get(lessons[1].url).content.decode()
    assert "What stays." in page and "Gone" not in page and "Before this lesson is done" not in page
    reader.post(f"/en/learn/lessons/{lessons[1].translation_key}/complete/")
    assert Enrolment.objects.get().completions.count() == 1
    lesson = LessonPage.objects.get(pk=lessons[1].pk)
    assert "What stays." in draft_of("lesson", lesson).html
    assert draft_of("handbook", lesson.get_parent().specific).html
    assert "Not complete yet" in pieces_of(lesson, preview=True)[0].html


def test_answer_to_another_kind_is_forgotten(db) -> None:
    material = BLOCK.material(value(), SAMPLE, "en")
    answered = {"kind": "true_false", "answer": {"choice": "true"}}
    assert BLOCK.feedback(material, answered).verdict == "unanswered"
    assert BLOCK.form(material, answered, prefix="b").initial in (None, {}, {"choice": None})


OF_POINTS = re.compile(r"\b(of the points?|earns? (a|the|its|all|half)|takes? (nothing|a part) away|counts? the same)\b")
SORTED = sorted(name for name, block in practice_blocks().items() if isinstance(block, QuestionPractice))
BY_HAND = sorted(name for name, kind in KINDS.items() if kind.by_hand)


@pytest.mark.parametrize("kind", sorted(set(KINDS) - set(BY_HAND)))
def test_no_question_of_a_lesson_speaks_of_points(db, kind: str) -> None:
    question = QuestionFactory(body=[example_of_kind(kind)])
    page = strip_tags(BLOCK.render(value(own=[], bank=question)))
    assert not OF_POINTS.search(page), OF_POINTS.search(page)


@pytest.mark.parametrize("name", SORTED)
def test_no_exercise_of_a_lesson_speaks_of_points(db, name: str) -> None:
    block = practice_blocks()[name]
    page = strip_tags(block.render(block.get_preview_value()))
    assert not OF_POINTS.search(page), OF_POINTS.search(page)
    assert str(KINDS[block.kind_name].task) in page


def test_reason_of_a_judgement_is_asked_without_points_in_a_lesson(db) -> None:
    reasons = [{"text": "Consent is irrelevant", "correct": True}, {"text": "He agreed", "correct": False}]
    question = QuestionFactory(body=[example_of_kind("true_false", reasons=reasons)])
    page = strip_tags(BLOCK.render(value(own=[], bank=question)))
    assert "Choose one reason." in page and not OF_POINTS.search(page)


@pytest.mark.parametrize(
    "kind", ["categorise", "matching", "ordering", "mark_words", "gap_choice", "multiple_response", "numeric"]
)
def test_quizzes_still_say_how_points_are_given(db, kind: str) -> None:
    how = KINDS[kind]
    snapshot = QuestionFactory(body=[example_of_kind(kind)]).snapshot()
    shown = how.shown(snapshot)
    page = render_to_string(
        how.template, {"shown": shown, "answer_form": how.form(shown), "kind": how, "language": snapshot["language"]}
    )
    assert str(how.instruction) in page and OF_POINTS.search(str(how.instruction))


def test_what_a_person_has_to_mark_is_asked_in_no_lesson(db) -> None:
    essay = example_of_kind("essay")
    case = example_of_kind("case_study")
    case["value"]["parts"].append({"type": "essay", "id": "0b0e3a4c-2d1a-4c5e-8d5e-5d4f3a2b1c0d", "value": essay["value"]})
    for body in (essay, case):
        question = QuestionFactory(body=[body])
        with pytest.raises(StructBlockValidationError) as refused:
            BLOCK.clean(value(own=[], bank=question))
        assert "in a lesson nobody does" in str(refused.value.block_errors["bank"])
        BLOCK.clean_deferred(value(own=[], bank=question))
    BLOCK.clean(value(own=[], bank=QuestionFactory(body=[example_of_kind("case_study")])))


def test_hints_are_folded_below_the_question_and_open_to_all(client: Client, lessons: list[LessonPage]) -> None:
    own = example_of_kind("single_choice", hints=["Look at the age.", "Read <article> 3."])
    body = example("question")
    body["value"]["own"] = [{"type": "single_choice", "id": body["value"]["own"][0]["id"], "value": own["value"]}]
    sort = example("card_sort")
    sort["value"]["hints"] = [
        {"type": "item", "id": "3f0e3a4c-2d1a-4c5e-8d5e-5d4f3a2b1c0d", "value": "Single signs prove little."}
    ]
    put_into(lessons[0], body, sort)
    page = client.get(lessons[0].url).content.decode()
    hints = re.findall(r'<details class="details practice__hint"><summary>([^<]*)</summary><p[^>]*>([^<]*)</p></details>', page)
    assert [(" ".join(title.split()), text) for title, text in hints] == [
        ("Hint 1", "Look at the age."),
        ("Hint 2", "Read &lt;article&gt; 3."),
        ("Hint", "Single signs prove little."),
    ]
    put_into(lessons[0], example("question"))
    assert "practice__hint" not in client.get(lessons[0].url).content.decode()
