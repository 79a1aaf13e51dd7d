from django.core.management.base import BaseCommand

from certificates import notices


class Command(BaseCommand):
    help = "Send the mails about certificates that could not be sent when they were due. Sends none twice."

    def handle(self, **options):
        sent = [notices.send(notice).sent_at is not None for notice in notices.unsent()]
        self.stdout.write(f"{sum(sent)} of {len(sent)} sent")
