"""A real mail server on this machine that does what a test tells it: take mail, refuse it, or not be there."""

import socket
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

TAKEN = "250 OK"


@dataclass
class MailServer:
    """``answers``: what the next mails are told, one each; when none is left, mail is taken. ``inbox``: what was taken."""

    port: int
    answers: list[str] = field(default_factory=list)
    inbox: list[EmailMessage] = field(default_factory=list)
    controller: Controller | None = None

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        answer = self.answers.pop(0) if self.answers else TAKEN
        if answer == TAKEN:
            self.inbox.append(message_from_bytes(envelope.content, policy=policy.default))
        return answer

    def start(self) -> None:
        self.controller = Controller(self, hostname="127.0.0.1", port=self.port, ready_timeout=15)
        self.controller.start()

    def stop(self) -> None:
        if self.controller is not None:
            self.controller.stop()
            self.controller = None

    def received(self, address: str) -> list[str]:
        """The subjects of the mails to ``address``."""
        return [str(message["subject"]) for message in self.inbox if address in str(message["to"])]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
