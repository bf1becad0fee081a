"""A real SMTP server on this machine, which can be told how to behave."""

from __future__ import annotations

import socket
import ssl
from asyncio import Server, Transport
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from ipaddress import ip_address
from pathlib import Path
from threading import Event, Thread
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tuoban.runtime.cases.clock import now

USER, PASSWORD = "desk", "p@ss w/rd:%"


@dataclass
class Mailbox:
    """What the server took, and how it behaves.

    Attributes:
        answers: at each stage of a letter (`rcpt`, `data`) what it says instead of taking it, one
            answer a letter; when none is left it takes everything.
        came_by: of each letter, whether it came encrypted, and from somebody logged in.
        breaks_off: how many letters it breaks the connection off in the midst of.
    """

    answers: dict[str, list[str]] = field(default_factory=dict)
    breaks_off: int = 0
    taken: list[tuple[str, EmailMessage]] = field(default_factory=list)
    came_by: list[tuple[bool, bool]] = field(default_factory=list)
    port: int = 0

    async def handle_RCPT(  # noqa: N802 - aiosmtpd calls it so
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if said := self._next("rcpt"):
            return said.replace("ADDRESS", address)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        if self.breaks_off:
            self.breaks_off -= 1
            assert isinstance(server.transport, Transport)
            server.transport.abort()
            return "421 gone"
        if said := self._next("data"):
            return said
        assert isinstance(envelope.content, bytes)
        message = message_from_bytes(envelope.content, policy=default)
        self.taken += [(address, message) for address in envelope.rcpt_tos]
        assert server.transport is not None
        is_encrypted = server.transport.get_extra_info("ssl_object") is not None
        self.came_by.append((is_encrypted, bool(session.authenticated)))
        return "250 taken"

    def _next(self, stage: str) -> str:
        left = self.answers.get(stage)
        return left.pop(0) if left else ""


class _Controller(Controller):
    """On a port that the machine gives, which it must know when it checks that it runs."""

    def _trigger_server(self) -> None:
        assert isinstance(self.server, Server)
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()  # type: ignore[no-untyped-call]


def _authenticate(
    server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any
) -> AuthResult:
    right = LoginPassword(USER.encode(), PASSWORD.encode())
    return AuthResult(success=data == right, handled=False)


@contextmanager
def mail_server(
    *,
    starttls: ssl.SSLContext | None = None,
    whole: ssl.SSLContext | None = None,
    log_in: bool = False,
) -> Iterator[Mailbox]:
    """A mail server for as long as it lasts."""
    mailbox = Mailbox()
    controller = _Controller(
        mailbox,
        hostname="127.0.0.1",
        port=0,
        ssl_context=whole,
        tls_context=starttls,
        require_starttls=starttls is not None,
        authenticator=_authenticate if log_in else None,
        auth_required=log_in and starttls is not None,
        auth_require_tls=starttls is not None,
    )
    controller.start()
    try:
        mailbox.port = controller.port
        yield mailbox
    finally:
        controller.stop(no_assert=True)


@dataclass(frozen=True)
class Certificate:
    context: ssl.SSLContext
    path: Path
    """The certificate, for those who are to trust it."""


def certificate(folder: Path, host: str = "127.0.0.1") -> Certificate:
    """A certificate of its own, for this machine."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
    at = now()
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(at - timedelta(days=1))
        .not_valid_after(at + timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ip_address(host))]), critical=False
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    path, secret = folder / "mail.pem", folder / "mail.key"
    path.write_bytes(made.public_bytes(pem))
    secret.write_bytes(
        key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path, secret)
    return Certificate(context, path)


@contextmanager
def slow_server(said: bytes, pause_s: float = 0.0) -> Iterator[int]:
    """The port of a server that takes a connection, says this byte by byte, and nothing more."""
    listening = socket.create_server(("127.0.0.1", 0))
    over = Event()

    def serve() -> None:
        with ExitStack() as visitors:
            while not over.is_set():
                try:
                    visitor = visitors.enter_context(listening.accept()[0])
                    for byte in said:
                        visitor.sendall(bytes([byte]))
                        if over.wait(pause_s):
                            break
                except OSError:
                    continue  # the visitor has left, or the server ends

    thread = Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield listening.getsockname()[1]
    finally:
        over.set()
        listening.shutdown(socket.SHUT_RDWR)  # which ends the waiting for a visitor
        thread.join()
        listening.close()


@contextmanager
def endless_server(said: bytes) -> Iterator[tuple[int, list[int]]]:
    """The port of a server that says this again and again to its one visitor, with how many bytes
    of it were heard."""
    listening = socket.create_server(("127.0.0.1", 0))
    heard = [0]

    def serve() -> None:
        with suppress(OSError), listening.accept()[0] as visitor:
            while True:
                visitor.sendall(said * 100)
                heard[0] += len(said) * 100

    thread = Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield listening.getsockname()[1], heard
    finally:
        listening.close()
        thread.join()
