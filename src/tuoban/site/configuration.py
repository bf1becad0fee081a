"""What an installation may configure: the ``TUOBAN_*`` environment variables, parsed and checked.

Every wrong value raises `ConfigurationError` with one line that says what is wrong and what to do.
Nothing here knows Django's settings; `tuoban.site.settings` translates.
"""

import os
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, cast

from django.core.exceptions import ImproperlyConfigured

from tuoban.kernel.definition import MAIL, SMS
from tuoban.runtime.cases.outbox.carriers import LOG, Carrier, LogCarrier
from tuoban.runtime.cases.outbox.mail import MailCarrier
from tuoban.site.database_url import DatabaseUrlError, parse_database_url
from tuoban.site.mail_url import MailUrlError, parse_mail_url, parse_sender

LOOPBACK_HOSTS = ("localhost", "127.0.0.1", "[::1]")
SECRET_KEY_MIN_LENGTH = 32

# A name, a domain with all below it (`.example.org`), or an IPv6 address in brackets.
_HOST = re.compile(r"\.?[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*|\[[0-9A-Fa-f:.]+\]")

Synchronous = Literal["FULL", "NORMAL"]

_PLAIN_CARRIERS: Mapping[str, Carrier | None] = {LOG: LogCarrier(), "none": None, "": None}


class ConfigurationError(ImproperlyConfigured):
    """An environment variable has a value Tuoban cannot work with. The text is one line."""

    def __init__(self, variable: str, zh: str, en: str) -> None:
        super().__init__(f"{variable}: {zh} / {en}")
        self.variable = variable


@dataclass(frozen=True)
class Configuration:
    """The checked configuration of one installation."""

    home: Path
    debug: bool
    secret_key: str
    allowed_hosts: tuple[str, ...]
    database: dict[str, object]
    carriers: dict[str, Carrier]
    """By channel (`sms`, `mail`), what carries it; a channel that is missing: nothing does."""

    @property
    def is_loopback_only(self) -> bool:
        """Whether the installation answers to this machine's own names alone."""
        return all(host in LOOPBACK_HOSTS for host in self.allowed_hosts)


def read_configuration(environ: Mapping[str, str]) -> Configuration:
    """Read and check the configuration, creating the home folder and secret key where missing.

    Raises `ConfigurationError` for the first variable that cannot be used.
    """
    home = _home(environ)
    return Configuration(
        home=home,
        debug=_switch(environ, "TUOBAN_DEBUG"),
        secret_key=_secret_key(environ, home),
        allowed_hosts=_allowed_hosts(environ),
        database=_database(environ, home),
        carriers=_carriers(environ),
    )


def _home(environ: Mapping[str, str]) -> Path:
    written = environ.get("TUOBAN_HOME") or "~/.local/share/tuoban"
    try:
        home = Path(written).expanduser().resolve()
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
    except (OSError, RuntimeError) as error:
        raise ConfigurationError(
            "TUOBAN_HOME",
            f"无法使用文件夹 {written}({error});请换一个可写的文件夹",
            f"cannot use the folder {written} ({error}); name a folder you may write to",
        ) from error
    return home


def _switch(environ: Mapping[str, str], variable: str) -> bool:
    written = environ.get(variable, "").strip().lower()
    if written in ("", "0", "false", "no", "off"):
        return False
    if written in ("1", "true", "yes", "on"):
        return True
    raise ConfigurationError(
        variable,
        f"看不懂 {written!r};请写 1 或 0",
        f"{written!r} is neither yes nor no; write 1 or 0",
    )


def _carriers(environ: Mapping[str, str]) -> dict[str, Carrier]:
    found = {SMS: _sms(environ), MAIL: _mail(environ)}
    return {channel: carrier for channel, carrier in found.items() if carrier is not None}


