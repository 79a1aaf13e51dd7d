"""A question of a kind without a database: its block, its snapshot, its form, and what its editor is told."""

from random import Random
from typing import Any

from django.core.exceptions import ValidationError
from django.http import QueryDict

from quizzes.kinds import KINDS, Show
from tests.factories.kinds import example
from tests.quizzes.kinds.asking import NOTHING


def value_of(kind: str, **fields: Any) -> Any:
    """The block value of the example of ``kind``; ``fields`` replace parts of it."""
    return KINDS[kind].block().to_python(example(kind, **fields)["value"])


def snapshot_of(kind: str, shuffle: Random | None = None, **fields: Any) -> dict[str, Any]:
    return {"kind": kind, "language": "en", **KINDS[kind].snapshot(value_of(kind, **fields), shuffle)}


def problems(kind: str, **fields: Any) -> list[str]:
    """What an editor is told who saves the example with ``fields``; nothing where it is fine."""
    try:
        KINDS[kind].block().clean(value_of(kind, **fields))
    except ValidationError as error:
        return messages_in(error)
    return []


def messages_in(error: ValidationError) -> list[str]:
    """All messages in an error of a block, however deep."""
    found = list(getattr(error, "block_errors", {}).values())
    own = list(getattr(error, "non_block_errors", None).as_data()) if getattr(error, "non_block_errors", None) else []
    if not found and not own:
        return list(error.messages)
    return [message for one in own for message in one.messages] + [message for one in found for message in messages_in(one)]


def drafted(kind: str, **fields: Any) -> Any:
    """What is kept of an unfinished question."""
    return KINDS[kind].block().clean_deferred(value_of(kind, **fields))


def form_of(snapshot: dict[str, Any], posted: str | QueryDict | None = None, **options: Any) -> Any:
    """The learner's form with ``posted`` (a query string), bound where it is given."""
    kind = KINDS[snapshot["kind"]]
    data = QueryDict(posted) if isinstance(posted, str) else posted
    return kind.form(kind.shown(snapshot), data, **options)


def as_posted(snapshot: dict[str, Any], answer: Any) -> dict[str, Any]:
    """The fields of the form that holds ``answer``, as a browser posts them."""
    return {field.html_name: field.value() for field in form_of(snapshot, initial=answer) if field.value() is not None}


def marked(snapshot: dict[str, Any], answer: Any) -> Any:
    return KINDS[snapshot["kind"]].mark(snapshot, answer).fraction


def explained(snapshot: dict[str, Any], answer: Any, show: Show = NOTHING) -> Any:
    return KINDS[snapshot["kind"]].explain(snapshot, answer, show)
