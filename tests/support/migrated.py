"""The database of the tests on SQLite as migrations leave it, kept from one run to the next.

Migrating takes several seconds of CPU in each process of a run. Django migrates the copy, too, so
that nothing is missing in it, whatever the kept one lacks.
"""

import os
import shutil
from hashlib import sha256
from pathlib import Path

import django
from django.db import connection

_SOURCES = Path(__file__).parents[2] / "src" / "tuoban"


class Kept:
    """The database that belongs to the migrations as they stand, in a folder for such."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / f"{_digest()}.sqlite3"

    def lay_down(self, place: Path) -> None:
        """Put a copy there, if there is one to copy."""
        if self._path.exists():
            shutil.copyfile(self._path, place)

    def keep(self) -> None:
        """Keep the database that Django is connected to, unless there is one."""
        if self._path.exists():
            return
        ours = self._path.with_suffix(f".{os.getpid()}")
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(ours)])
        ours.replace(self._path)
        for former in self._path.parent.glob("*.sqlite3"):
            if former != self._path:
                former.unlink(missing_ok=True)


def _digest() -> str:
    found = sha256(django.get_version().encode())
    for each in sorted(_SOURCES.glob("**/migrations/*.py")):
        found.update(each.read_bytes())
    return found.hexdigest()[:16]
