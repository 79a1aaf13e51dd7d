"""What a page or a quiz shows that is written elsewhere: reusable content, questions of a bank, quizzes and what they ask.

Its words are advised on where they are written. What might harm somebody is told here, too: to whoever reviews or publishes.
"""

from collections.abc import Iterator
from typing import Any

from django.db.models import Model
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import Page

from quizzes.admin.usage import questions_of

from .findings import Finding
from .pictures import people_to_protect
from .real_cases import possible_real_cases

CHOSEN = {"shared": "content", "question": "bank", "quiz": "quiz"}  # the field of a block that names it
GRAVE = [possible_real_cases, people_to_protect]


def grave(thing: Model) -> Iterator[Finding]:
    """What might harm somebody: in ``thing`` itself, then in what it shows."""
    for check in GRAVE:
        yield from check(thing)
    yield from grave_elsewhere(thing)


def grave_elsewhere(thing: Model) -> Iterator[Finding]:
    """At most five queries for each quiz, and those of its drafts."""
    for place, shown in shown_by(thing):
        for check in GRAVE:
            for finding in check(shown):
                said = _("In “%(title)s”: %(advice)s") % {"title": shown, "advice": finding.advice}
                yield Finding(said, place, finding.url or editor_of(shown))


def shown_by(thing: Model) -> Iterator[tuple[str, Any]]:
    """(id of the block, what it shows). A quiz comes with its questions."""
    if thing._meta.label == "quizzes.Quiz":
        yield from (("", question) for question in questions_of(thing))
    for child in getattr(thing, "body", ()):
        name = CHOSEN.get(child.block_type)
        shown = child.value.get(name) if name else None
        if shown is not None:
            yield str(child.id), shown
            if child.block_type == "quiz":
                yield from ((str(child.id), question) for question in questions_of(shown))


def editor_of(thing: Any) -> str:
    if isinstance(thing, Page):
        return reverse("wagtailadmin_pages:edit", args=[thing.pk])
    return reverse(thing.snippet_viewset.get_url_name("edit"), args=[thing.pk])
