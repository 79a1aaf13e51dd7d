"""Let the demo issuer give certificates for the courses of a development site."""

from decimal import Decimal
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from accounts.models import Organisation
from certificates.models import CertificateTemplate
from courses.models import CoursePage
from courses.outline import outlines_of


class Command(BaseCommand):
    help = "Development only: courses without a certificate template get one of the first issuer. Changes none that exists."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEVELOPMENT:
            raise CommandError("Demo templates are for development.")
        issuer = Organisation.objects.filter(is_issuer=True).order_by("pk").first()
        if issuer is None:
            raise CommandError("There is no issuer yet: run make_demo_accounts first.")
        keys = CoursePage.objects.live().values_list("translation_key", flat=True)
        for course in outlines_of(keys, settings.LANGUAGE_CODE).values():
            half_hours = max(1, round(course.minutes / 30))
            _template, created = CertificateTemplate.objects.get_or_create(
                course_key=course.key, defaults={"issuer": issuer, "hours": Decimal(half_hours) / 2}
            )
            if created:
                self.stdout.write(f"{issuer}: certificates for {course.title}")
