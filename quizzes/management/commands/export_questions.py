"""``manage.py export_questions --bank SLUG --format F OUT``: write a bank as a file."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from quizzes.exporting import export
from quizzes.formats import FORMATS
from quizzes.models import QuestionBank


class Command(BaseCommand):
    help = "Write the questions of a bank as a file (docs/question-formats.md)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("out", type=Path)
        parser.add_argument("--bank", required=True, help="short name of the bank")
        writable = sorted(name for name, file_format in FORMATS.items() if file_format.write)
        parser.add_argument("--format", required=True, choices=writable)
        parser.add_argument("--language", help="only the questions in this language")

    def handle(self, *args: Any, **options: Any) -> None:
        bank = QuestionBank.objects.filter(slug=options["bank"]).first()
        if bank is None:
            raise CommandError(f"There is no bank {options['bank']}.")
        writing = export(bank, FORMATS[options["format"]], [options["language"]] if options["language"] else ())
        try:
            options["out"].write_bytes(writing.content)
        except OSError as error:
            raise CommandError(f"{options['out']} cannot be written: {error.strerror}.") from error
        for note in writing.notes:
            self.stdout.write(f"not said: {note.place}: {note.reason}")
        self.stdout.write(f"{bank.name}: written to {options['out']}, {len(writing.notes)} notes.")
