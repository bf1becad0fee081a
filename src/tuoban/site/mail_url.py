"""Mail servers: ``smtp://user:password@host:587`` and ``smtps://user:password@host:465``."""

from __future__ import annotations

import ssl
from email.errors import MessageError
from email.headerregistry import Address
from email.utils import parseaddr
from urllib.parse import parse_qsl, unquote, urlsplit

from tuoban.runtime.cases.outbox.mail import MailServer

_PORTS = {"smtp": 587, "smtps": 465}
_OPTIONS = ("ca", "starttls")
_LOOPBACK = ("localhost", "127.0.0.1", "::1")


class MailUrlError(ValueError):
    """A mail server, or a sender, that cannot be used; `zh` and `en` say why and what to do."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.zh = zh
        self.en = en


def parse_mail_url(url: str, sender: Address) -> MailServer:
    """Read where mail is handed over. User and password are percent-decoded.

    The text of an error never repeats the URL, because it may hold a password.

    Raises:
        MailUrlError: it cannot be used.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise _malformed() from error
    if parts.scheme not in _PORTS or not parts.hostname:
        raise _malformed()
    if parts.path.strip("/") or parts.fragment or bool(parts.username) != bool(parts.password):
        raise _malformed()
    options = dict(parse_qsl(parts.query, keep_blank_values=True))
    if unknown := sorted(set(options) - set(_OPTIONS)):
        names, known = ", ".join(unknown), ", ".join(_OPTIONS)
        raise MailUrlError(
            f"不认识的选项 {names};可用:{known}", f"unknown option {names}; known are {known}"
        )
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    if not (user + password).isascii():
        raise MailUrlError(
            "用户名和密码只能有英文字母、数字和符号(ASCII);请在邮件服务器上换一个",
            "user and password may hold ASCII characters only; choose others at the mail server",
        )
    tls = "whole" if parts.scheme == "smtps" else _starttls(options.get("starttls", "yes"))
    if parts.username and tls == "none" and parts.hostname not in _LOOPBACK:
        raise MailUrlError(
            "密码会以明文传送;请去掉 starttls=no,或改用 smtps://",
            "the password would travel in clear; leave out starttls=no, or write smtps://",
        )
    return MailServer(
        host=parts.hostname,
        port=port or _PORTS[parts.scheme],
        sender=sender,
        tls=tls,
        user=user,
        password=password,
        authorities=_authorities(options.get("ca", "")),
    )


def parse_sender(written: str) -> Address:
    """From whom mail is: ``desk@example.org`` or ``妥办 <desk@example.org>``.

    Raises:
        MailUrlError: it is no address.
    """
    name, spec = parseaddr(written)
    try:
        sender = Address(display_name=name, addr_spec=spec)
    except (ValueError, MessageError, IndexError) as error:
        raise _no_sender() from error
    if not sender.username or not sender.domain or not spec.isascii() or "\n" in written:
        raise _no_sender()
    return sender


def _no_sender() -> MailUrlError:
    return MailUrlError(
        "请写发件人地址,如 desk@example.org 或 妥办 <desk@example.org>",
        "write the address that mail comes from: desk@example.org or Desk <desk@example.org>",
    )


def _malformed() -> MailUrlError:
    return MailUrlError(
        "请写 log(只记日志)、none(不发)、smtp://用户:密码@主机:587 或 smtps://用户:密码@主机:465;"
        "用户名和密码中的特殊字符请用百分号编码(如 @ 写成 %40)",
        "write log (to the log only), none (nothing is sent), smtp://user:password@host:587 or "
        "smtps://user:password@host:465; percent-encode special characters in user and password "
        "(@ as %40)",
    )


def _starttls(written: str) -> str:
    if written not in ("yes", "no"):
        raise MailUrlError("starttls 请写 yes 或 no", "write starttls=yes or starttls=no")
    return "start" if written == "yes" else "none"


def _authorities(path: str) -> str:
    """A file of trusted certificates, which must be readable now and not only by the first mail."""
    if not path:
        return ""
    try:
        ssl.create_default_context(cafile=path)
    except (OSError, ValueError) as error:
        raise MailUrlError(
            f"无法读取证书文件 {path};请给出 PEM 格式的文件",
            f"cannot read certificates from {path}; name a file in PEM format",
        ) from error
    return path
