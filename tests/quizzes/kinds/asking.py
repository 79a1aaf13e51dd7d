"""What the tests of single kinds share: from a raw block to its value, what an editor is told, and the pages a learner sees."""

import re
from collections.abc import Callable, Iterator
from random import Random
from typing import Any
from urllib.parse import urlencode

import pytest
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.test import Client
from wagtail_localize.segments.extract import extract_segments
from wagtail_localize.segments.types import OverridableSegmentValue, StringSegmentValue

from courses.packs.blocks import problems_of
from quizzes.kinds import KINDS, Kind, Show
from quizzes.models import Attempt
from tests.factories.quizzes import begin, make_question, make_quiz, question_url, result_url, submit_url

CANARY = "canary-7f3a"
Body = dict[str, Any]  # the raw block of a question, as tests.factories.kinds.example makes it

AWKWARD = "<script>alert('x')</script> \"Ğışİ\" Дете & 100 % %(text)s {{ 1 }}"
ALL, NOTHING = Show(), Show(verdict=False, points=False, feedback=False, explanation=False, right_answer=False)


def only(*shown: str) -> Show:
    """A ``Show`` of nothing but ``shown``."""
    return Show(**{name: name in shown for name in vars(NOTHING)})


def value_of(body: Body) -> Any:
    return KINDS[body["type"]].block().to_python(body["value"])


def frozen(body: Body, shuffle: Random | None = None) -> tuple[Kind, dict[str, Any]]:
    """The kind of ``body`` and its snapshot, as the database keeps it in an attempt."""
    kind = KINDS[body["type"]]
    return kind, {"kind": body["type"], "language": "en", **kind.snapshot(value_of(body), shuffle)}


def snapshot_of(body: Body, shuffle: Random | None = None) -> dict[str, Any]:
    return frozen(body, shuffle)[1]


def told(body: Body) -> list[str]:
    """What an editor who wants to publish ``body`` reads: the field and the message."""
    return problems_of(KINDS[body["type"]].block(), body["value"])


def messages_of(body: Body) -> dict[str, list[str]]:
    """The same, by field, of a question whose lists are judged as a whole."""
    with pytest.raises(ValidationError) as caught:
        KINDS[body["type"]].block().clean(value_of(body))
    errors = caught.value.block_errors
    return {name: [str(e.message) for e in found.non_block_errors.as_data()] for name, found in errors.items()}


def may_be_drafted(body: Body) -> bool:
    block = KINDS[body["type"]].block()
    block.clean_deferred(block.to_python(body["value"]))
    return True


def data_of(*pairs: tuple[str, str]) -> QueryDict:
    """A form as a browser posts it; a name may come more than once."""
    return QueryDict(urlencode(pairs))


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
    """The answer in a form that must be valid."""
    assert form.is_valid(), form.errors
    return form.cleaned_data["answer"]


def answer_of(kind: Kind, snapshot: dict[str, Any], *pairs: tuple[str, str], **options: Any) -> Any:
    return answer_in(kind.form(kind.shown(snapshot), data_of(*pairs), **options))


def errors_of(kind: Kind, snapshot: dict[str, Any], *pairs: tuple[str, str], **options: Any) -> list[str]:
    """The errors of a form in the order of its fields, as the summary on top of the page lists them."""
    form = kind.form(kind.shown(snapshot), data_of(*pairs), **options)
    form.is_valid()
    return [*form.non_field_errors(), *(message for field in form for message in field.errors)]


def offered(body: Body) -> list[str]:
    """What a translator is offered of a question: its words, and what may be replaced."""
    question = make_question(body, outcome="", source="")
    return [
        segment.string.data if isinstance(segment, StringSegmentValue) else str(segment.data)
        for segment in extract_segments(question)
        if isinstance(segment, StringSegmentValue | OverridableSegmentValue)
    ]


def pages_before(client: Client, body: Body, *posts: dict[str, Any]) -> Iterator[str]:
    """What the server sends of a question until it is handed in; ``posts`` are answers, kept ones and refused ones."""
    attempt = begin(client, make_quiz([make_question(body, outcome="", source="")]))
    url = question_url(attempt, 1)
    for post in [{}, *posts]:
        yield client.get(url).content.decode()
        yield client.post(url, {"act": "continue", **post}, follow=True).content.decode()
    yield client.get(submit_url(attempt)).content.decode()


def page_after(client: Client, body: Body, *posts: dict[str, Any]) -> str:
    """The review of a question that was answered by the last of ``posts``."""
    attempt = begin(client, make_quiz([make_question(body, outcome="", source="")]))
    for post in posts:
        client.post(question_url(attempt, 1), {"act": "continue", **post})
    client.post(submit_url(attempt))
    return client.get(result_url(attempt)).content.decode()


def looks_the_same(client: Client, body: Body, change: Callable[[dict[str, Any]], None], *posts: dict[str, Any]) -> bool:
    """Whether no byte of the question's pages depends on what ``change`` does to the snapshot that is marked later."""
    attempt = begin(client, make_quiz([make_question(body)]))
    response, url = attempt.responses.get(position=1), question_url(attempt, 1)
    pages: list[list[str]] = []
    for changed in (False, True):
        if changed:
            change(response.snapshot)
            response.save()
        seen = [client.get(url), *(client.post(url, {"act": "continue", **post}) for post in [{}, *posts]), client.get(url)]
        seen.append(client.get(submit_url(attempt)))
        pages.append([re.sub(r'csrfmiddlewaretoken" value="\w+"', "", page.content.decode()) for page in seen])
    return pages[0] == pages[1]


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
