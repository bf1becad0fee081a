"""Database URLs: ``sqlite:///file`` and ``postgresql://user:password@host:port/name``."""

from collections.abc import Mapping
from typing import Literal
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

# Seconds a writer waits for another one before SQLite answers "database is locked". The pages
# wait 20 seconds for an answer, so they still hear that the database was busy.
SQLITE_BUSY_TIMEOUT_S = 15

# libpq options an installation may need; anything else in the query is a mistake worth naming.
POSTGRESQL_OPTIONS = frozenset(
    {"application_name", "connect_timeout", "sslcert", "sslkey", "sslmode", "sslrootcert"}
)


class DatabaseUrlError(ValueError):
    """A URL that cannot be used; `zh` and `en` say why and what to do."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.zh = zh
        self.en = en


def parse_database_url(url: str, synchronous: Literal["FULL", "NORMAL"]) -> dict[str, object]:
    """Return Django's connection settings for `url`.

    User, password and database name are percent-decoded, so any character can be given.
    The text of an error never repeats the URL, because it may hold a password.
    Raises `DatabaseUrlError`.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise _malformed() from error
    if parts.scheme == "sqlite":
        return _sqlite(parts, synchronous)
    if parts.scheme in ("postgres", "postgresql"):
        return _postgresql(parts, port)
    raise DatabaseUrlError(
        "只支持 sqlite:///文件 和 postgresql://用户:密码@主机:端口/库名",
        "only sqlite:///file and postgresql://user:password@host:port/name are supported",
    )


def _malformed() -> DatabaseUrlError:
    return DatabaseUrlError(
        "网址格式有误;用户名和密码中的特殊字符请用百分号编码(如 @ 写成 %40,/ 写成 %2F)",
        "malformed; percent-encode special characters in user and password "
        "(@ as %40, / as %2F, # as %23)",
    )


def _sqlite(parts: SplitResult, synchronous: str) -> dict[str, object]:
    path = unquote(parts.path).removeprefix("/")
    if parts.netloc or not path or parts.query or parts.fragment:
        raise DatabaseUrlError(
            "SQLite 请写 sqlite:///相对路径 或 sqlite:////绝对路径",
            "for SQLite write sqlite:///relative/path or sqlite:////absolute/path",
        )
    if ":memory:" in path:
        raise DatabaseUrlError(
            "内存中的数据库停机即失;请写一个文件",
            "a database in memory is lost when the process ends; name a file",
        )
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "OPTIONS": {
            # A transaction that reads before it writes would otherwise fail at its first write.
            "transaction_mode": "IMMEDIATE",
            "timeout": SQLITE_BUSY_TIMEOUT_S,
            "init_command": (
                f"PRAGMA journal_mode=WAL;PRAGMA synchronous={synchronous};PRAGMA foreign_keys=ON"
            ),
        },
    }


def _postgresql(parts: SplitResult, port: int | None) -> dict[str, object]:
    name = unquote(parts.path.removeprefix("/"))
    if not name or "/" in name or parts.fragment:
        raise _malformed()
    query = dict(parse_qsl(parts.query))
    host = query.pop("host", parts.hostname or "")
    _refuse_unknown(query)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": "" if port is None else str(port),
        "OPTIONS": query,
    }


def _refuse_unknown(query: Mapping[str, str]) -> None:
    unknown = sorted(set(query) - POSTGRESQL_OPTIONS)
    if unknown:
        names = ", ".join(unknown)
        known = ", ".join(sorted({"host", *POSTGRESQL_OPTIONS}))
        raise DatabaseUrlError(
            f"不认识的选项 {names};可用:{known}",
            f"unknown option {names}; known are {known}",
        )
