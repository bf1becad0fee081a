"""The carrier of e-mail: one letter a connection, to the organisation's own mail server by SMTP.

A letter goes out under the same `Message-ID` however often it is tried, so that whoever gets it
twice can tell. The server must answer each question in `ANSWER_S` and take the letter in `WHOLE_S`;
after that the connection is cut.
"""

from __future__ import annotations

import smtplib
import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from io import BufferedReader
from threading import Timer
from typing import Any, NamedTuple

from tuoban.kernel.text import Text
from tuoban.runtime.cases.outbox.carriers import (
    CarrierAwayError,
    CarrierError,
    Letter,
    TurnedAwayError,
)

ANSWER_S = 10.0
"""Seconds within which a connection stands, and the server answers one question."""
WHOLE_S = 60.0
"""Seconds that all of it may take: a server that answers letter by letter holds up nobody."""
LONGEST_ANSWER = 100_000
"""Bytes of one answer; whatever says more is left."""
MOST_WORDS = 300
"""Characters that are kept of what a server says."""

KEY_HEADER = "X-Tuoban-Key"


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where mail is handed over, and how.

    Attributes:
        tls: `start`: it must turn to TLS before anything is said; `whole`: TLS from the first
            byte; `none`: in clear.
        authorities: a file of certificates that are trusted; empty: those of the machine.
        sender: from whom the mail is, `desk@example.org`, with a name where there is one.
    """

    host: str
    port: int
    sender: Address
    tls: str = "start"
    user: str = ""
    password: str = field(default="", repr=False)
    authorities: str = ""
    answer_s: float = ANSWER_S
    whole_s: float = WHOLE_S


class MailCarrier:
    """Carries letters by one mail server."""

    def __init__(self, server: MailServer) -> None:
        self._server = server

    @property
    def name(self) -> str:
        return f"smtp {self._server.host}"[:40]

    def carry(self, letter: Letter) -> None:
        message = message_of(letter, self._server.sender)
        with _told(self._server, letter.address):
            smtp = _connected(self._server)
            try:
                _hand_over(smtp, self._server, message)
            finally:
                smtp.close()


def message_of(letter: Letter, sender: Address) -> EmailMessage:
    """The letter as a mail.

    Raises:
        TurnedAwayError: no mail can be addressed so.
    """
    message = EmailMessage(policy=SMTP)
    try:
        local, _, domain = letter.address.rpartition("@")
        if not local or not domain:
            raise TurnedAwayError(_NO_ADDRESS)
        message["To"] = Address(username=local, domain=domain.encode("idna").decode())
    except (ValueError, MessageError) as error:
        raise TurnedAwayError(_NO_ADDRESS) from error
    message["From"] = sender
    message["Subject"] = _one_line(letter.subject)
    message["Date"] = format_datetime(letter.at)
    message["Message-ID"] = f"<{letter.key}@{sender.domain}>"
    message[KEY_HEADER] = letter.key
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834: nobody who is away answers it
    message.set_content(_writable(letter.text), cte="base64")
    return message


def _one_line(text: str) -> str:
    """A header holds one line, and nothing in it begins another."""
    plain = "".join(each if each.isprintable() else " " for each in text)
    return " ".join(plain.split())


def _writable(text: str) -> str:
    return text.encode("utf-8", "replace").decode()


class _Answers:
    """What a server says, of which smtplib keeps every line until an answer is whole."""

    def __init__(self, lines: BufferedReader) -> None:
        self._lines = lines
        self.left = LONGEST_ANSWER

    def readline(self, limit: int = -1) -> bytes:
        line = self._lines.readline(limit)
        self.left -= len(line)
        if self.left < 0:
            raise OSError("its answer has no end")
        return line

    def close(self) -> None:
        self._lines.close()


class _Plain(smtplib.SMTP):
    """A connection that is cut when its time is over, whatever is being waited for."""

    def __init__(self, server: MailServer, **more: Any) -> None:
        self._timer = Timer(server.whole_s, self._cut)
        self._timer.daemon = True
        # By default smtplib asks the name service who this machine is, which may take long.
        me = socket.gethostname() if socket.gethostname().isascii() else "localhost"
        self._timer.start()
        try:
            super().__init__(server.host, server.port, me, timeout=server.answer_s, **more)
        except BaseException:
            self.close()
            raise

    def getreply(self) -> tuple[int, bytes]:
        if self.file is None and self.sock is not None:
            self.file = _Answers(self.sock.makefile("rb"))
        if isinstance(self.file, _Answers):
            self.file.left = LONGEST_ANSWER
        return super().getreply()

    def close(self) -> None:
        self._timer.cancel()
        super().close()

    def _cut(self) -> None:
        # A socket of its own on the same connection: the one in use may be in the midst of TLS.
        sock = self.sock
        if sock is None:
            return
        with suppress(OSError, ValueError):
            held = socket.fromfd(sock.fileno(), sock.family, sock.type)
            held.shutdown(socket.SHUT_RDWR)
            held.close()


class _Whole(_Plain, smtplib.SMTP_SSL):
    """The same with TLS from the first byte."""


def _connected(server: MailServer) -> smtplib.SMTP:
    return _Whole(server, context=_context(server)) if server.tls == "whole" else _Plain(server)


def _context(server: MailServer) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=server.authorities or None)


def _hand_over(smtp: smtplib.SMTP, server: MailServer, message: EmailMessage) -> None:
    smtp.ehlo_or_helo_if_needed()
    if server.tls == "start":
        smtp.starttls(context=_context(server))
        smtp.ehlo_or_helo_if_needed()
    if server.user:
        smtp.login(server.user, server.password)
    smtp.send_message(message)
    # It has been taken: how the two part makes no difference.
    with suppress(smtplib.SMTPException, OSError):
        smtp.quit()


class _Answer(NamedTuple):
    code: int
    words: str


_Row = Callable[[MailServer, _Answer], CarrierError]

_NO_ADDRESS = Text("这不是能收邮件的地址", "No mail can be sent to such an address")


def _away(zh: str, en: str) -> _Row:
    def row(server: MailServer, answer: _Answer) -> CarrierError:
        return CarrierAwayError(_filled(server, answer, zh, en))

    return row


def _answered(zh: str, en: str) -> _Row:
    """The server has spoken of this letter: 5xx is for good (RFC 5321, 4.2.1)."""

    def row(server: MailServer, answer: _Answer) -> CarrierError:
        words = _filled(server, answer, zh, en)
        return TurnedAwayError(words) if answer.code >= 500 else CarrierError(words)

    return row


def _filled(server: MailServer, answer: _Answer, zh: str, en: str) -> Text:
    facts = {"host": server.host, "port": server.port, "sender": server.sender.addr_spec}
    facts |= {"code": answer.code or "", "words": answer.words}
    return Text(zh.format(**facts), en.format(**facts))


# The first row that fits counts. What concerns the set-up of the house, and so every letter, is
# tried again even after 5xx: it is mended by whoever administers the system.
_ROWS: tuple[tuple[type[Exception], _Row], ...] = (
    (
        smtplib.SMTPAuthenticationError,
        _away(
            "邮件服务器 {host} 不接受用户名或密码，请管理员检查 TUOBAN_MAIL（{code} {words}）",
            "The mail server {host} does not accept user or password: whoever administers the "
            "system must see to TUOBAN_MAIL ({code} {words})",
        ),
    ),
    (
        smtplib.SMTPSenderRefused,
        _away(
            "邮件服务器 {host} 不接受发件人 {sender}，"
            "请管理员检查 TUOBAN_MAIL_FROM（{code} {words}）",
            "The mail server {host} does not accept the sender {sender}: whoever administers the "
            "system must see to TUOBAN_MAIL_FROM ({code} {words})",
        ),
    ),
    (
        smtplib.SMTPRecipientsRefused,
        _answered(
            "邮件服务器不收给这个地址的邮件：{code} {words}",
            "The mail server does not take mail to this address: {code} {words}",
        ),
    ),
    (
        smtplib.SMTPDataError,
        _answered(
            "邮件服务器没有收下这封邮件：{code} {words}",
            "The mail server did not take this mail: {code} {words}",
        ),
    ),
    (
        smtplib.SMTPNotSupportedError,
        _away(
            "邮件服务器 {host} 不支持所需的功能（{words}）；请管理员检查 TUOBAN_MAIL",
            "The mail server {host} lacks what is needed ({words}): whoever administers the system "
            "must see to TUOBAN_MAIL",
        ),
    ),
    (
        smtplib.SMTPServerDisconnected,
        _away(
            "邮件服务器 {host} 中途断开了连接",
            "The mail server {host} broke off the connection",
        ),
    ),
    (
        smtplib.SMTPException,
        _away(
            "邮件服务器 {host} 现在不收邮件：{code} {words}",
            "The mail server {host} takes no mail now: {code} {words}",
        ),
    ),
    (
        TimeoutError,
        _away(
            "邮件服务器 {host}:{port} 没有及时回答",
            "The mail server {host}:{port} did not answer in time",
        ),
    ),
    (
        ssl.SSLError,
        _away(
            "与邮件服务器 {host}:{port} 的加密连接不可信：{words}",
            "The encrypted connection to the mail server {host}:{port} cannot be trusted: {words}",
        ),
    ),
    (
        OSError,
        _away(
            "连不上邮件服务器 {host}:{port}：{words}",
            "The mail server {host}:{port} cannot be reached: {words}",
        ),
    ),
)


@contextmanager
def _told(server: MailServer, address: str) -> Iterator[None]:
    """Tell every failure in words that people read. Servers like to repeat the address, which is
    personal and is not kept."""
    try:
        yield
    except tuple(kind for kind, _ in _ROWS) as failed:
        # smtplib tells of an answer that does not come as of a connection that was closed.
        late = failed.__context__
        error = late if isinstance(late, TimeoutError) else failed
        answer = _answer_in(error)
        words = _one_line(answer.words)[:MOST_WORDS]
        for part in (address, address.rpartition("@")[0]):
            words = _without(words, part)
        row = next(row for kind, row in _ROWS if isinstance(error, kind))
        raise row(server, _Answer(answer.code, words)) from None


def _without(words: str, part: str) -> str:
    at = words.lower().find(part.lower()) if len(part) > 1 else -1
    if at < 0:
        return words
    return words[:at] + "…" + _without(words[at + len(part) :], part)


def _answer_in(error: Exception) -> _Answer:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, said = next(iter(error.recipients.values()))
        return _Answer(code, _decoded(said))
    if isinstance(error, smtplib.SMTPResponseException):
        return _Answer(error.smtp_code, _decoded(error.smtp_error))
    return _Answer(0, str(error))


def _decoded(said: bytes | str) -> str:
    return said.decode("utf-8", "replace") if isinstance(said, bytes) else said
