"""Write a pack into the site: all of it or nothing, and nothing twice."""

import json
from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _
from wagtail.blocks import StreamBlock
from wagtail.models import Locale, Page

from courses.blocks import LessonBlocks
from courses.models import CourseIndexPage, CoursePage, LessonPage, ModulePage, SharedContent
from quizzes.models import Quiz

from .arranging import Arrangement, Modules
from .blocks import clean_html, stream_data
from .files import PackError, shaped
from .keeping import Keeper, Report
from .media import Media
from .quiz_files import QuizFiles
from .quizzes import cleaned
from .reading import Item, Pack

# As Wagtail stores it: wagtail-localize cannot read a picture that is None.
NO_PICTURE = {"image": None, "alt_text": None, "decorative": None}


class _DryRun(Exception):
    pass


def load_pack(pack: Pack, *, dry_run: bool = False, overwrite: bool = False, from_elsewhere: bool = False) -> Report:
    """Create or update the pages, quizzes and questions of ``pack``; with ``dry_run`` only say what would happen.

    A thing that somebody edited on this site since the last import is kept, unless ``overwrite``. ``from_elsewhere``: somebody
    here has to look at pictures of which the pack says that they show nobody.
    Raises PackError, with nothing written, when any part is wrong.
    """
    loader, written = _Loader(pack, overwrite, Media(pack, from_elsewhere=from_elsewhere)), False
    try:
        with transaction.atomic():
            loader.run()
            if dry_run:
                raise _DryRun
        written = True
    except _DryRun:
        pass
    finally:
        if not written:
            loader.media.take_back()
    return loader.keeper.report


