"""Checked items written into a bank, all together or not at all. New questions go in bulk, changed ones get a revision each."""

import hashlib
import json
import uuid
from collections.abc import Sequence
from copy import deepcopy
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import timezone
from modelsearch.backends import get_search_backends_with_name
from taggit.models import Tag
from wagtail.models import ModelLogEntry, ReferenceIndex, Revision

from quizzes.models import ImportedQuestion, Question, QuestionBank, QuestionTag

from .checking import Checked, value_at
from .identities import keep_ids
from .planning import Decision, Step, decide

BATCH = 500
LONGEST_SHORT_NAME = 90  # of a tag, with room for the number of one that is taken


@transaction.atomic
def write(items: Sequence[Checked], bank: QuestionBank, user: Any = None, *, publish: bool = False) -> list[Decision]:
    """Bring ``items`` into ``bank`` and return what became of each. Decides afresh, so that doing it twice makes no doubles.

    New and changed questions are drafts with a revision by ``user``, unless ``publish``.
    """
    # One import at a time for each bank: the second finds what the first wrote.
    QuestionBank.objects.select_for_update().get(pk=bank.pk)
    decisions = decide(items, bank)
    tags = _tags({tag for decision in decisions for tag in decision.checked.tags})
    new = [decision for decision in decisions if decision.step == Step.NEW]
    changed = [decision for decision in decisions if decision.step == Step.CHANGED]
    _create([(decision, _new(decision, bank, tags, publish)) for decision in new], user, publish)
    for decision in changed:
        _change(decision, user, publish)
    _remember([*new, *changed], bank)
    return decisions


def _tags(names: set[str]) -> dict[str, Tag]:
    """The tag for each name, in whatever capitals it is known."""
    known = {tag.name.casefold(): tag for tag in Tag.objects.all()} if names else {}
    for name in sorted(names):
        if name.casefold() not in known:
            known[name.casefold()] = _new_tag(name)
    return {name: known[name.casefold()] for name in names}


def _new_tag(name: str) -> Tag:
    """A tag whose short name fits its column, also where letters grow in it or another tag has the same one."""
    tag = Tag(name=name)
    short = tag.slugify(name)
    if len(short) > LONGEST_SHORT_NAME:
        tag.slug = f"{short[: LONGEST_SHORT_NAME - 17]}-{hashlib.sha256(name.encode()).hexdigest()[:16]}"
    tag.save()
    return tag


def _body(checked: Checked, before: dict[str, Any] | None = None) -> str:
    """The body of the question as JSON; entries that were there ``before`` (a block as the database stores it) keep their ids."""
    item, value, block_id = checked.item, deepcopy(checked.raw), str(uuid.uuid4())
    for place, enclosed in checked.enclosed.items():
        enclosed.put_into(value_at(value, place))
    if before:
        block_id = before["id"] or block_id
        value = keep_ids(value, before["value"]) if before["type"] == item.kind else value
    return json.dumps([{"type": item.kind, "id": block_id, "value": value}])


def _new(decision: Decision, bank: QuestionBank, tags: dict[str, Tag], publish: bool) -> Question:
    checked, now = decision.checked, timezone.now()
    question = Question(
        bank=bank,
        locale=checked.locale,
        translation_key=decision.key,
        body=_body(checked),
        body_kind=checked.item.kind,
        live=publish,
        has_unpublished_changes=not publish,
        first_published_at=now if publish else None,
        last_published_at=now if publish else None,
        **checked.fields,
    )
    question.tagged_items.set([QuestionTag(tag=tags[name]) for name in checked.tags])
    return question


def _create(pairs: list[tuple[Decision, Question]], user: Any, publish: bool) -> None:
    questions = [question for _decision, question in pairs]
    Question.objects.bulk_create(questions, batch_size=BATCH)
    tagged = [row for question in questions for row in _owned(question)]
    QuestionTag.objects.bulk_create(tagged, batch_size=BATCH)
    revisions = Revision.objects.bulk_create([_revision(question, user) for question in questions], batch_size=BATCH)
    for (decision, question), revision in zip(pairs, revisions, strict=True):
        decision.question_id = question.pk
        question.latest_revision = revision
        question.live_revision = revision if publish else None
    Question.objects.bulk_update(questions, ["latest_revision", "live_revision"], batch_size=BATCH)
    _log(questions, user)
    _index(questions)


def _owned(question: Question) -> list[QuestionTag]:
    rows = list(question.tagged_items.all())
    for row in rows:
        row.content_object = question  # which has its number only now
    return rows


def _revision(question: Question, user: Any) -> Revision:
    kind = Question.get_content_type()
    return Revision(
        content_type=kind,
        base_content_type=kind,
        object_id=str(question.pk),
        user=user,
        created_at=timezone.now(),
        content=question.serializable_data(),
        object_str=str(question),
    )


def _log(questions: list[Question], user: Any) -> None:
    """A line in the history of each, as the editor writes it."""
    together, now, kind = uuid.uuid4(), timezone.now(), ContentType.objects.get_for_model(Question)
    ModelLogEntry.objects.bulk_create(
        [
            ModelLogEntry(
                content_type=kind,
                object_id=str(question.pk),
                label=str(question),
                action="wagtail.create",
                timestamp=now,
                user=user,
                revision=question.latest_revision,
                uuid=together,
                content_changed=True,
            )
            for question in questions
        ],
        batch_size=BATCH,
    )


def _index(questions: list[Question]) -> None:
    """What saving one by one would have told the search and the index of what refers to what."""
    for _name, backend in get_search_backends_with_name(with_auto_update=True):
        for start in range(0, len(questions), BATCH):
            backend.add_bulk(Question, questions[start : start + BATCH])
    for question in questions:
        ReferenceIndex.create_or_update_for_object(question)


def _change(decision: Decision, user: Any, publish: bool) -> None:
    """A new revision of the same question; what it says to learners changes only where it is published."""
    checked = decision.checked
    question = Question.objects.select_related("latest_revision").get(pk=decision.question_id).get_latest_revision_as_object()
    block = question.body[0] if question.body else None
    before = block and {"type": block.block_type, "id": block.id, "value": block.block.get_prep_value(block.value)}
    question.body = _body(checked, before)
    for name, value in checked.fields.items():
        setattr(question, name, value)
    question.tags.set(checked.tags)
    revision = question.save_revision(user=user, log_action=True, clean=False)
    if publish:
        revision.publish(user=user)


def _remember(decisions: list[Decision], bank: QuestionBank) -> None:
    ImportedQuestion.objects.bulk_create(
        [
            ImportedQuestion(bank=bank, reference=decision.kept_reference, question_key=decision.key, checksum=decision.checksum)
            for decision in decisions
        ],
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["bank", "reference"],
        update_fields=["question_key", "checksum"],
    )
