"""The structure of a course in one language, read in a fixed number of queries.

The structure (modules, lessons, order) is that of the *source*: the live translation that was created first. Each entry shows
its translation where there is one, and the source, marked with its language, where there is none yet. So a half-translated
course is whole, and progress means the same in every language.
"""

import hashlib
import uuid
from dataclasses import dataclass
from functools import cached_property

from django.http import Http404
from wagtail.models import Locale

from .memory import remembered
from .models import CoursePage, LessonPage, ModulePage

STEP = CoursePage.steplen


@dataclass(frozen=True)
class Entry:
    """A page of the outline. ``language`` is that of its words; ``url`` its address."""

    key: uuid.UUID
    title: str
    url: str
    language: str


@dataclass(frozen=True)
class LessonEntry(Entry):
    minutes: int
    number: int  # from 1, in its module
    module_number: int  # from 1, in the course


@dataclass(frozen=True)
class ModuleEntry(Entry):
    summary: str
    number: int
    lessons: tuple[LessonEntry, ...]

    @property
    def minutes(self) -> int:
        return sum(lesson.minutes for lesson in self.lessons)


@dataclass(frozen=True)
class Outline(Entry):
    """A course as its learner sees it. ``page`` is the course page shown: in the wanted language where it exists."""

    wanted: str  # the language that was asked for; entries without a translation are in another
    version: str
    modules: tuple[ModuleEntry, ...]
    page: CoursePage

    @cached_property
    def lessons(self) -> tuple[LessonEntry, ...]:
        return tuple(lesson for module in self.modules for lesson in module.lessons)

    @property
    def minutes(self) -> int:
        return sum(lesson.minutes for lesson in self.lessons)

    def lesson(self, key: uuid.UUID) -> LessonEntry | None:
        return next((lesson for lesson in self.lessons if lesson.key == key), None)

    def module_of(self, key: uuid.UUID) -> ModuleEntry | None:
        return next((m for m in self.modules if any(lesson.key == key for lesson in m.lessons)), None)

    def neighbours(self, key: uuid.UUID) -> tuple[LessonEntry | None, LessonEntry | None]:
        """The lessons before and after the one with ``key``, across modules."""
        keys = [lesson.key for lesson in self.lessons]
        if key not in keys:
            return None, None
        i = keys.index(key)
        return (self.lessons[i - 1] if i else None, self.lessons[i + 1] if i + 1 < len(keys) else None)


def course_key_of(page: ModulePage | LessonPage) -> uuid.UUID:
    """The key of the course that a module or lesson page stands in. At most one query."""
    path = page.path[: -STEP * (1 if isinstance(page, ModulePage) else 2)]
    return remembered(f"key:{path}", lambda: CoursePage.objects.values_list("translation_key", flat=True).get(path=path))


def outline_of(course_key: uuid.UUID, language: str, *, request=None) -> Outline:
    """The outline of a course. Raises Http404 when no translation of it is live."""
    found = outlines_of([course_key], language, request=request)
    if not found:
        raise Http404
    return found[course_key]


def outlines_of(course_keys, language: str, *, request=None) -> dict[uuid.UUID, Outline]:
    """Outlines by course key, for the courses that are live in any language. At most five queries, however many courses."""
    keys = sorted({str(key) for key in course_keys})
    host = request.get_host() if request else ""
    name = hashlib.sha256(",".join(keys).encode()).hexdigest()
    return remembered(f"outlines:{name}:{language}:{host}", lambda: _read_outlines(keys, language, request))


def _read_outlines(course_keys: list[str], language: str, request) -> dict[uuid.UUID, Outline]:
    languages = dict(Locale.objects.values_list("pk", "language_code"))
    courses: dict[uuid.UUID, list[CoursePage]] = {}
    for page in CoursePage.objects.live().filter(translation_key__in=course_keys).order_by("pk"):
        courses.setdefault(page.translation_key, []).append(page)
    paths = [page.path for pages in courses.values() for page in pages]
    modules = _below(ModulePage.objects.defer("intro", "outcomes"), paths, 1)
    lessons = _below(LessonPage.objects.defer("body"), paths, 2)
    return {key: _build(pages, modules, lessons, languages, language, request) for key, pages in courses.items()}


def _below(queryset, paths: list[str], levels: int) -> list:
    """Live pages ``levels`` below any of ``paths``, in tree order. One query."""
    if not paths:
        return []
    length = len(paths[0]) + STEP * levels  # all courses have the same depth: parent rules see to it
    low, high = min(paths), max(paths)
    pages = queryset.live().filter(path__gt=low, path__lt=high + "~", depth=length // STEP).order_by("path")
    wanted = set(paths)
    return [page for page in pages if page.path[: -STEP * levels] in wanted]


def _build(pages, modules, lessons, languages, language, request) -> Outline:
    source = pages[0]
    shown = next((p for p in pages if languages[p.locale_id] == language), source)
    mine = {page.path for page in pages}
    translated = {
        page.translation_key: page
        for page in [*modules, *lessons]
        if languages[page.locale_id] == language and page.path[: len(source.path)] in mine
    }
    entries = []
    for number, module in enumerate((m for m in modules if m.path.startswith(source.path)), start=1):
        children = [lesson for lesson in lessons if lesson.path.startswith(module.path)]
        entries.append(_module(module, children, number, translated, languages, request))
    return Outline(
        **_entry(shown, languages, request), wanted=language, version=source.version, modules=tuple(entries), page=shown
    )


def _module(module, children, number, translated, languages, request) -> ModuleEntry:
    page = translated.get(module.translation_key, module)
    lessons = tuple(
        LessonEntry(
            **_entry(translated.get(lesson.translation_key, lesson), languages, request),
            minutes=lesson.minutes,
            number=i,
            module_number=number,
        )
        for i, lesson in enumerate(children, start=1)
    )
    return ModuleEntry(**_entry(page, languages, request), summary=page.summary, number=number, lessons=lessons)


def _entry(page, languages, request) -> dict:
    return {
        "key": page.translation_key,
        "title": page.title,
        "url": page.get_url(request) or "",
        "language": languages[page.locale_id],
    }
