from django.core.management.base import BaseCommand

from certificates.awards import award_missing


class Command(BaseCommand):
    help = "Award the certificates that were earned before their template existed, or while the site was down."

    def handle(self, **options):
        self.stdout.write(f"{award_missing()} awarded")
