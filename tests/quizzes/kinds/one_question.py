"""One question of any kind, as its editor, its learner and its translator meet it."""

import re
from collections.abc import Callable, Iterator
from random import Random
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.http import HttpResponse, QueryDict
from django.test import Client
from wagtail_localize.segments.extract import extract_segments
from wagtail_localize.segments.types import OverridableSegmentValue, StringSegmentValue

from quizzes.kinds import KINDS, Show
from quizzes.models import Attempt
from tests.factories.quizzes import begin, make_question, make_quiz, question_url, result_url, submit_url

AWKWARD = "<script>alert('x')</script> \"Ğışİ\" Дете & 100 % %(text)s {{ 1 }}"
ALL, NOTHING = Show(), Show(False, False, False, False, False)
FLAGS = ["verdict", "feedback", "right_answer"]
Body = dict[str, Any]


def only(*flags: str) -> Show:
    """Nothing but ``flags`` may be shown."""
    return Show(**{name: name in flags for name in ("verdict", "points", "feedback", "explanation", "right_answer")})


def value_of(body: Body) -> Any:
    return KINDS[body["type"]].block().to_python(body["value"])


def snapshot_of(body: Body, shuffle: Random | None = None) -> dict[str, Any]:
    return {"kind": body["type"], **KINDS[body["type"]].snapshot(value_of(body), shuffle)}


def messages_of(body: Body) -> dict[str, list[str]]:
    """What its editor is told when ``body`` is to be published, by field."""
    with pytest.raises(ValidationError) as caught:
        KINDS[body["type"]].block().clean(value_of(body))
    errors = caught.value.block_errors
    return {name: [str(e.message) for e in found.non_block_errors.as_data()] for name, found in errors.items()}


def may_wait(body: Body) -> bool:
    """Whether ``body`` may be saved as a draft."""
    return bool(KINDS[body["type"]].block().clean_deferred(value_of(body)))


def form_of(snapshot: dict[str, Any], data: dict[str, Any] | None = None, initial: Any = None, **options: Any) -> Any:
    """The learner's form; ``data`` by field, without the prefix, a list for what is posted more than once."""
    posted = None
    if data is not None:
        posted = QueryDict(mutable=True)
        for name, value in data.items():
            posted.setlist(f"{options.get('prefix', 'q')}-{name}", value if isinstance(value, list) else [value])
    kind = KINDS[snapshot["kind"]]
    return kind.form(kind.shown(snapshot), posted, initial, **options)


def answer_in(form: Any) -> Any:
    assert form.is_valid(), form.errors
    return form.cleaned_data["answer"]


def offered_to_translators(body: Body) -> list[str]:
    segments = extract_segments(make_question(body, outcome="", source=""))
    return [s.string.data if isinstance(s, StringSegmentValue) else s.data for s in segments
            if isinstance(s, StringSegmentValue | OverridableSegmentValue)]  # fmt: skip


def without_token(response: HttpResponse) -> str:
    return re.sub(r'csrfmiddlewaretoken" value="\w+"', "", response.content.decode())


def pages_before(client: Client, body: Body, turn: Callable[[dict[str, Any]], None]) -> tuple[list[str], list[str]]:
    """Every page before the answer is final, as it is and after ``turn`` made something else right in the frozen question."""
    attempt = begin(client, make_quiz([make_question(body)]))
    response = attempt.responses.get(position=1)
    url = question_url(attempt, 1)

    def pages() -> list[str]:
        return [without_token(page) for page in (client.get(url), client.post(url, {}), client.get(submit_url(attempt)))]

    before = pages()
    turn(response.snapshot)
    response.save()
    return before, pages()


def every_page(client: Client, body: Body, data: dict[str, Any]) -> Iterator[str]:
    """The pages of a quiz of one question that is answered with ``data``: asked, refused, checked and reviewed."""
    attempt = begin(client, make_quiz([make_question(body)]))
    url = question_url(attempt, 1)
    yield client.get(url).content.decode()
    refused = client.post(url, {})
    assert refused.status_code == 422
    yield refused.content.decode()
    assert client.post(url, data | {"act": "continue"}).status_code == 302
    yield client.get(url).content.decode()
    client.post(submit_url(attempt))
    assert Attempt.objects.get(pk=attempt.pk).is_open is False
    yield client.get(result_url(attempt)).content.decode()
