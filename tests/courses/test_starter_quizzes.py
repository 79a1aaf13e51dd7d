"""The quizzes of the courses in ``content/``: many kinds of question, each with what a learner needs to learn from it."""

from collections import Counter
from pathlib import Path

import pytest
from django.core.management import call_command

from quizzes.kinds import KINDS
from quizzes.marking import mark
from quizzes.models import Question, Quiz

CONTENT = Path(__file__).parents[2] / "content"
LISTS = ("choices", "reasons", "pairs", "steps", "cards", "gaps", "accepted")
pytestmark = pytest.mark.django_db


def without_feedback(kind: str, snapshot: dict) -> list[str]:
    """The choices, pairs, cards, steps, gaps and phrases of a frozen question, or of its parts, that have no feedback."""
    if kind == "case_study":
        return [name for part in snapshot["parts"] for name in without_feedback(part["kind"], part)]
    if not KINDS[kind].graded:
        return []
    entries = [(name, entry) for name in LISTS for entry in snapshot.get(name) or []]
    entries += [("gap", choice) for name, entry in entries if name == "gaps" for choice in entry.get("choices", [])]
    return [f"{name}: {entry}" for name, entry in entries if "feedback" in entry and not entry["feedback"]]


@pytest.mark.parametrize("course", ["recognising", "ludo-methods"])
def test_the_quizzes_of_a_course_teach_with_many_kinds(site, course):
    call_command("import_course", str(CONTENT / course), verbosity=0)
    kinds = Counter(Question.objects.filter(locale__language_code="en").values_list("body_kind", flat=True))
    assert len(kinds) >= 8, kinds
    for question in Question.objects.all():
        snapshot, where = question.snapshot(), f"{question.locale.language_code}: {question}"
        if not question.is_graded:
            continue
        assert question.source and question.review_key and question.outcome, where
        assert snapshot["explanation"], where
        assert not without_feedback(question.kind, snapshot), where
        assert len(snapshot["hints"]) in {0, 2}, where
        assert mark(snapshot, KINDS[question.kind].best_answer(snapshot)).fraction == 1, where
    for quiz in Quiz.objects.all():
        items = quiz.items.select_related("question")
        assert 10 <= len(items) <= 20, quiz
        assert {item.question.locale_id for item in items} == {quiz.locale_id}, quiz
        assert len({item.question.outcome for item in items if item.question.is_graded}) <= quiz.asked(), quiz
