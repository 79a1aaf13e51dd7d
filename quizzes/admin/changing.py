"""Changing a setting of questions outside their editor, in every language and in drafts alike."""

from collections.abc import Callable, Iterable
from typing import Any

from django.db import transaction

from quizzes.models import Question

Change = Callable[[Question], None]


@transaction.atomic
def change_all(questions: Iterable[Question], change: Change, user: Any) -> int:
    """Apply ``change`` to ``questions`` and their translations; return how many were changed.

    A draft that waits keeps its words and waits on; its words are not published with the change.
    """
    keys = {question.translation_key for question in questions}
    found = list(Question.objects.filter(translation_key__in=keys).select_related("latest_revision", "locale"))
    for question in found:
        _change_one(question, change, user)
    return len(found)


def _change_one(question: Question, change: Change, user: Any) -> None:
    draft = question.get_latest_revision_as_object()
    if question.live and not question.has_unpublished_changes:
        change(draft)
        draft.save_revision(user=user, log_action=True, clean=False).publish(user=user)
        return
    change(question)
    question.save()
    if question.latest_revision_id:
        change(draft)
        draft.save_revision(user=user, log_action=True, clean=False)
