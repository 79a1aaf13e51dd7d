"""What a certificate says about its course, read from the course pages by key."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from courses.models import CoursePage


class CourseUnknown(Exception):
    """No page of the course is left, so there is nothing a certificate could say."""


@dataclass(frozen=True)
class CourseFacts:
    """A course in words. ``language`` is that of the words: the wanted one, or the source's where there is no translation."""

    title: str
    language: str
    version: str
    outcomes: list[str]


def course_facts(course_key: uuid.UUID, language: str) -> CourseFacts:
    """The course in ``language``, else in the language it was written in. Raises CourseUnknown."""
    page = _best(_pages([course_key]), language)
    if page is None:
        raise CourseUnknown(str(course_key))
    outcomes = [str(block.value) for block in page.outcomes]
    return CourseFacts(page.title, page.locale.language_code, page.version, outcomes)


def course_titles(course_keys: Iterable[uuid.UUID], language: str) -> dict[uuid.UUID, str]:
    """Titles by course key, in ``language`` where there is a translation. One query."""
    pages: dict[uuid.UUID, list[CoursePage]] = {}
    for page in _pages(course_keys).defer("intro", "outcomes"):
        pages.setdefault(page.translation_key, []).append(page)
    return {key: _best(found, language).title for key, found in pages.items()}


def _pages(course_keys: Iterable[uuid.UUID]):
    """Live pages first: an unpublished course still stands behind the certificates that people earned in it."""
    return CoursePage.objects.filter(translation_key__in=list(course_keys)).select_related("locale").order_by("-live", "pk")


def _best(pages, language: str) -> CoursePage | None:
    pages = list(pages)
    wanted = (page for page in pages if page.locale.language_code == language and page.live)
    return next(wanted, pages[0] if pages else None)
