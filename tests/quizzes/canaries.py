"""Questions of any kind with a canary in every field that is not for learners before they have answered."""

import re
import uuid
from collections.abc import Iterable, Iterator
from typing import Any

from django import forms
from django.http import HttpResponse, QueryDict

from quizzes.kinds import KINDS, Verdict
from quizzes.marking import mark
from tests.factories.courses import items
from tests.factories.kinds import example

CANARY = "canary-7f3a"
# Fields whose every text is for afterwards, in whatever kind of question and however deep.
AFTERWARDS = {
    *("feedback", "feedback_true", "feedback_false", "when_right", "when_partly", "when_wrong", "explanation", "hints"),
    *("accepted", "model_answer", "marker_notes", "description"),
}
COMMON = ("explanation", "when_right", "when_partly", "when_wrong")
NUMBERS = {"value": "73.125", "tolerance": "0.0625"}  # canaries where only a number fits
WORDS = " ".join(["yes and no"] * 8)


def with_canaries(kind: str) -> dict[str, Any]:
    """The raw body of the example of ``kind``, planted; with two hints."""
    body = example(kind)
    value = body["value"]
    if kind != "information":
        value |= {name: value.get(name) or "" for name in COMMON} | {"hints": items(["first", "second"])}
    return body | {"value": planted(value)}


def case_with_canaries(*kinds: str) -> dict[str, Any]:
    """A case study whose parts are of ``kinds``, planted."""
    parts = [{"type": kind, "value": with_canaries(kind)["value"], "id": str(uuid.uuid4())} for kind in kinds]
    body = with_canaries("case_study")
    return body | {"value": body["value"] | {"parts": parts}}


def planted(value: Any, field: str = "") -> Any:
    """``value`` with a canary in each hidden text; it names the field that is hidden, and the place in a list."""
    if isinstance(value, dict):
        return {name: _planted(name, child, field) for name, child in value.items()}
    if isinstance(value, list):
        return [planted(child, f"{field}{n}" if field == "hints" else field) for n, child in enumerate(value, start=1)]
    if not field or not isinstance(value, str):
        return value
    canary = f"{CANARY}-{field}"
    return value.replace("<p>", f"<p>{canary} ", 1) if value.startswith("<p>") else f"{canary} {value}"


def _planted(name: str, value: Any, field: str) -> Any:
    if name in {"id", "type"}:
        return value
    if field == "accepted" and name in NUMBERS:
        return NUMBERS[name]
    return planted(value, name if name in AFTERWARDS else field)


def told(responses: Iterable[HttpResponse]) -> set[str]:
    """Names of the fields whose canaries are in ``responses``: in headers, cookies or body."""
    found: set[str] = set()
    for response in responses:
        everything = f"{response.headers} {response.cookies} {response.content.decode()}"
        found |= set(re.findall(rf"{CANARY}-([a-z_0-9]+)", everything))
        found |= {name for name, number in NUMBERS.items() if number in everything or number.replace(".", ",") in everything}
    return found


def wrong_post(snapshot: dict[str, Any], prefix: str) -> dict[str, Any]:
    """A whole answer that is not right, as the form posts it; any answer where nothing is right or wrong."""
    kind, shown = KINDS[snapshot["kind"]], KINDS[snapshot["kind"]].shown(snapshot)
    for offset in range(6):
        data = dict(_filled(kind.form(shown, prefix=prefix), offset))
        posted = QueryDict(mutable=True)
        for name, values in data.items():
            posted.setlist(name, values)
        form = kind.form(shown, posted, prefix=prefix)
        if form.is_valid() and mark(snapshot, form.cleaned_data["answer"]).verdict != Verdict.RIGHT:
            return data
    raise AssertionError(f"no wrong answer to {snapshot['kind']}: {form.errors}")


def _filled(form: Any, offset: int) -> Iterator[tuple[str, list[str]]]:
    for one in [form, *(part.form for part in getattr(form, "parts", []))]:
        for n, (name, field) in enumerate(one.fields.items()):
            choices = [str(value) for value, _label in getattr(field, "choices", []) if value]
            if not isinstance(field, forms.BooleanField):
                typed = "4" if name == "number" else WORDS
                yield one.add_prefix(name), [choices[(n + offset) % len(choices)] if choices else typed]
