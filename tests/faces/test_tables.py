"""Faces hold no SQL: what they show is asked of queries, and what they change is done by verbs."""

import re
from pathlib import Path

import pytest

FACES = Path(__file__).parents[2] / "src" / "tuoban" / "faces"
ASKED = re.compile(r"\.(?:objects\b|filter\(|values_list\()")


@pytest.mark.parametrize("face", ["api", "cli", "desk"])
def test_no_face_asks_a_table(face: str) -> None:
    asking = [
        f"{path.relative_to(FACES)}: {found[0]}"
        for path in sorted((FACES / face).rglob("*.py"))
        for found in ASKED.finditer(path.read_text(encoding="utf-8"))
    ]
    assert asking == []
