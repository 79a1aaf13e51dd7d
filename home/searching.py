"""Search in what everyone may read: titles and summaries of courses, modules and lessons, and the pages of text.

The words are looked up as beginnings of words in the index that Wagtail keeps for completion, because that works alike on
SQLite, which knows no word stems, and on PostgreSQL. The text of lessons stays out: who has not enrolled may not read it.
"""

import re

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override
from wagtail.models import Locale, Page
from wagtail.search.query import And, PlainText

from courses.models import CoursePage, LessonPage, ModulePage

from .models import StandardPage

RESULTS_A_PAGE = 20
MOST_WORDS = 8  # of one question; each costs a look-up
KINDS = (CoursePage, ModulePage, LessonPage, StandardPage)
ENDING, SHORTEST_STEM = 3, 4  # letters


def words_of(question: str) -> list[str]:
    """The words of what somebody typed; signs fall away, so nothing in it can steer the search engine."""
    return re.findall(r"\w+", question.lower())[:MOST_WORDS]


def find_pages(question: str, language: str):
    """Live public pages in ``language`` that hold every word, best first: specific pages, counted and sliced by the database.

    When nothing holds them all as typed, once more without endings: "guardians" then finds "guardian".
    """
    words, locale = words_of(question), Locale.objects.filter(language_code=language).first()
    if not words or locale is None:
        return []
    found = _look_up(words, locale)
    return found if found.count() else _look_up([_stem(word) for word in words], locale)


def languages_with_results(question: str, without: str) -> list[tuple[str, str, str]]:
    """Code, name and search address of the other languages in which something is found."""
    found = []
    for code, name in settings.LANGUAGES:
        if code != without and len(find_pages(question, code)):
            with override(code):
                found.append((code, name, reverse("home:search")))
    return found


def _stem(word: str) -> str:
    return word[: max(SHORTEST_STEM, len(word) - ENDING)]


def _look_up(words: list[str], locale: Locale):
    pages = Page.objects.live().public().type(*KINDS).filter(locale=locale)
    query = PlainText(words[0]) if len(words) == 1 else And([PlainText(word) for word in words])
    return pages.specific().autocomplete(query)
