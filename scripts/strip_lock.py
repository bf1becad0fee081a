"""Removes the addresses that npm writes into a lock file (of servers and of sponsors).

Usage: strip_lock.py FILE. Exits with 1 if an address remains.
"""

import json
import sys
from pathlib import Path


def main(path: Path) -> int:
    """Rewrite the lock file at `path` without addresses."""
    lock = json.loads(path.read_text(encoding="utf-8"))
    for package in lock["packages"].values():
        package.pop("funding", None)
        package.pop("resolved", None)
    text = json.dumps(lock, indent=2, ensure_ascii=False) + "\n"
    if "://" in text:
        print(f"{path}: an address remains", file=sys.stderr)
        return 1
    path.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
