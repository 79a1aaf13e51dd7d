"""Write a pack into the site: all of it or nothing, and nothing twice."""

import hashlib
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files import File
from django.db import transaction
from django.utils.text import slugify
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Locale, Page
from willow.image import UnrecognisedImageFormatError

from courses.blocks import LessonBlocks
from courses.models import CourseIndexPage, CoursePage, LessonPage, ModulePage, PackItem, SharedContent
from quizzes.kinds import KINDS
from quizzes.models import Question, QuestionBank, Quiz

from .blocks import clean_html, problems_of, raw_value, stream_data
from .quizzes import Composition, question_settings, quiz_settings
from .reading import Item, Pack, PackError


@dataclass
class Report:
    """What an import did, or would do. Each entry is ``path (language)``; ``kept`` were edited here and left alone."""

    created: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)


class _DryRun(Exception):
    pass


def load_pack(pack: Pack, *, dry_run: bool = False, overwrite: bool = False) -> Report:
    """Create or update the pages, quizzes and questions of ``pack``; with ``dry_run`` only say what would happen.

    A thing that somebody edited on this site since the last import is kept, unless ``overwrite``.
    Raises PackError, with nothing written, when any part is wrong.
    """
    loader = _Loader(pack, overwrite)
    try:
        with transaction.atomic():
            loader.run()
            if dry_run:
                raise _DryRun
    except _DryRun:
        pass
    return loader.report


def _checksum(values: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(values, sort_keys=True, default=str, ensure_ascii=False).encode()).hexdigest()


