"""``manage.py prepare_development``: what ``./serve`` needs before it serves. A second run takes a moment, touches no data."""

import hashlib
import io
import socket
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from accounts.demo import PEOPLE, demo_password
from accounts.models import User
from courses.models import PackItem
from training.catalogues import compile_catalogues


class Command(BaseCommand):
    help = "Prepare database, static files, starter content and demo accounts on a desk. Each is done once."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=8000, help="the port that must be free")

    def handle(self, *, port: int, **options: Any) -> None:
        if not settings.DEVELOPMENT:
            raise CommandError("For development settings only; docs/operations.md tells how to set up a server.")
        require_port(port)
        compile_catalogues()
        call_command("migrate", interactive=False, verbosity=0)
        self.collect_static()
        if PackItem.objects.exists():
            self.tell_accounts("the password is that of the first start")
        else:
            self.fill_new_site()
            self.tell_accounts(f"password: {demo_password()}")

    def collect_static(self) -> None:
        """Hash and compress the static files when one of them changed since the last time."""
        stamp, fingerprint = settings.DATA_DIR / "static.stamp", fingerprint_of(static_sources())
        if settings.STATIC_ROOT.is_dir() and stamp.exists() and stamp.read_text() == fingerprint:
            return
        self.stdout.write("Preparing static files (once) ...")
        call_command("collectstatic", interactive=False, clear=True, verbosity=0)
        stamp.write_text(fingerprint)

    def fill_new_site(self) -> None:
        """All of it or nothing, so that a start that was interrupted is made good by the next one."""
        self.stdout.write("Loading the starter content (once) ...")
        with transaction.atomic():
            call_command("load_starter", verbosity=0, stdout=io.StringIO())
            call_command("make_demo_accounts", verbosity=0, stdout=io.StringIO())
            call_command("make_demo_templates", verbosity=0, stdout=io.StringIO())

    def tell_accounts(self, password: str) -> None:
        emails = [person.email for person in PEOPLE]
        present = set(User.objects.filter(email__in=emails).values_list("email", flat=True))
        self.stdout.write(f"\nDemo accounts ({password}):")
        for email in filter(present.__contains__, emails):
            self.stdout.write(f"  {email}")


def require_port(port: int) -> None:
    """Raise CommandError when something else listens on 127.0.0.1:``port``."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            raise CommandError(f"Port {port} is in use. Choose another one: PORT={port + 1} ./serve") from error


def static_sources() -> Iterator[Path]:
    yield settings.BASE_DIR / "requirements.lock"  # packages bring static files of their own
    for folder in map(Path, settings.STATICFILES_DIRS):
        yield from sorted(path for path in folder.rglob("*") if path.is_file())


def fingerprint_of(paths: Iterator[Path]) -> str:
    digest = hashlib.sha256()
    for path in paths:
        digest.update(str(path).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()
