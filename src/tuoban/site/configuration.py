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
from tuoban.kernel.media import WORDS, meant_by
from tuoban.runtime.cases.outbox.carriers import LOG, Carrier, LogCarrier
from tuoban.runtime.cases.outbox.mail import MailCarrier
from tuoban.site.database_url import DatabaseUrlError, parse_database_url
from tuoban.site.mail_url import MailUrlError, parse_mail_url, parse_sender

LOOPBACK_HOSTS = ("localhost", "127.0.0.1", "[::1]")
SECRET_KEY_MIN_LENGTH = 32

# A name, a domain with all below it (`.example.org`), or an IPv6 address in brackets.
_HOST = re.compile(r"\.?[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*|\[[0-9A-Fa-f:.]+\]")

_CLAMD = re.compile(
    r"clamd://(?:[A-Za-z0-9._-]+(?::\d{1,5})?|\[[0-9A-Fa-f:.]+\](?::\d{1,5})?|/\S+)"
)

Synchronous = Literal["FULL", "NORMAL"]

_PLAIN_CARRIERS: Mapping[str, Carrier | None] = {LOG: LogCarrier(), "none": None, "": None}

_SIMULATED = "simulated"


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
    simulates_sms: bool
    """Whether SMS goes to the simulated phone, whose carrier needs the database."""
    files: dict[str, object]
    """What may be uploaded: `megabytes` of one file, `types` (none: all that are known), the
    `scanner` (empty: nobody scans), and the `folder` of the contents."""
    api: dict[str, int]
    """How many requests of programs are answered within a minute: of one token or user (`known`),
    and from one address of those of whom it is not known who they are (`unknown`); 0: all."""

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
        simulates_sms=_written_sms(environ) == _SIMULATED,
        files={
            "folder": home / "blobs",
            "megabytes": _megabytes(environ),
            "types": _file_types(environ),
            "scanner": _scanner(environ),
        },
        api={
            "known": _rate(environ, "TUOBAN_API_RATE", 600),
            "unknown": _rate(environ, "TUOBAN_API_RATE_UNKNOWN", 60),
        },
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


def _written_sms(environ: Mapping[str, str]) -> str:
    return environ.get("TUOBAN_SMS", LOG).strip().lower()


def _sms(environ: Mapping[str, str]) -> Carrier | None:
    written = _written_sms(environ)
    if written in _PLAIN_CARRIERS:
        return _PLAIN_CARRIERS[written]
    if written == _SIMULATED:
        return None
    raise ConfigurationError(
        "TUOBAN_SMS",
        f"看不懂 {written!r};请写 log(只记日志)、none(不发)或 simulated(发到模拟手机)",
        f"{written!r} is unknown; write log (to the log only), none (nothing is sent) or "
        "simulated (to the simulated phone)",
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


MOST_MEGABYTES = 2000


def _megabytes(environ: Mapping[str, str]) -> int:
    written = environ.get("TUOBAN_FILE_MB", "").strip() or "50"
    if not (written.isascii() and written.isdecimal()) or not 1 <= int(written) <= MOST_MEGABYTES:
        raise ConfigurationError(
            "TUOBAN_FILE_MB",
            f"看不懂 {written!r};请写 1 到 {MOST_MEGABYTES} 的整数",
            f"{written!r} is not a whole number from 1 to {MOST_MEGABYTES}",
        )
    return int(written)


MOST_A_MINUTE = 100_000


def _rate(environ: Mapping[str, str], variable: str, otherwise: int) -> int:
    written = environ.get(variable, "").strip() or str(otherwise)
    if not (written.isascii() and written.isdecimal()) or int(written) > MOST_A_MINUTE:
        raise ConfigurationError(
            variable,
            f"看不懂 {written!r};请写 0 到 {MOST_A_MINUTE} 的整数,0 为不限",
            f"{written!r} is not a whole number from 0 to {MOST_A_MINUTE}; 0: no limit",
        )
    return int(written)


def _file_types(environ: Mapping[str, str]) -> tuple[str, ...]:
    words = [each.strip() for each in environ.get("TUOBAN_FILE_TYPES", "").split(",")]
    words = [each.lower() for each in words if each]
    unknown = [each for each in words if each not in WORDS]
    if unknown:
        raise ConfigurationError(
            "TUOBAN_FILE_TYPES",
            f"没有 {unknown[0]!r} 这种文件;可写:{', '.join(WORDS)}",
            f"there is no type of file {unknown[0]!r}; possible: {', '.join(WORDS)}",
        )
    return tuple(dict.fromkeys(media for each in words for media in meant_by(each)))


def _scanner(environ: Mapping[str, str]) -> str:
    written = environ.get("TUOBAN_SCAN", "").strip()
    if written in ("", "none"):
        return ""
    is_program = written.startswith("/") and os.access(written, os.X_OK)
    if not is_program and _CLAMD.fullmatch(written) is None:
        raise ConfigurationError(
            "TUOBAN_SCAN",
            f"看不懂 {written!r};请写 clamd://主机:端口、clamd:///套接字路径,或可执行程序的完整路径",
            f"{written!r} is neither clamd://host:port, clamd:///path/of/a/socket, nor the full "
            "path of a program that can be run",
        )
    return written


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