class _Loader:
    def __init__(self, pack: Pack, overwrite: bool) -> None:
        self.pack, self.overwrite, self.report = pack, overwrite, Report()
        self.problems: list[str] = []
        self.questions: dict[tuple[str, str, str], Question] = {}  # of this import, by quiz, key and language

    def run(self) -> None:
        languages = [self.pack.source_language, *(c for c in self.pack.languages if c != self.pack.source_language)]
        for language in languages:
            locale = Locale.objects.filter(language_code=language).first()
            if locale is None:
                raise PackError([f"pack.yaml: this site has no language {language}."])
            self._load_language(language, locale)
        if self.problems:
            raise PackError(self.problems)

    def _load_language(self, language: str, locale: Locale) -> None:
        values = self.pack.course.in_language(language, self.pack.source_language)
        if values is None:
            return
        index = CourseIndexPage.objects.filter(locale=locale).order_by("pk").first()
        if index is None:
            raise PackError([f"This site has no course catalogue in {language}. Create one under the home page first."])
        course = self._page(CoursePage, self.pack.course, values, index, language, self._course_fields(values))
        for module in self.pack.modules:
            values = module.item.in_language(language, self.pack.source_language)
            if values is None or course is None:
                continue
            page = self._page(ModulePage, module.item, values, course, language, self._module_fields(values))
            for lesson in module.lessons:
                self._lesson(lesson, module.item, page, language, locale)

    def _lesson(self, item: Item, module: Item, parent: Page | None, language: str, locale: Locale) -> None:
        values = item.in_language(language, self.pack.source_language)
        if values is None or parent is None:
            return
        try:
            if "questions" in values:
                quiz = self._quiz(item, module, values, language, locale)
                intro = values.get("intro") or ""
                body = [{"id": "intro", "type": "text", "value": intro}] if intro else []
                values = {**values, "body": [*body, {"id": "quiz", "type": "quiz", "value": {"quiz": quiz.pk}}]}
            fields = self._lesson_fields(values, locale)
        except PackError as error:
            self.problems += [f"{language}/{item.path}: {p}" for p in error.problems]
            return
        self._page(LessonPage, item, values, parent, language, fields)

    # --- Fields ---------------------------------------------------------------------------------------------------------
    def _learning_fields(self, values: dict[str, Any]) -> dict[str, Any]:
        return {
            "title": values.get("title", ""),
            "slug": values.get("slug") or slugify(values.get("title", "")),
            "summary": values.get("summary") or "",
            "search_description": values.get("summary") or "",
            "content_note": values.get("content_note") or "",
            "review_by": values.get("review_by"),
            "version_note": values.get("version_note") or "",
        }

    def _outcomes(self, values: dict[str, Any]) -> str:
        return json.dumps(
            [
                {"type": "outcome", "id": str(self.pack.uuid(values["key"], "outcome", str(i))), "value": text}
                for i, text in enumerate(values.get("outcomes") or [])
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
        body = stream_data(
            LessonBlocks(),
            values.get("body") or [],
            self.pack,
            values["key"],
            quiz=lambda pk: pk,
            bank=lambda name: self._asked_in_lesson(name, locale),
            file=self._document,
            captions=self._captions,
            image=self._image,
            content=lambda key: self._shared(key, locale),
        )
        return self._learning_fields(values) | {
            "minutes": values.get("minutes") or 5,
            "body": json.dumps(body),
            "sensitive": bool(values.get("sensitive")),
            "trainer_notes": clean_html(values.get("trainer_notes") or ""),
        }

    def _shared(self, key: str | None, locale: Locale) -> int | None:
        """The reusable content ``key`` of this site, in this language or another. Raises PackError if there is none."""
        found = list(SharedContent.objects.filter(key=str(key or "")).order_by("pk"))
        if not found:
            raise PackError([f"content: {key}: this site has no reusable content of this name."])
        return next((content for content in found if content.locale_id == locale.pk), found[0]).pk

    def _asked_in_lesson(self, name: str | None, locale: Locale) -> int | None:
        """The question ``name`` of a quiz of this pack, loaded now if need be. Raises PackError unless it is one."""
        if not name:
            return None
        found = [
            (module, quiz, question)
            for module in self.pack.modules
            for quiz in module.lessons
            for question in quiz.values.get("questions") or []
            if isinstance(question, dict) and str(question.get("key")) == str(name)
        ]
        if len(found) != 1:
            raise PackError([f"bank: {name}: must be the key of exactly one question of this pack, not of {len(found)}."])
        module, quiz, question = found[0]
        language = locale.language_code
        values = quiz.in_language(language, self.pack.source_language)
        if values is None:  # the quiz is not translated: asked in the language it has
            language, values = self.pack.source_language, quiz.values
            locale = Locale.objects.get(language_code=language)
        words = next(q for q in values["questions"] if q.get("key") == question.get("key"))
        return self._question(words, quiz, self._bank(module.item), language, locale).pk

    # --- Media ----------------------------------------------------------------------------------------------------------
    def _document(self, name: str | None) -> int | None:
        return self._media(get_document_model(), "file", name) if name else None

    def _captions(self, name: str | None) -> int | None:
        return self._document(name) if name else None

    def _image(self, value: Any) -> dict[str, Any] | None:
        if value is None:
            return None
        value = value if isinstance(value, dict) else {}
        return {
            "image": self._media(get_image_model(), "file", value.get("file")),
            "alt_text": value.get("alt") or "",
            "decorative": bool(value.get("decorative")),
        }

    def _media(self, model: type, field_name: str, name: str | None) -> int:
        title = f"{self.pack.slug}/{name}"
        found = model.objects.filter(title=title).first()
        if found:
            return found.pk
        path = self.pack.folder / "media" / Path(str(name)).name
        if not path.is_file() or path.is_symlink():
            raise PackError([f"media/{name}: there is no such file in the pack."])
        with path.open("rb") as handle:
            try:
                instance = model(title=title, **{field_name: File(handle, name=path.name)})
                instance.full_clean()
            except UnrecognisedImageFormatError as error:
                raise PackError([f"media/{name}: this is not a picture."]) from error
            except ValidationError as error:
                raise PackError([f"media/{name}: {m}" for m in error.messages]) from error
            instance.save()
        return instance.pk

    # --- Quizzes --------------------------------------------------------------------------------------------------------
    def _quiz(self, item: Item, module: Item, values: dict[str, Any], language: str, locale: Locale) -> Quiz:
        bank = self._bank(module)
        questions = [self._question(q, item, bank, language, locale) for q in values["questions"]]
        fields = {"title": values["title"], "intro": clean_html(values.get("intro") or ""), **quiz_settings(values)}
        whole = Composition(self.pack, item.key, values, questions)
        return self._snippet(Quiz, self.pack.uuid("quiz", item.key), f"{item.path} quiz", language, locale, fields, whole)

    def _bank(self, module: Item) -> QuestionBank:
        name = f"{self.pack.slug}: {module.values['title']}"
        return QuestionBank.objects.get_or_create(slug=f"{self.pack.slug}-{module.key}"[:100], defaults={"name": name})[0]

    def _question(self, q: dict[str, Any], item: Item, bank: QuestionBank, language: str, locale: Locale) -> Question:
        kind, name = q.get("kind"), str(q.get("key", "?"))
        if known := self.questions.get((item.key, name, language)):
            return known  # a lesson has asked it before
        if kind not in KINDS:
            raise PackError([f"question {name}: unknown kind {kind}."])
        block = KINDS[kind].block()
        raw = raw_value(block, q, self.pack, f"question/{item.key}/{name}", {"image": self._image, "file": self._document})
        problems = [f"question {name}{p}" for p in problems_of(block, raw)]
        if problems:
            raise PackError(problems)
        key = self.pack.uuid("question", item.key, name)
        fields = {
            "bank_id": bank.pk,
            "body": json.dumps([{"type": kind, "id": str(self.pack.uuid("question", item.key, name, "body")), "value": raw}]),
            "outcome": q.get("outcome") or "",
            "review_key": self.pack.uuid(q["lesson"]) if q.get("lesson") else None,
            "source": q.get("source") or "",
            **question_settings(q, name),
        }
        question = self._snippet(Question, key, f"{item.path} {name}", language, locale, fields)
        self.questions[(item.key, name, language)] = question
        return question

    # --- Writing --------------------------------------------------------------------------------------------------------
    def _decide(self, key: Any, language: str, name: str, existing: Any, checksum: str) -> bool:
        """Whether to write; and say in the report what is happening."""
        if existing is None:
            self.report.created.append(name)
            return True
        item = PackItem.objects.filter(key=key, language=language).first()
        if item and item.checksum == checksum:
            self.report.unchanged.append(name)
            return False
        if not self.overwrite and (item is None or item.revision_id != existing.latest_revision_id):
            self.report.kept.append(name)
            return False
        self.report.updated.append(name)
        return True

    def _written(self, instance: Any, key: Any, language: str, checksum: str) -> None:
        revision = instance.save_revision()
        revision.publish()
        PackItem.objects.update_or_create(key=key, language=language, defaults={"checksum": checksum, "revision": revision})

    def _snippet(
        self,
        model: type,
        key: Any,
        name: str,
        language: str,
        locale: Locale,
        fields: dict[str, Any],
        whole: Composition | None = None,
    ) -> Any:
        """Write a question, or a quiz with its ``whole``; the revision comes last, so that the editor opens all of it."""
        existing = model.objects.filter(translation_key=key, locale=locale).first()
        checksum = _checksum(fields | (whole.summary() if whole else {}))
        if not self._decide(key, language, f"{name} ({language})", existing, checksum):
            return existing
        instance = existing or model(translation_key=key, locale=locale, live=True)
        for field_name, value in fields.items():
            if field_name != "tags":
                setattr(instance, field_name, value)
        if "tags" in fields:
            instance.tags.set(fields["tags"])
        instance.save()
        if whole:
            whole.write(instance, locale)
        instance = model.objects.get(pk=instance.pk)
        self._written(instance, key, language, checksum)
        return instance

    def _page(self, model: type, item: Item, values: dict, parent: Page, language: str, fields: dict[str, Any]) -> Page | None:
        key = self.pack.uuid(item.key)
        name = f"{item.path} ({language})"
        existing = model.objects.filter(translation_key=key, locale=parent.locale).first()
        checksum = _checksum(fields)
        if not self._decide(key, language, name, existing, checksum):
            return existing
        instance = existing or model(translation_key=key, locale=parent.locale)
        for field_name, value in fields.items():
            setattr(instance, field_name, value)
        try:
            if existing:
                instance.save()
            else:
                parent.add_child(instance=instance)
        except ValidationError as error:
            self.problems += [f"{language}/{item.path}: {m}" for m in error.messages]
            return None
        self._written(model.objects.get(pk=instance.pk), key, language, checksum)
        return instance
