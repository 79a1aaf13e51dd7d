"""Which page a lesson's key stands for."""

import uuid

from django.utils.translation import get_language

from courses.models import LessonPage


def lesson_in_language(lesson_key: uuid.UUID) -> LessonPage | None:
    """The live lesson with this key: in the language of the page if there is one, else the one written first."""
    lessons = list(LessonPage.objects.live().filter(translation_key=lesson_key).select_related("locale").order_by("pk"))
    return next((p for p in lessons if p.locale.language_code == get_language()), lessons[0] if lessons else None)
