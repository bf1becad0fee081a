"""A pack's folder, rehearsed whole."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from tuoban.runtime.rehearsal.player import Played, play
from tuoban.runtime.rehearsal.scenario import read_scenarios


@dataclass(frozen=True, slots=True)
class PackResult:
    """What came of a pack's scenarios."""

    slug: str
    played: tuple[Played, ...]

    @property
    def failed(self) -> int:
        return sum(not each.passed for each in self.played)


def rehearse_folder(folder: Path) -> PackResult:
    """Play every scenario of the pack in `folder`, which holds `pack.yaml` and `scenarios.yaml`.

    Raises:
        FileNotFoundError: one of the two is missing.
        PackError: the pack cannot be compiled.
        ScenarioError: the scenarios cannot be read.
    """
    text = (folder / "pack.yaml").read_text(encoding="utf-8")
    scenarios = read_scenarios((folder / "scenarios.yaml").read_text(encoding="utf-8"))
    beside = folder / "en.yaml"
    translations = beside.read_text(encoding="utf-8") if beside.exists() else ""
    return PackResult(folder.name, tuple(play(each, text, translations) for each in scenarios))
