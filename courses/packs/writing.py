"""A course of this site as the files of a pack: structure, words in every language, questions, media, licence.

Every key is the identity that the thing has here, so that a site which imports the pack has the same course, and again after a
change. What belongs to a site stays: dates of quizzes, access codes, learners, drafts.
"""

import datetime
from collections.abc import Iterable
from typing import Any

import yaml
from django.conf import settings
from django.db.models import Q
from django.utils.text import slugify
from wagtail.models import Page

from courses.models import CoursePage, LearningPage, LessonPage, ModulePage, SharedContent
from quizzes.models import Question, QuestionBank, Quiz
from quizzes.rules import Moment

from .portable import Portable, html
from .quizzes import ALWAYS, QUESTION_SETTINGS, QUIZ_SETTINGS
from .reading import FORMAT

Values = dict[str, Any]
LEARNING = ("title", "slug", "summary", "search_description", "content_note", "review_by", "version_note")
OWN = {
    CoursePage: ("audience", "version", "licence", "illustration"),
    ModulePage: (),
    LessonPage: ("minutes", "sensitive", "not_country_specific"),
}


def write_pack(course: CoursePage, *, today: datetime.date) -> dict[str, bytes]:
    """The files of ``course`` and its live translations by name; the structure is that of the translation written first.

    ``today`` is written down as the day of the export. Deterministic: the same course gives the same files.
    """
    writer = _Writer(course)
    writer.pages()
    writer.shared()
    writer.quizzes()
    writer.banks()
    return writer.files(today)


