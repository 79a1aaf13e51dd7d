"""``manage.py make_demo_accounts``: people of every role to look around with, in development only."""

from typing import Any

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from accounts import demo


class Command(BaseCommand):
    help = "Make demo accounts of every role. Development only; a second run changes nothing."

    def handle(self, **options: Any) -> None:
        if not settings.DEVELOPMENT:
            raise CommandError("Demo accounts are for development settings only: anybody can read their password.")
        password = demo.demo_password()
        try:
            validate_password(password)
        except ValidationError as error:
            raise CommandError(f"DEMO_PASSWORD is too weak: {' '.join(error.messages)}") from error
        for person, new in demo.make_demo_accounts(password):
            rights = "administrator" if person.is_superuser else person.role.value
            self.stdout.write(f"{person.email:28} {rights:14} {'password: ' + password if new else 'was there already'}")
