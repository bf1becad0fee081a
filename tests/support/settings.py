"""The product's settings, on a throw-away home and a throw-away database.

SQLite is a file here as in real life: an in-memory database has no locks between connections.
With TUOBAN_TEST_DATABASE=postgresql the tests run on a PostgreSQL server of their own.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

from tests.support.postgresql import server_of_this_run

_home = Path(tempfile.mkdtemp(prefix="tuoban-tests-"))
atexit.register(shutil.rmtree, _home, ignore_errors=True)

os.environ["TUOBAN_HOME"] = str(_home)
os.environ["TUOBAN_SECRET_KEY"] = "only-for-tests-" * 4
os.environ.pop("TUOBAN_ALLOWED_HOSTS", None)
os.environ.pop("TUOBAN_DEBUG", None)

# A developer's own database is never touched: only this variable chooses.
_on_postgresql = os.environ.get("TUOBAN_TEST_DATABASE", "sqlite") == "postgresql"
if _on_postgresql:
    os.environ["TUOBAN_DATABASE_URL"] = server_of_this_run()
else:
    os.environ.pop("TUOBAN_DATABASE_URL", None)

from tuoban.site.settings import *  # noqa: E402, F403
from tuoban.site.settings import DATABASES  # noqa: E402

if not _on_postgresql:
    DATABASES["default"]["TEST"] = {"NAME": str(_home / "test.sqlite3")}

# Hashing a password well takes long on purpose; the tests sign in hundreds of times.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

# All tests ask from one address; those of the limits set their own.
TUOBAN_API = {"known": 0, "unknown": 0}