class _Writer:
    def __init__(self, course: CoursePage) -> None:
        translations = CoursePage.objects.live().filter(translation_key=course.translation_key).select_related("locale")
        self.courses = {page.locale.language_code: page for page in translations.order_by("pk")}
        self.source_language = next(iter(self.courses))
        self.source = self.courses[self.source_language]
        self.quiz_keys: list[str] = []
        self.portable = Portable()
        self.texts: dict[str, Values] = {}
        self.bank_ids: set[int] = set()
        self.written: set[str] = set()  # keys of questions that a quiz has written in the source language

    # --- Pages ----------------------------------------------------------------------------------------------------------
    def pages(self) -> None:
        self._page("course.yaml", CoursePage, self.source)
        for number, module in enumerate(_children(ModulePage, self.source), start=1):
            folder = f"{number:02}-{_name(module)}"
            self._page(f"{folder}/module.yaml", ModulePage, module)
            for place, lesson in enumerate(_children(LessonPage, module), start=1):
                self._page(f"{folder}/{place:02}-{_name(lesson)}.yaml", LessonPage, lesson)

    def _page(self, path: str, model: type[LearningPage], source: LearningPage) -> None:
        below = [course.path for course in self.courses.values()]
        for page in model.objects.live().filter(translation_key=source.translation_key).select_related("locale"):
            if any(page.path.startswith(start) for start in below):
                self.texts[f"{page.locale.language_code}/{path}"] = self._page_values(page)

    def _page_values(self, page: LearningPage) -> Values:
        values = {"key": str(page.translation_key)} | {name: getattr(page, name) for name in (*LEARNING, *OWN[type(page)])}
        if isinstance(page, LessonPage):
            values["trainer_notes"] = html(page.trainer_notes)
            return values | {"body": self.portable.parts(page.body.stream_block, page.body.get_prep_value())}
        outcomes = [{"id": part["id"], "value": part["value"]} for part in page.outcomes.get_prep_value()]
        return values | {"intro": html(page.intro), "outcomes": outcomes}

    def shared(self) -> None:
        """What several lessons show, in the languages of the course."""
        for name in sorted(self.portable.chosen.get(SharedContent, ())):
            found = SharedContent.objects.filter(key=name, locale__language_code__in=self.courses, live=True)
            for content in found.select_related("locale"):
                body = self.portable.parts(content.body.stream_block, content.body.get_prep_value())
                values = {"key": str(content.translation_key), "name": name, "title": content.title, "body": body}
                self.texts[f"{content.locale.language_code}/shared/{name}.yaml"] = values

    # --- Quizzes and questions ------------------------------------------------------------------------------------------
    def quizzes(self) -> None:
        self.quiz_keys = sorted(self.portable.chosen.get(Quiz, set()))
        for number, key in enumerate(self.quiz_keys, start=1):
            found = Quiz.objects.filter(translation_key=key).select_related("locale", "draw_from").order_by("-live", "pk")
            by_language = {quiz.locale.language_code: quiz for quiz in found}
            first = by_language.get(self.source_language) or found[0]
            path = f"quizzes/{number:02}-{slugify(first.title)[:60] or 'quiz'}.yaml"
            others = {code: quiz for code, quiz in by_language.items() if quiz.live and code in self.courses}
            for language, quiz in ({self.source_language: first} | others).items():  # the source has a file of everything
                self.texts[f"{language}/{path}"] = self._quiz_values(quiz, quiz.locale.language_code)

    def _quiz_values(self, quiz: Quiz, language: str) -> Values:
        settings_ = {name: getattr(quiz, name) for name in (*ALWAYS, *QUIZ_SETTINGS)}
        entries = [self._entry(item, language, n) for n, item in enumerate(quiz.items.order_by("sort_order"), start=1)]
        values = {"key": str(quiz.translation_key), "title": quiz.title, "intro": html(quiz.intro), **_plain(settings_)}
        values["review"] = {moment.value: getattr(quiz, f"review_{moment.value}") for moment in Moment}
        values["answers_shown"] = quiz.answers_shown
        values["sections"] = [
            {
                "id": str(section.translation_key),
                "title": section.title,
                "starts_with": entries[section.starts_at - 1]["key"],
                "shuffle": section.shuffle,
            }
            for section in quiz.sections.order_by("starts_at")
            if section.starts_at <= len(entries)
        ]
        bands = quiz.bands.order_by("from_percent")
        values["bands"] = [{"id": str(b.translation_key), "from": b.from_percent, "text": html(b.text)} for b in bands]
        if quiz.draw_from_id:
            self.bank_ids.add(quiz.draw_from_id)
            values["draw_from"] = quiz.draw_from.slug
        return values | {"questions": entries}

    def _entry(self, item: Any, language: str, place: int) -> Values:
        settings_ = {"points": str(item.points), **({"after_previous": True} if item.after_previous else {})}
        if item.draw_count:
            if item.draw_bank_id:
                self.bank_ids.add(item.draw_bank_id)
            rule = {
                "key": f"draw-{place}",
                "draw": item.draw_count,
                "bank": item.draw_bank.slug if item.draw_bank_id else None,
                "outcome": item.draw_outcome or None,
                "tag": item.draw_tag or None,
                "difficulty": item.draw_difficulty,
            }
            return {name: value for name, value in rule.items() if value is not None} | settings_
        question = item.question
        self.bank_ids.add(question.bank_id)
        if question.locale.language_code != language:
            return {"key": str(question.translation_key), **settings_}
        self.written.add(f"{language}/{question.translation_key}")
        return self._question(question) | settings_

    def _question(self, question: Question) -> Values:
        part = question.body.get_prep_value()[0]
        value = self.portable.value(question.body.stream_block.child_blocks[part["type"]], part["value"])
        tags = sorted(question.tags.names())
        fields = {name: getattr(question, name) for name in QUESTION_SETTINGS}
        lesson = {"lesson": str(question.review_key)} if question.review_key else {}
        return {
            "key": str(question.translation_key),
            "kind": part["type"],
            "body_id": part["id"],
            "bank": question.bank.slug,
            "outcome": question.outcome,
            "source": question.source,
            **lesson,
            **_plain(fields),
            "tags": tags,
            **value,
        }

    def banks(self) -> None:
        """Every bank that a question of the course lies in, with those that are drawn, or asked in a lesson, and not fixed."""
        asked = Question.objects.filter(translation_key__in=self.portable.chosen.get(Question, ()))
        self.bank_ids.update(asked.values_list("bank_id", flat=True))
        for bank in QuestionBank.objects.filter(pk__in=self.bank_ids).order_by("slug"):
            for language in self.courses:
                questions = self._also(bank, language)
                if questions or language == self.source_language:
                    values = {"key": f"bank-{bank.slug}"[:80], "slug": bank.slug, "name": bank.name, "questions": questions}
                    self.texts[f"{language}/banks/{bank.slug}.yaml"] = values

    def _is_drawn(self, bank: QuestionBank) -> bool:
        quizzes = Quiz.objects.filter(translation_key__in=self.quiz_keys)
        return quizzes.filter(draw_from=bank).exists() or quizzes.filter(items__draw_bank=bank).exists()

    def _also(self, bank: QuestionBank, language: str) -> list[Values]:
        wanted = Q(translation_key__in=self.portable.chosen.get(Question, ()))  # asked in a lesson, withdrawn or not
        if self._is_drawn(bank):
            wanted |= Q(live=True, retired=False)
        questions = Question.objects.filter(wanted, bank=bank, locale__language_code=language).order_by("pk")
        return [self._question(q) for q in questions if f"{language}/{q.translation_key}" not in self.written]

    # --- Files ----------------------------------------------------------------------------------------------------------
    def files(self, today: datetime.date) -> dict[str, bytes]:
        meta = {
            "format": FORMAT,
            "slug": _name(self.source),
            "title": self.source.title,
            "source_language": self.source_language,
            "languages": list(self.courses),
            "translations": "whole",
            "licence": self.source.licence,
            "version": self.source.version,
            "exported_from": settings.SITE_URL,
            "exported_on": today,
        }
        texts = {"pack.yaml": meta, **dict(sorted(self.texts.items()))}
        files = {name: _yaml(values) for name, values in texts.items()}
        return files | {f"media/{name}": content for name, content in sorted(self.portable.media.items())}


def _children(model: type[LearningPage], parent: Page) -> Iterable[Any]:
    return model.objects.live().child_of(parent).order_by("path")


def _name(page: Page) -> str:
    return slugify(page.slug).replace("_", "-").strip("-")[:60] or "page"


def _plain(values: Values) -> Values:
    """Values that YAML can hold: numbers with a point as text, so that none is rounded."""
    return {name: value if isinstance(value, bool | int | datetime.date | None) else str(value) for name, value in values.items()}


def _yaml(values: Values) -> bytes:
    return yaml.safe_dump(values, allow_unicode=True, sort_keys=False, width=120).encode()
