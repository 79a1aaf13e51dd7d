"""``manage.py load_starter``: make an empty database a site with pages, texts and courses."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from courses.checks.loading import load_terminology
from courses.glossary.loading import load_glossary
from courses.packs import PackError
from home.country_files import load_countries
from home.starter import Loader, course_packs


class Command(BaseCommand):
    help = "Create the languages, the pages and the courses a new site begins with. A second run changes nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        content = Path(settings.CONTENT_DIR)
        loader = Loader(content / "site")
        try:
            packs = course_packs(content)
            with transaction.atomic():
                loader.run()
                words = [*load_glossary(content / "site"), *load_terminology(content / "site")]
                countries = load_countries(content / "site")
        except PackError as error:
            raise CommandError("Nothing was loaded.\n" + "\n".join(f"- {p}" for p in error.problems)) from error
        for name in loader.created:
            self.stdout.write(f"created: {name}")
        self.stdout.write(f"Site: {len(loader.created)} created." if loader.created else "Site: nothing to do.")
        self.stdout.write(f"Words: {len(words)} created." if words else "Words: nothing to do.")
        self.stdout.write(f"Countries: {len(countries)} created." if countries else "Countries: nothing to do.")
        for folder in packs:
            call_command("import_course", folder, stdout=self.stdout, verbosity=options["verbosity"])
