"""The generated reference pages are those that the code gives now."""

from __future__ import annotations

from pathlib import Path

import pytest

from scripts.reference import FOLDER, PAGES


@pytest.mark.parametrize("name", PAGES)
def test_a_reference_page_is_up_to_date(name: str) -> None:
    page = Path(FOLDER / name).read_text("utf-8")
    assert page == PAGES[name], "run: make reference"