def _sms(environ: Mapping[str, str]) -> Carrier | None:
    written = environ.get("TUOBAN_SMS", LOG).strip().lower()
    if written in _PLAIN_CARRIERS:
        return _PLAIN_CARRIERS[written]
    raise ConfigurationError(
        "TUOBAN_SMS",
        f"看不懂 {written!r};请写 log(只记日志)或 none(不发)",
        f"{written!r} is unknown; write log (to the log only) or none (nothing is sent)",
    )


def _mail(environ: Mapping[str, str]) -> Carrier | None:
    written = environ.get("TUOBAN_MAIL", LOG).strip()
    if written.lower() in _PLAIN_CARRIERS:
        return _PLAIN_CARRIERS[written.lower()]
    try:
        sender = parse_sender(environ.get("TUOBAN_MAIL_FROM", ""))
    except MailUrlError as error:
        raise ConfigurationError("TUOBAN_MAIL_FROM", error.zh, error.en) from error
    try:
        return MailCarrier(parse_mail_url(written, sender))
    except MailUrlError as error:
        raise ConfigurationError("TUOBAN_MAIL", error.zh, error.en) from error


def _allowed_hosts(environ: Mapping[str, str]) -> tuple[str, ...]:
    variable = "TUOBAN_ALLOWED_HOSTS"
    written = environ.get(variable, "")
    hosts = tuple(host.strip() for host in written.split(",") if host.strip())
    for host in hosts:
        if _HOST.fullmatch(host) is None:
            raise ConfigurationError(
                variable,
                f"{host!r} 不是主机名;只写主机名,用逗号分隔,不带 https:// 和端口",
                f"{host!r} is not a host name; write names only, separated by commas, "
                "without https:// and port",
            )
    return hosts or LOOPBACK_HOSTS


def _database(environ: Mapping[str, str], home: Path) -> dict[str, object]:
    url = environ.get("TUOBAN_DATABASE_URL") or f"sqlite:///{home / 'tuoban.sqlite3'}"
    try:
        return parse_database_url(url, _synchronous(environ))
    except DatabaseUrlError as error:
        raise ConfigurationError("TUOBAN_DATABASE_URL", error.zh, error.en) from error


def _synchronous(environ: Mapping[str, str]) -> Synchronous:
    variable = "TUOBAN_SQLITE_SYNCHRONOUS"
    written = environ.get(variable, "").upper() or "FULL"
    if written not in ("FULL", "NORMAL"):
        raise ConfigurationError(
            variable,
            f"看不懂 {written!r};请写 FULL(断电不丢)或 NORMAL(更快)",
            f"{written!r} is unknown; write FULL (survives a power cut) or NORMAL (faster)",
        )
    return cast(Synchronous, written)


def _secret_key(environ: Mapping[str, str], home: Path) -> str:
    variable = "TUOBAN_SECRET_KEY"
    given = environ.get(variable, "").strip()
    source = variable
    if not given:
        source = str(home / "secret-key")
        given = _kept_secret_key(home / "secret-key")
    if len(given) < SECRET_KEY_MIN_LENGTH:
        raise ConfigurationError(
            variable,
            f"{source} 中的密钥少于 {SECRET_KEY_MIN_LENGTH} 个字符;请换一个更长的随机值",
            f"the key in {source} has fewer than {SECRET_KEY_MIN_LENGTH} characters; "
            "use a longer random value",
        )
    return given


def _kept_secret_key(path: Path) -> str:
    """Return the key kept in `path`, writing a new one first if there is none.

    Two processes may start at once: the key is written aside and linked into place, so exactly
    one of them wins and nobody ever reads half a key.
    """
    try:
        if not path.exists():
            _publish_new_key(path)
        return path.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigurationError(
            "TUOBAN_SECRET_KEY",
            f"无法读写密钥文件 {path}({error});请改正权限,或用此变量给出密钥",
            f"cannot read or write the key file {path} ({error}); mend its permissions "
            "or give the key in this variable",
        ) from error


def _publish_new_key(path: Path) -> None:
    draft = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(64) + "\n")
        path.hardlink_to(draft)
    except FileExistsError:
        return  # another process was faster; its key is the key
    finally:
        draft.unlink()
