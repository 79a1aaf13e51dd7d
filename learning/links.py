"""Links to lessons, for pages that know only keys. Each a fixed number of queries, whatever the number of keys."""

import uuid
from collections.abc import Iterable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import get_language
from wagtail.models import ReferenceIndex

from courses.models import LessonPage
from quizzes.models import Quiz

Link = dict[str, Any]  # title, url, language


def lesson_links(keys: Iterable[uuid.UUID | str], request: HttpRequest | None) -> dict[uuid.UUID, Link]:
    """The live lessons among ``keys``, in the reader's language where they exist there."""
    pages = _preferred(LessonPage.objects.live().filter(translation_key__in=list(keys)))
    return {page.translation_key: _link(page, request) for page in pages}


def quiz_lessons(quiz_keys: Iterable[uuid.UUID], request: HttpRequest | None) -> dict[uuid.UUID, Link]:
    """By the key of a quiz the live lesson that ends with it; the first one where there are several."""
    key_of = {
        str(pk): key for pk, key in Quiz.objects.filter(translation_key__in=list(quiz_keys)).values_list("pk", "translation_key")
    }
    lesson, quiz = ContentType.objects.get_for_models(LessonPage, Quiz, for_concrete_models=False).values()
    held = ReferenceIndex.objects.filter(content_type=lesson, to_content_type=quiz, to_object_id__in=list(key_of))
    holders: dict[int, list[uuid.UUID]] = {}
    for page_id, quiz_id in held.order_by("pk").values_list("object_id", "to_object_id"):
        holders.setdefault(int(page_id), []).append(key_of[quiz_id])
    found: dict[uuid.UUID, Link] = {}
    for page in _preferred(LessonPage.objects.live().public().filter(pk__in=list(holders)), one_each=False):
        for key in holders[page.pk]:
            found.setdefault(key, _link(page, request) | {"anchor": f"quiz-{key}"})
    return found


def _preferred(lessons: QuerySet[LessonPage], *, one_each: bool = True) -> list[LessonPage]:
    """``lessons``, those in the reader's language first, else as they were written; with ``one_each`` each once."""
    pages = list(lessons.select_related("locale").defer("body").order_by("pk"))
    pages.sort(key=lambda page: page.locale.language_code != get_language())
    once: dict[uuid.UUID, LessonPage] = {}
    for page in pages:
        once.setdefault(page.translation_key, page)
    return list(once.values()) if one_each else pages


def _link(page: LessonPage, request: HttpRequest | None) -> Link:
    return {"title": page.title, "url": page.get_url(request) or "", "language": page.locale.language_code}
