"""``manage.py import_questions FILE``: bring the questions of a file into a bank, or say what would happen."""

import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils.text import slugify
from wagtail.models import Locale

from quizzes.formats import FORMATS, FormatError
from quizzes.importing import Step, check, decide, report_of, write
from quizzes.importing.jobs import LARGEST, read
from quizzes.models import QuestionBank

WORDS = {Step.NEW: "new", Step.CHANGED: "changed", Step.UNCHANGED: "unchanged", Step.REFUSED: "refused"}


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

    def handle(self, *args: Any, **options: Any) -> None:
        locale = Locale.objects.filter(language_code=options["language"]).first()
        if locale is None:
            raise CommandError(f"This site has no language {options['language']}.")
        content, name = self._content(options["file"]), options["file"].name
        try:
            file_format, reading = read(content, name, options["format"] or "")
        except FormatError as error:
            raise self._failure(str(error), options) from error
        slug = options["bank"] or slugify(options["file"].stem)[:100] or "imported"
        items = check(reading.items, locale)
        if options["dry_run"]:
            decisions = decide(items, QuestionBank.objects.filter(slug=slug).first())
        else:
            decisions = self._written(items, slug, options)
        report = report_of(decisions, reading.notes)
        about = {"file": name, "format": file_format.name, "bank": slug, "dry_run": options["dry_run"]}
        self.stdout.write(as_json(about | report) if options["json"] else as_text(about | report))
        if not any(decision.step != Step.REFUSED for decision in decisions):
            raise SystemExit(1)

    def _content(self, path: Path) -> bytes:
        try:
            with path.open("rb") as file:
                return file.read(LARGEST + 1)
        except OSError as error:
            raise CommandError(f"{path} cannot be read: {error.strerror}.") from error

    def _failure(self, reason: str, options: dict[str, Any]) -> CommandError:
        if options["json"]:
            self.stdout.write(json.dumps({"file": options["file"].name, "error": reason}, ensure_ascii=False, indent=2))
        return CommandError(f"Nothing was read. {reason}")

    @transaction.atomic
    def _written(self, items: list[Any], slug: str, options: dict[str, Any]) -> list[Any]:
        bank = QuestionBank.objects.filter(slug=slug).first()
        if bank is None:
            if slug != slugify(slug):
                raise CommandError(f"{slug} is no short name: use small letters, digits and hyphens.")
            if all(item.refused for item in items):
                return decide(items, None)
            bank = QuestionBank.objects.create(slug=slug, name=_free_name(slug))
        return write(items, bank, publish=options["publish"])


def _free_name(slug: str) -> str:
    name = slug.replace("-", " ").capitalize()
    return slug if QuestionBank.objects.filter(name=name).exists() else name


def as_json(report: dict[str, Any]) -> str:
    """The shape that ``docs/question-formats.md`` promises."""
    items = report.pop("items")
    told = {
        **report,
        "imported": [_entry(item) for item in items if item["result"] != Step.REFUSED],
        "partly": [_entry(item) for item in items if item["partly"]],
        "refused": [_entry(item) for item in items if item["result"] == Step.REFUSED],
    }
    return json.dumps(told, ensure_ascii=False, indent=2)


def _entry(item: dict[str, Any]) -> dict[str, Any]:
    reason = " ".join(note["reason"] for note in item["notes"])
    return {**{name: item[name] for name in item if name != "partly"}, "reason": reason}


def as_text(report: dict[str, Any]) -> str:
    lines = []
    for item in report["items"]:
        lines.append(f"{WORDS[item['result']]}: {item['place']}: {item['kind'] or '?'}: {item['text']}")
        lines += [f"    {'refused' if item['result'] == Step.REFUSED else 'partly'}: {note['place']}: {note['reason']}"
                  for note in item["notes"]]  # fmt: skip
    lines += [f"note: {note['place']}: {note['reason']}" for note in report["notes"]]
    counts = ", ".join(f"{number} {name}" for name, number in report["counts"].items())
    ending = " Nothing was written: dry run." if report["dry_run"] else ""
    return "\n".join([*lines, f"{report['file']} ({report['format']}) into {report['bank']}: {counts}.{ending}"])
