"""A garage: a process about vehicles and their owners."""

from __future__ import annotations

from tests.runtime.shop import PACK_FOLDER

CARS = (PACK_FOLDER / "garage.yaml").read_text("utf-8")
