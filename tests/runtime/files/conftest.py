"""A folder of its own for the contents of each test."""

from pathlib import Path
from typing import Any

import pytest


@pytest.fixture(autouse=True)
def blobs(tmp_path: Path, settings: Any) -> Path:
    folder = tmp_path / "blobs"
    settings.TUOBAN_FILES = {**settings.TUOBAN_FILES, "folder": folder, "scanner": ""}
    return folder