class _Loader:
    def __init__(self, pack: Pack, overwrite: bool, media: Media) -> None:
        self.pack, self.media = pack, media
        self.keeper = Keeper(overwrite=overwrite, draft=pack.meta.get("draft") is True)
        self.quiz_files = QuizFiles(pack, self.keeper, self.media)
        self.quizzes: dict[str, Quiz] = {}  # those beside the modules, by their key, in the language that is being loaded
        self.course: CoursePage | None = None  # in the language that is being loaded
        self.problems: list[str] = []

    def run(self) -> None:
        languages = [self.pack.source_language, *(c for c in self.pack.languages if c != self.pack.source_language)]
        for language in languages:
            locale = Locale.objects.filter(language_code=language).first()
            if locale is None:
                raise PackError([_("pack.yaml: this site has no language %(language)s.") % {"language": language}])
            self._load_beside(language, locale)
            self._load_language(language, locale)
        if self.problems:
            raise PackError(self.problems)

    def _load_beside(self, language: str, locale: Locale) -> None:
        """Banks, then the quizzes that draw from them, then what several lessons share and may ask questions of both."""
        for item in [*self.pack.banks, *self.pack.quizzes, *self.pack.shared]:
            values = item.in_language(language, self.pack.source_language)
            if values is None:
                continue
            try:
                with shaped():
                    self._load_one_beside(item, values, language, locale)
            except PackError as error:
                self.problems += [f"{language}/{item.path}: {p}" for p in error.problems]

    def _load_one_beside(self, item: Item, values: dict[str, Any], language: str, locale: Locale) -> None:
        if item in self.pack.shared:
            self._load_shared(item, values, language, locale)
        elif item in self.pack.quizzes:
            self.quizzes[item.key] = self.quiz_files.quiz(item, None, values, language, locale)
        else:
            bank = self.quiz_files.bank(str(values.get("slug") or ""), str(values.get("name") or ""))
            for q in values.get("questions") or []:
                self.quiz_files.question(q, item, bank, language, locale)

    def _load_language(self, language: str, locale: Locale) -> None:
        values = self.pack.course.in_language(language, self.pack.source_language)
        if values is None:
            return
        index = CourseIndexPage.objects.filter(locale=locale).order_by("pk").first()
        if index is None:
            said = _("This site has no course catalogue in %(language)s. Create one under the home page first.")
            raise PackError([said % {"language": language}])
        self.course = None
        arrangement = Arrangement(self.pack.uuid(self.pack.course.key), language, locale)
        self.course = course = self._page(CoursePage, self.pack.course, index, language, self._course_fields, values)
        modules: Modules = []
        for module in self.pack.modules if course else []:
            values = module.item.in_language(language, self.pack.source_language)
            page = values and self._page(ModulePage, module.item, course, language, self._module_fields, values)
            if page:
                lessons = [self._lesson(lesson, module.item, page, language, locale) for lesson in module.lessons]
                modules.append((page, [lesson for lesson in lessons if lesson]))
        if not self.problems:
            try:
                arrangement.bring_about(modules, self.pack.course.path, self.keeper)
            except PackError as error:
                self.problems += [f"{language}/{self.pack.course.path}: {p}" for p in error.problems]

    def _lesson(self, item: Item, module: Item, parent: Page, language: str, locale: Locale) -> LessonPage | None:
        values = item.in_language(language, self.pack.source_language)
        if values is None:
            return None
        try:
            with shaped():
                if "questions" in values:
                    values = {**values, "body": self._quiz_lesson(item, module, values, language, locale)}
                fields = self._lesson_fields(values, locale)
        except PackError as error:
            self.problems += [f"{language}/{item.path}: {p}" for p in error.problems]
            return None
        return self._page(LessonPage, item, parent, language, dict, fields)

    def _quiz_lesson(self, item: Item, module: Item, values: dict[str, Any], language: str, locale: Locale) -> list[dict]:
        """The body of the lesson that is made from a quiz in a module."""
        bank = self.quiz_files.bank_of(module)
        self.quizzes[item.key] = self.quiz_files.quiz(item, bank, values, language, locale)
        intro = values.get("intro") or ""
        body = [{"id": "intro", "type": "text", "value": intro}] if intro else []
        return [*body, {"id": "quiz", "type": "quiz", "value": {"quiz": item.key, "why": values.get("why")}}]

    def _quiz_id(self, key: Any) -> int:
        if key not in self.quizzes:
            raise PackError([_("there is no quiz %(key)s in the pack.") % {"key": key}])
        return self.quizzes[key].pk

    def _page(
        self,
        model: type[Page],
        item: Item,
        parent: Page,
        language: str,
        fields: Callable[[dict[str, Any]], dict[str, Any]],
        values: dict[str, Any],
    ) -> Page | None:
        """The page of ``item``; ``fields`` makes its fields from the ``values`` of the file."""
        try:
            with shaped():
                key = self.pack.uuid(item.key)
                return self.keeper.page(model, key, item.path, parent, language, fields(values), within=self.course)
        except PackError as error:
            self.problems += [f"{language}/{item.path}: {p}" for p in error.problems]
            return None

    # --- Fields ---------------------------------------------------------------------------------------------------------
    def _learning_fields(self, values: dict[str, Any]) -> dict[str, Any]:
        return {
            "title": values.get("title", ""),
            "slug": values.get("slug") or slugify(values.get("title", "")),
            "summary": values.get("summary") or "",
            "search_description": values.get("search_description", values.get("summary")) or "",
            "content_note": values.get("content_note") or "",
            "review_by": values.get("review_by"),
            "version_note": values.get("version_note") or "",
        }

    def _outcomes(self, values: dict[str, Any]) -> str:
        return json.dumps(
            [
                {"type": "outcome", "id": str(self.pack.uuid(values["key"], "outcome", name)), "value": text}
                for name, text in named_texts(values.get("outcomes"))
            ]
        )

    def _course_fields(self, values: dict[str, Any]) -> dict[str, Any]:
        return self._learning_fields(values) | {
            "intro": clean_html(values.get("intro") or ""),
            "audience": values.get("audience") or "",
            "outcomes": self._outcomes(values),
            "version": str(values.get("version") or "1.0"),
            "licence": values.get("licence") or "",
            "illustration": values.get("illustration") or "open-door",
        }

    def _module_fields(self, values: dict[str, Any]) -> dict[str, Any]:
        return self._learning_fields(values) | {
            "intro": clean_html(values.get("intro") or ""),
            "outcomes": self._outcomes(values),
        }

    def _lesson_fields(self, values: dict[str, Any], locale: Locale) -> dict[str, Any]:
        body = self._stream(LessonBlocks(), values, locale)
        return self._learning_fields(values) | {
            "minutes": values.get("minutes") or 5,
            "body": json.dumps(body),
            "sensitive": bool(values.get("sensitive")),
            "not_country_specific": bool(values.get("not_country_specific")),
            "trainer_notes": clean_html(values.get("trainer_notes") or ""),
        }

    def _stream(self, stream: StreamBlock, values: dict[str, Any], locale: Locale) -> list[dict]:
        return stream_data(
            stream,
            values.get("body") or [],
            self.pack,
            values["key"],
            quiz=self._quiz_id,
            bank=lambda name: self.quiz_files.asked_in_lesson(name, locale),
            file=self.media.document,
            captions=self.media.document,
            audio=self.media.document,
            poster=self.media.picture,
            image=lambda value: self.media.image(value) or NO_PICTURE,
            content=lambda key: self._shared(key, locale),
        )

    def _load_shared(self, item: Item, values: dict[str, Any], language: str, locale: Locale) -> None:
        """Reusable content is known by its name: what this site has under the same name is the same thing."""
        name = str(item.values.get("name") or item.key)
        same = SharedContent.objects.filter(key=name).order_by("pk").first()
        words = cleaned(SharedContent, {"title": values.get("title") or "", "key": name}, "reusable content")
        body = self._stream(SharedContent._meta.get_field("body").stream_block, values, locale)
        key = same.translation_key if same else self.pack.uuid("shared", item.key)
        self.keeper.snippet(SharedContent, key, item.path, language, locale, words | {"body": json.dumps(body)})

    def _shared(self, key: str | None, locale: Locale) -> int | None:
        """The reusable content ``key`` of this site, in this language or another. Raises PackError if there is none."""
        found = list(SharedContent.objects.filter(key=str(key or "")).order_by("pk"))
        if not found:
            raise PackError([_("%(place)s: this site has no reusable content of this name.") % {"place": f"content: {key}"}])
        return next((content for content in found if content.locale_id == locale.pk), found[0]).pk


def named_texts(values: list[Any] | None) -> list[tuple[str, str]]:
    """The entries of a list of plain texts with their names: an ``id`` of their own (``{id, value}``), else their place.

    Raises TypeError for what is no text.
    """
    named = [
        (str(entry["id"]), entry.get("value", "")) if isinstance(entry, dict) and "id" in entry else (str(place), entry)
        for place, entry in enumerate(values or [])
    ]
    for _name, text in named:
        if not isinstance(text, str):
            raise TypeError(f"{text!r} is no text")
    return named
