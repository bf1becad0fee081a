"""Disks without room: a small one that is filled up, and a limit on the size of files."""

from __future__ import annotations

import os
import resource
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from tests.faults.house import House

Undo = Callable[[], None]


@contextmanager
def small_disk(folder: Path, megabytes: int = 64) -> Iterator[Path]:
    """A disk of its own, mounted while the block lasts; the test is left out where this process may
    not mount one."""
    folder.mkdir(parents=True, exist_ok=True)
    size = f"size={megabytes}m,mode=0777"
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", size, "tmpfs", folder], check=False, capture_output=True
    )
    if mounted.returncode:
        pytest.skip(f"no disk may be mounted here: {mounted.stderr.decode().strip()}")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", folder], check=True)


def fill_up(disk: Path) -> Undo:
    """Leave not a byte free, until the answer is called."""
    filler = disk / "filler"
    with filler.open("wb", buffering=0) as file:
        for size in (1 << 20, 1 << 12, 1):
            with suppress(OSError):
                while True:
                    file.write(bytes(size))
    return filler.unlink


def stop_growing(house: House) -> Undo:
    """No file of the house's processes grows beyond what the database has, until the answer is
    called."""
    files = house.installation.home.glob("tuoban.sqlite3*")
    largest = max(each.stat().st_size for each in files)
    limits = {each.pid: resource.prlimit(each.pid, resource.RLIMIT_FSIZE) for each in house.members}
    for pid, (_, hard) in limits.items():
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (largest // 4, hard))

    def grow_again() -> None:
        for pid, limit in limits.items():
            resource.prlimit(pid, resource.RLIMIT_FSIZE, limit)

    return grow_again


def is_root() -> bool:
    return os.geteuid() == 0
