"""``manage.py import_questions FILE``: bring the questions of a file into a bank, or say what would happen."""

import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils.text import slugify
from wagtail.models import Locale

from quizzes.formats import FORMATS, FormatError, Note, Reading, django_quiz_app
from quizzes.importing import Checked, Decision, Step, check, decide, report_of, write
from quizzes.importing.jobs import LARGEST, read
from quizzes.importing.telling import as_json, as_text
from quizzes.legacy import bring_rest, by_category
from quizzes.models import QuestionBank


class Command(BaseCommand):
    help = "Bring the questions of a file into a bank (docs/question-formats.md). Doing it twice changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        readable = sorted(name for name, file_format in FORMATS.items() if file_format.read)
        parser.add_argument("--format", choices=readable, help="recognised where it is not given")
        parser.add_argument("--bank", help="short name of the bank; made where there is none; the file's name if not given")
        parser.add_argument(
            "--language", default=settings.LANGUAGE_CODE, help="of questions whose language the file does not say"
        )
        parser.add_argument("--publish", action="store_true", help="at once; otherwise new questions and changes are drafts")
        parser.add_argument("--dry-run", action="store_true", help="only say what would happen")
        parser.add_argument("--json", action="store_true", help="the report for a program")
        parser.add_argument("--media", type=Path, help="django-quiz-app: the folder with the pictures of the old site")
        parser.add_argument(
            "--sittings", action="store_true", help="django-quiz-app: also the tries of people who have an account here"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        self.options, name = options, options["file"].name
        self.locale = Locale.objects.filter(language_code=options["language"]).first()
        if self.locale is None:
            raise CommandError(f"This site has no language {options['language']}.")
        content = _content(options["file"])
        try:
            file_format, reading = read(content, name, options["format"] or "")
        except FormatError as error:
            raise self._failure(str(error)) from error
        slug = options["bank"] or slugify(options["file"].stem)[:100] or "imported"
        about = {"file": name, "format": file_format.name, "bank": slug, "dry_run": options["dry_run"]}
        bring = self._site if file_format is django_quiz_app.FORMAT else self._questions
        decisions, told, notes = bring(content, reading, slug)
        report = about | told | report_of(decisions, notes)
        self.stdout.write(as_json(report) if options["json"] else as_text(report))
        if all(decision.step == Step.REFUSED for decision in decisions):
            raise SystemExit(1)

    def _failure(self, reason: str) -> CommandError:
        if self.options["json"]:
            told = {"file": self.options["file"].name, "error": reason}
            self.stdout.write(json.dumps(told, ensure_ascii=False, indent=2))
        return CommandError(f"Nothing was read. {reason}")

    def _questions(self, content: bytes, reading: Reading, slug: str) -> tuple[list[Decision], dict[str, Any], list[Note]]:
        return self._bring({slug: check(reading.items, self.locale)}), {}, reading.notes

    def _site(self, content: bytes, reading: Reading, slug: str) -> tuple[list[Decision], dict[str, Any], list[Note]]:
        """A dump of django-quiz-app: a bank for each category unless one is named, then quizzes and tries."""
        dump = django_quiz_app.read_dump(content)
        items = check(django_quiz_app.items_of(dump, self.options["media"]), self.locale)
        banks = {slug: items} if self.options["bank"] else by_category(items, slug)
        if self.options["dry_run"]:
            return self._bring(banks), {}, reading.notes
        with transaction.atomic():
            decisions = self._bring(banks)
            rest = {"publish": self.options["publish"], "sittings": self.options["sittings"]}
            told, notes = bring_rest(dump, decisions, self.locale, **rest)
        return decisions, told, notes

    @transaction.atomic
    def _bring(self, banks: dict[str, list[Checked]]) -> list[Decision]:
        """The items of each bank, by its short name: all written, or with an error none."""
        return [decision for slug, items in banks.items() for decision in self._bring_into(slug, items)]

    def _bring_into(self, slug: str, items: list[Checked]) -> list[Decision]:
        bank = QuestionBank.objects.filter(slug=slug).first()
        if slug != slugify(slug):
            raise CommandError(f"{slug} is no short name: use small letters, digits and hyphens.")
        if self.options["dry_run"] or all(item.refused for item in items):
            return decide(items, bank)
        if bank is None:
            bank = QuestionBank.objects.create(slug=slug, name=_free_name(slug))
        return write(items, bank, publish=self.options["publish"])


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(LARGEST + 1)
    except OSError as error:
        raise CommandError(f"{path} cannot be read: {error.strerror}.") from error


def _free_name(slug: str) -> str:
    name = slug.replace("-", " ").capitalize()
    return slug if QuestionBank.objects.filter(name=name).exists() else name
