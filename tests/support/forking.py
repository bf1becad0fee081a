"""The program `tuoban` without its start: forked from a process that has read its libraries.

To start Python and to import what Tuoban is made of costs more than most commands do. This module,
run as a program, imports what depends on no setting, and runs each command that it reads from its
standard input in a process forked from itself. It ends when its input does, however that comes.
"""

from __future__ import annotations

import atexit
import json
import os
import subprocess
import sys
from functools import cache
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NoReturn

_LIBRARIES = (
    "django.contrib.auth.hashers",
    "django.core.management.commands.migrate",
    "django.db.backends.sqlite3.base",
    "django.http",
    "django.urls",
    "jinja2",
    "tuoban.kernel.engine",
    "tuoban.kernel.language",
    "tuoban.kernel.migration",
)


def run(
    arguments: tuple[str, ...], environment: dict[str, str], folder: Path
) -> subprocess.CompletedProcess[str]:
    """Run ``tuoban ARGUMENTS`` in `folder` to its end, whatever the exit status."""
    with TemporaryDirectory(prefix="tuoban-said-") as said:
        streams = [Path(said, name) for name in ("out", "err")]
        asked = [list(arguments), environment, str(folder), [str(each) for each in streams]]
        forker = _forker()
        assert forker.stdin is not None
        assert forker.stdout is not None
        forker.stdin.write(json.dumps(asked) + "\n")
        forker.stdin.flush()
        status = int(forker.stdout.readline())
        out, err = (each.read_text("utf-8") for each in streams)
    return subprocess.CompletedProcess(arguments, status, out, err)


@cache
def _forker() -> subprocess.Popen[str]:
    """The process that forks, started when it is first needed."""
    forker = subprocess.Popen(
        [sys.executable, "-m", __name__],
        cwd=Path(__file__).parents[2],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONUTF8": "1"},
        text=True,
        start_new_session=True,  # an interrupt must not reach it before the tests have ended
    )
    atexit.register(forker.communicate)
    return forker


def fork_while_asked() -> None:
    for name in _LIBRARIES:
        import_module(name)
    for line in sys.stdin:
        arguments, environment, folder, streams = json.loads(line)
        child = os.fork()
        if child == 0:
            _be_tuoban(arguments, environment, folder, streams)
        _, status = os.waitpid(child, 0)
        sys.stdout.write(f"{os.waitstatus_to_exitcode(status)}\n")
        sys.stdout.flush()


def _be_tuoban(
    arguments: list[str], environment: dict[str, str], folder: str, streams: list[str]
) -> NoReturn:
    opened = [os.open(os.devnull, os.O_RDONLY)]
    opened += [os.open(each, os.O_WRONLY | os.O_CREAT, 0o600) for each in streams]
    for number, stream in enumerate(opened):
        os.dup2(stream, number)
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    sys.argv = ["tuoban", *arguments]
    from tuoban.faces.cli.main import main  # noqa: PLC0415 - it reads no setting before it is asked

    main(arguments)
    raise SystemExit(0)


if __name__ == "__main__":
    fork_while_asked()
