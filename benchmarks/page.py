"""What every benchmark writes: on what it was measured, and its section of the README."""

import os
import platform
import re
import sys
import time
from collections.abc import Sequence
from pathlib import Path

README = Path(__file__).parent / "README.md"


def machine() -> str:
    """The day, the Python and the machine, as one line."""
    cpu = _cpu_model() or platform.machine()
    python = f"{platform.python_implementation()} {platform.python_version()}"
    day = time.strftime("%Y-%m-%d", time.gmtime())
    return f"{day}, {python}, {platform.system()}, {cpu}, {os.cpu_count()} cores"


def _cpu_model() -> str | None:
    known = Path("/proc/cpuinfo")
    if not known.exists():
        return None
    match = re.search(r"^model name\s*:\s*(.+)$", known.read_text("utf-8"), re.MULTILINE)
    return match and match[1].strip()


def publish(section: str, misses: Sequence[str], first: str, last: str) -> int:
    """Write the figures between two markers of the README, and say them and the goals missed; the
    code to exit with, 1 if there are any."""
    page = between_markers(README.read_text("utf-8"), section, first, last)
    README.write_text(page, encoding="utf-8")
    sys.stdout.write(section)
    sys.stdout.write("".join(f"missed: {miss}\n" for miss in misses))
    return 1 if misses else 0


def between_markers(page: str, section: str, first: str, last: str) -> str:
    """The page with `section` between two markers; raises `ValueError` if it lacks them."""
    before, begin, rest = page.partition(first)
    _, end, after = rest.partition(last)
    if not begin or not end:
        raise ValueError("the page lacks the markers of the figures")
    return f"{before}{first}\n{section}\n{last}{after}"
