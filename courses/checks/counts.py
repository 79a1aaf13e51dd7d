"""Blocks that hold too little to practise with, or too much to remember."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from courses.models import LessonPage
from quizzes.kinds.mark_words import PHRASE

from .findings import Finding

MOST_MESSAGES = 2  # key messages of a lesson
CARDS = range(6, 13)  # of a card sort
SIGNS, HARMLESS = range(4, 9), 2  # phrases to mark in a text, and phrases that only look so


def too_few_or_many(page: LessonPage) -> Iterator[Finding]:
    messages = [child for child in page.body if child.block_type == "key_message"]
    for child in messages[MOST_MESSAGES:]:
        said = _("More than two key messages: nobody remembers a third. Keep the two that matter tomorrow.")
        yield Finding(said, str(child.id))
    for child in page.body:
        look = LOOKS.get(child.block_type)
        yield from (Finding(said, str(child.id)) for said in (look(child.value) if look else ()))


def _of_cards(value: Any) -> Iterator[str]:
    count = sum(len(box["cards"]) for box in value["boxes"]) + len(value["depends"])
    if count not in CARDS:
        said = _("“%(title)s” has %(count)d cards. Six to twelve are a good number.")
        yield said % {"title": value["heading"], "count": count}


def _of_phrases(value: Any) -> Iterator[str]:
    phrases = PHRASE.findall(value["passage"] or "")
    right = sum(1 for right, _other in phrases if right)
    if right not in SIGNS:
        said = _("“%(title)s” has %(count)d phrases to mark. Four to eight are a good number.")
        yield said % {"title": value["heading"], "count": right}
    if len(phrases) - right < HARMLESS:
        said = _("“%(title)s” needs two harmless phrases in braces, or marking everything would be right.")
        yield said % {"title": value["heading"]}


LOOKS = {"card_sort": _of_cards, "annotate": _of_phrases}
