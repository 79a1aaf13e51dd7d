"""``manage.py export_course SLUG OUT.zip``: a course as a pack."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from courses.models import CoursePage
from courses.packs import write_pack
from quizzes.formats.archive import pack


class Command(BaseCommand):
    help = "Write a course with its translations, quizzes, questions and media into one zip, which import_course reads."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", help="last part of the course's address, in any language")
        parser.add_argument("out", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        course = CoursePage.objects.live().filter(slug=options["slug"]).order_by("pk").first()
        if course is None:
            known = ", ".join(sorted(set(CoursePage.objects.live().values_list("slug", flat=True)))) or "none"
            raise CommandError(f"There is no published course {options['slug']}. Published are: {known}.")
        files = write_pack(course, today=timezone.localdate())
        try:
            options["out"].write_bytes(pack(files))
        except OSError as error:
            raise CommandError(f"{options['out']} cannot be written: {error.strerror}.") from error
        self.stdout.write(f"{course.title}: {len(files)} files in {options['out']}.")
