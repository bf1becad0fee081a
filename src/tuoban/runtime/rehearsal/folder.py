"""A pack's folder, rehearsed whole."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from tuoban.kernel.definition import Text
from tuoban.runtime.cases.folders import around, translations_file
from tuoban.runtime.rehearsal.player import Played, play
from tuoban.runtime.rehearsal.reading import read_scenarios
from tuoban.runtime.rehearsal.scenario import ScenarioError


@dataclass(frozen=True, slots=True)
class PackResult:
    """What came of a pack's scenarios."""

    slug: str
    played: tuple[Played, ...]

    @property
    def failed(self) -> int:
        return sum(not each.passed for each in self.played)


def rehearse_folder(folder: Path, bases: Iterable[Path] = ()) -> PackResult:
    """Play every scenario of the pack in `folder`, which holds `pack.yaml` and `scenarios.yaml`.

    Args:
        bases: folders with packs that it may extend, beside those around it and the product's.

    Raises:
        FileNotFoundError: one of the two is missing.
        PackError: the pack cannot be compiled.
        ScenarioError: the scenarios cannot be read, or one of the files is not UTF-8.
    """
    text = _read(folder / "pack.yaml")
    scenarios = read_scenarios(_read(folder / "scenarios.yaml"))
    beside = folder / translations_file(text)
    translations = _read(beside) if beside.exists() else ""
    slug = folder.resolve().name
    known = around(folder, *bases)
    return PackResult(slug, tuple(play(each, text, translations, known) for each in scenarios))


def _read(path: Path) -> str:
    written = path.read_bytes()
    try:
        return written.decode("utf-8")
    except UnicodeDecodeError as error:
        before = written[: error.start].decode("utf-8")
        line, column = before.count("\n") + 1, len(before.rpartition("\n")[2]) + 1
        where = f"{path.name}:{line}:{column}"
        raise ScenarioError(
            (Text(f"{where}: 不是 UTF-8 文本", f"{where}: this is not UTF-8 text"),)
        ) from None
