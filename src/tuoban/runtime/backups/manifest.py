"""What a backup says of itself, in its last part: a file that was cut off has none."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from tuoban.kernel.text import Text
from tuoban.runtime.backups.problems import BackupError

FORMAT = 1
NAME = "backup.json"


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of one table: how many, and the SHA-256 of their text."""

    rows: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What is in a backup.

    Attributes:
        version: of Tuoban, which wrote it.
        database: `sqlite` or `postgresql`.
        migrations: by app, the last ones that its tables had been brought to.
        tables: by label of the model.
        last_keys: by table, the highest number that was ever given to a row; it is given to no
            other again.
        missing: contents that were not there, or not what their digest says.
    """

    version: str
    database: str
    taken_at: datetime
    migrations: Mapping[str, list[str]]
    tables: Mapping[str, Table]
    last_keys: Mapping[str, int]
    contents: int
    content_bytes: int
    missing: list[str]

    @property
    def rows(self) -> int:
        return sum(table.rows for table in self.tables.values())

    def plain(self) -> dict[str, Any]:
        """As JSON types."""
        return {"format": FORMAT, **asdict(self), "taken_at": self.taken_at.isoformat()}


def write(manifest: Manifest) -> str:
    return json.dumps(manifest.plain(), ensure_ascii=False, indent=1)


def read(text: bytes) -> Manifest:
    """
    Raises:
        BackupError: it is of a form that this version does not know, or no manifest.
    """
    try:
        plain = json.loads(text)
        if plain.pop("format") != FORMAT:
            raise BackupError(
                Text(
                    "这份备份是更新的版本做的，请用那个版本恢复。",
                    "This backup was made by a newer version: restore it with that one.",
                )
            )
        tables = {label: Table(**each) for label, each in plain.pop("tables").items()}
        taken_at = datetime.fromisoformat(plain.pop("taken_at"))
        return Manifest(**plain, tables=tables, taken_at=taken_at)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise BackupError(
            Text(
                "备份的目录读不懂，文件已损坏。",
                "The backup's manifest cannot be read: it is broken.",
            )
        ) from error
