"""The recorders of what leaves the house: a real mail server that keeps all it took."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
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

    def __init__(self, mailbox: Mailbox, port: int) -> None:
        self._mailbox = mailbox
        self.environment = post_by(port)

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
        yield Outside(mailbox, mailbox.port)


class Door:
    """Stands before the mail server. While it is shut, whoever comes is let in and hears nothing,
    as from a server that hangs."""

    def __init__(self, port: int) -> None:
        self.is_shut = True
        self._behind = port
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listening.getsockname()[1]
        self.came = 0
        """How often somebody came while it was shut."""
        self._held: list[socket.socket] = []
        threading.Thread(target=self._receive, daemon=True).start()

    def _receive(self) -> None:
        with suppress(OSError):  # it is closed at the end
            while True:
                visitor, _ = self._listening.accept()
                self._held.append(visitor)
                if self.is_shut:
                    self.came += 1
                    continue
                server = socket.create_connection(("127.0.0.1", self._behind))
                self._held.append(server)
                for ends in ((visitor, server), (server, visitor)):
                    threading.Thread(target=_pass_on, args=ends, daemon=True).start()

    def close(self) -> None:
        for each in (self._listening, *self._held):
            each.close()


def _pass_on(source: socket.socket, target: socket.socket) -> None:
    with suppress(OSError):
        while heard := source.recv(65536):
            target.sendall(heard)
        target.shutdown(socket.SHUT_WR)


@contextmanager
def behind_a_door() -> Iterator[tuple[Outside, Door]]:
    """The outside behind a door, which is shut at first."""
    with mail_server() as mailbox:
        door = Door(mailbox.port)
        try:
            yield Outside(mailbox, door.port), door
        finally:
            door.close()
