"""What a round took: by the clock on the wall, and of CPU."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter, process_time
from typing import Any, NamedTuple


class Took(NamedTuple):
    """Seconds for one step, the mean of a round: by the clock on the wall, and of CPU."""

    wall: float
    cpu: float


def best(rounds: Iterable[Stopwatch]) -> Took:
    """The best round by either clock."""
    found = list(rounds)
    return Took(
        min(each.wall / each.times for each in found), min(each.cpu / each.times for each in found)
    )


class Stopwatch:
    """Adds up what is done `timed`, of which `server_of` says by whom a database does its part."""

    def __init__(self, server: int | None = None) -> None:
        self.wall, self.cpu, self.times = 0.0, 0.0, 0
        self._known = Path(f"/proc/{server}/schedstat") if server is not None else None

    @contextmanager
    def timed(self) -> Iterator[None]:
        cpu, wall = self._cpu(), perf_counter()
        yield
        self.wall += perf_counter() - wall
        self.cpu += self._cpu() - cpu
        self.times += 1

    def _cpu(self) -> float:
        """Seconds of CPU of this process, and of the server's for its connection where there is
        one and Linux tells."""
        served = 0.0
        if self._known is not None and self._known.exists():
            served = int(self._known.read_text().split()[0]) / 1e9
        return process_time() + served


def server_of(connection: Any) -> int | None:
    """The process that serves a connection; None: the database is in this one."""
    info = getattr(connection, "info", None)
    return info.backend_pid if info is not None else None
