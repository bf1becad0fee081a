"""The program that plays scenarios apart from everything live: what is asked comes in as JSON, and
a line of JSON goes out for each scenario, as soon as it has been played; both in UTF-8, whatever
the locale says.

    python -m tuoban.runtime.rehearsals.program HOME < asked.json

HOME is an empty folder, which is removed at the end. The program gets no more of the machine than a
rehearsal may have, and gives way to whatever is live.
"""

from __future__ import annotations

import json
import os
import resource
import shutil
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from threading import Thread
from typing import Any

from tuoban.runtime.rehearsals.installation import installed

_MEMORY = 1 << 30
"""Bytes of address space."""
_CPU_S = 150
"""Seconds for one scenario."""
_LOOKING_S = 1.0
"""How often it is looked whether whoever started it is still there."""


def main(home: Path) -> None:
    """Play what standard input asks for."""
    os.nice(10)
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    Thread(target=_end_with, args=(os.getppid(), home), daemon=True).start()
    asked: Mapping[str, Any] = json.load(sys.stdin.buffer)
    with installed(home):
        # Imported here because models can only be loaded once the settings stand.
        from tuoban.runtime.rehearsals.asked import play_asked  # noqa: PLC0415

        _bound()
        for line in play_asked(asked):
            sys.stdout.buffer.write(f"{line}\n".encode())
            sys.stdout.buffer.flush()
            _bound()


def _bound() -> None:
    """Let what comes next use so much of the processor, and no more."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    soft = int(used.ru_utime + used.ru_stime) + _CPU_S
    resource.setrlimit(resource.RLIMIT_CPU, (soft, resource.RLIM_INFINITY))


def _end_with(parent: int, home: Path) -> None:
    """End when whoever started this was killed: nobody listens any more."""
    while os.getppid() == parent:
        time.sleep(_LOOKING_S)
    shutil.rmtree(home, ignore_errors=True)
    os._exit(1)


if __name__ == "__main__":
    try:
        main(Path(sys.argv[1]))
    finally:
        # Whoever started it does so, too, unless they were killed.
        shutil.rmtree(sys.argv[1], ignore_errors=True)
