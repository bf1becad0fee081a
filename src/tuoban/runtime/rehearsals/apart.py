"""Starting the program that plays scenarios, and listening to it within bounds."""

from __future__ import annotations

import logging
import os
import select
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import IO

from tuoban.kernel.text import Text
from tuoban.runtime.rehearsals.installation import SETTINGS

LONGEST_S = 120.0
"""Seconds for one scenario, the program's start included."""
MOST_BYTES = 4_000_000
"""Of what one scenario may say."""
LISTENING_S = 0.5
"""How often it is looked whether it goes on too long, or is not wanted any more."""
_AT_ONCE = 1 << 16
_LOGGED = 10_000
"""Bytes."""
_HANDED_ON = frozenset(("PATH", "HOME", "LANG", "LC_ALL", "LC_CTYPE", "TZ", "TMPDIR"))
"""The variables that the program gets."""
_PROGRAM = ("-m", "tuoban.runtime.rehearsals.program")

_TOO_LONG = Text(
    f"演练超过 {LONGEST_S:.0f} 秒还没有完，已经停下；请检查场景里有没有停不下来的循环",
    f"The rehearsal was not over after {LONGEST_S:.0f} seconds and was stopped; look for a loop "
    "that does not end",
)
_TOO_MUCH = Text(
    "演练的记录太长，已经停下；请把场景分成几个短的",
    "The rehearsal has too much to tell and was stopped; divide the scenario into shorter ones",
)
DIED = Text(
    "演练中途出错停了，请联系管理员查看日志",
    "The rehearsal broke off: ask whoever administers the system to look at the log",
)

_log = logging.getLogger(__name__)


class BrokenOffError(Exception):
    """The program did not come to its end; `text` says why, in both languages."""

    def __init__(self, text: Text) -> None:
        super().__init__(f"{text.zh} / {text.en}")
        self.text = text


class UnwantedError(Exception):
    """Nobody wants to know any more."""


def play_apart(asked: str, is_wanted: Callable[[], bool]) -> Generator[str, None, None]:
    """What the program says, a line for each scenario that `asked` asks for.

    Nothing is left of the program when the generator is closed, however far it came.

    Args:
        is_wanted: is asked now and then whether what is played now is still wanted.

    Raises:
        BrokenOffError: it takes too long, says too much, or has come to grief.
        UnwantedError: it is not wanted any more.
    """
    with (
        tempfile.TemporaryDirectory(prefix="tuoban-rehearsal-") as home,
        tempfile.TemporaryFile() as question,
        tempfile.TemporaryFile() as log,
    ):
        question.write(asked.encode())
        question.seek(0)
        try:
            with _start(Path(home), question, log) as child:
                try:
                    yield from _lines(child, is_wanted)
                    child.wait()
                finally:
                    child.kill()
        finally:
            _tell(log)  # however it ended
        if child.returncode:
            _log.error("a rehearsal's program ended with %d", child.returncode)
            raise BrokenOffError(DIED)


def _start(home: Path, question: IO[bytes], log: IO[bytes]) -> subprocess.Popen[bytes]:
    """Nothing of this installation is handed on: no database, no key, no way to people."""
    kept = {name: value for name, value in os.environ.items() if name in _HANDED_ON}
    return subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, "-X", "utf8", *_PROGRAM, str(home)],
        stdin=question,
        stdout=subprocess.PIPE,
        stderr=log,
        bufsize=0,
        cwd=home,
        start_new_session=True,  # what interrupts this process is no matter of the child
        env={**kept, "DJANGO_SETTINGS_MODULE": SETTINGS},
    )


def _lines(child: subprocess.Popen[bytes], is_wanted: Callable[[], bool]) -> Iterator[str]:
    out = child.stdout
    if out is None:
        raise ValueError(child)
    speaking = select.poll()
    speaking.register(out, select.POLLIN)
    said, begun = b"", time.monotonic()
    while True:
        ready = speaking.poll(LISTENING_S * 1000)
        if not is_wanted():
            raise UnwantedError
        more = os.read(out.fileno(), _AT_ONCE) if ready else None
        if more == b"":
            return
        said += more or b""
        while b"\n" in said:
            line, _, said = said.partition(b"\n")
            begun = time.monotonic()
            yield line.decode()
        if len(said) > MOST_BYTES:
            raise BrokenOffError(_TOO_MUCH)
        if time.monotonic() - begun > LONGEST_S:
            raise BrokenOffError(_TOO_LONG)


def _tell(log: IO[bytes]) -> None:
    """What the program complained of is for whoever administers the system."""
    size = log.seek(0, os.SEEK_END)
    log.seek(max(0, size - _LOGGED))
    said = log.read().decode(errors="replace").strip()
    if said:
        _log.warning("a rehearsal said: %s", said)
