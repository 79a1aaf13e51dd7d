"""Which page a lesson's key stands for."""

import uuid
from collections.abc import Collection

from django.utils.translation import get_language

from courses.models import LessonPage


def lesson_in_language(lesson_key: uuid.UUID) -> LessonPage | None:
    """The live lesson with this key: in the language of the page if there is one, else the one written first."""
    return lessons_in_language([lesson_key]).get(lesson_key)


def lessons_in_language(lesson_keys: Collection[uuid.UUID], *, also_drafts: bool = False) -> dict[uuid.UUID, LessonPage]:
    """The same for several keys; those without a live lesson (``also_drafts``: without any) are left out. One query."""
    found: dict[uuid.UUID, LessonPage] = {}
    lessons = LessonPage.objects.all() if also_drafts else LessonPage.objects.live()
    for lesson in lessons.filter(translation_key__in=lesson_keys).select_related("locale").order_by("pk"):
        if lesson.translation_key not in found or lesson.locale.language_code == get_language():
            found[lesson.translation_key] = lesson
    return found
