"""``manage.py import_course PACK``: load a course pack, a folder or a zip."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from courses.packs import PackError, load_pack, read_pack


class Command(BaseCommand):
    help = "Load a course pack (a folder or a zip, see content/README.md). Loading twice changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("pack", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="only say what would change")
        parser.add_argument(
            "--overwrite", action="store_true", help="also replace what was edited on this site since the last import"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            pack = read_pack(options["pack"])
            report = load_pack(pack, dry_run=options["dry_run"], overwrite=options["overwrite"])
        except PackError as error:
            raise CommandError("Nothing was loaded.\n" + "\n".join(f"- {p}" for p in error.problems)) from error
        for word, names in (("created", report.created), ("updated", report.updated), ("kept as edited here", report.kept)):
            for name in names if options["verbosity"] > 1 or word != "created" else []:
                fields = ", ".join(report.changes.get(name, []))
                self.stdout.write(f"{word}: {name}" + (f": {fields}" if fields else ""))
        for title in report.gone:
            self.stdout.write(f"no longer in the pack, and still published here: {title}")
        self.stdout.write(
            f"{pack.course.values['title']}: {len(report.created)} created, {len(report.updated)} updated, "
            f"{len(report.unchanged)} unchanged, {len(report.kept)} kept as edited here."
            + (" Nothing was written: dry run." if options["dry_run"] else "")
        )
