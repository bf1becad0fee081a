"""The recorders of what leaves the house: a real mail server that keeps all it took."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from tests.support.mail import Mailbox, mail_server


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail as the server outside took it."""

    key: str
    """By which a receiving side knows it again."""
    message_id: str
    to: str
    text: str


class Outside:
    """The mail server, with the environment of those who send by it."""

    def __init__(self, mailbox: Mailbox) -> None:
        self._mailbox = mailbox
        self.environment = post_by(mailbox.port)

    def mails(self) -> list[Mail]:
        """All that it took, in order."""
        return [
            Mail(
                str(message["X-Tuoban-Key"]),
                str(message["Message-ID"]),
                to,
                message.get_content(),
            )
            for to, message in list(self._mailbox.taken)
        ]


def post_by(port: int) -> dict[str, str]:
    """The environment of a house whose mail goes to this port of the machine."""
    return {
        "TUOBAN_MAIL": f"smtp://127.0.0.1:{port}?starttls=no",
        "TUOBAN_MAIL_FROM": "desk@example.org",
    }


@contextmanager
def listening() -> Iterator[Outside]:
    """The outside, for as long as the block lasts."""
    with mail_server() as mailbox:
        yield Outside(mailbox)
