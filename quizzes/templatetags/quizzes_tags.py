"""What templates need to know of quizzes."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django import template
from django.template.context import Context
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import number_format

from quizzes.catalogue import Entry
from quizzes.models import Attempt, Quiz

register = template.Library()


@register.filter
def points(value: Decimal | None) -> str:
    """Points or per cent as people write them: 6, 6.5, in the reader's language."""
    if value is None:
        return ""
    value = Decimal(value)
    places = 0 if value == value.to_integral_value() else max(-int(value.normalize().as_tuple().exponent), 1)
    return number_format(value, decimal_pos=places)


@register.filter
def quiz_keys(entries: Iterable[Entry]) -> list[UUID]:
    """The keys of the quizzes of a list."""
    return [entry.quiz.translation_key for entry in entries]


def passed_sample(quiz: Quiz, asked: int) -> Attempt:
    """An attempt with nothing wrong in it, of nobody, that is never saved."""
    return Attempt(
        quiz_key=quiz.translation_key,
        length=asked,
        pass_mark=quiz.pass_mark,
        rules=quiz.rules().freeze(),
        submitted_at=timezone.now(),
        points=Decimal(asked),
        max_points=Decimal(asked),
        passed=True,
    )


@register.simple_tag(takes_context=True)
def quiz_state(context: Context, quiz: Quiz) -> dict[str, Any]:
    """What the card of ``quiz`` says: address, number of questions, and the reader's open attempt and the one that counts.

    Reads only, and nobody's attempts in a preview or without a signed-in reader. Where ``request.quizzes_passed`` is set, as by
    the preview of a lesson that is done, the card is that of somebody who has passed.
    """
    request = context.get("request")
    preview = bool(getattr(request, "is_preview", False))
    user = getattr(request, "user", None)
    opened = best = None
    if user is not None and user.is_authenticated and not preview:
        opened, best = Attempt.objects.of(user, quiz.translation_key).open_and_best(quiz.grading)
    asked = quiz.questions_per_attempt or quiz.asked()
    if preview and getattr(request, "quizzes_passed", False):
        best = passed_sample(quiz, asked)
    url = reverse("quizzes:start", args=[quiz.translation_key])
    if request is not None and not preview:
        url = f"{url}?{urlencode({'next': request.path})}"
    return {"url": url, "asked": asked, "opened": opened, "best": best}
