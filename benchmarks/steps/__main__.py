"""`python -m benchmarks.steps`: measure, write the figures into the README, judge them."""

from __future__ import annotations

import sys
from pathlib import Path
from time import process_time

import tuoban
from benchmarks.page import publish
from benchmarks.steps import growing, ours, report, spiff
from benchmarks.steps.report import Figures
from tuoban.kernel.language import check_pack
from tuoban.services.installed import CATALOGUE

ROUNDS = 10
PACKS = Path(tuoban.__path__[0]) / "packs"


def _beside() -> tuple[float, float]:
    """One completion of ours and of the other engine, which take turns; the best rounds."""
    definition, played = ours.repair()
    process = spiff.specification()
    found = [(ours.seconds(definition, played), spiff.seconds(process)) for _ in range(ROUNDS)]
    return min(each for each, _ in found), min(each for _, each in found)


def _best(sizes: growing.Measured) -> dict[int, float]:
    """One completion for each size, which take turns; the best rounds."""
    rounds = [{n: ours.seconds(*each) for n, each in sizes.items()} for _ in range(ROUNDS)]
    return {size: min(each[size] for each in rounds) for size in sizes}


def _compiling() -> tuple[str, float]:
    """The largest pack that ships, with its translations, compiled once and from its text."""
    folder = max(
        (path.parent for path in PACKS.glob("*/pack.yaml")),
        key=lambda each: (each / "pack.yaml").stat().st_size,
    )
    pack, english = ((folder / name).read_text("utf-8") for name in ("pack.yaml", "en.yaml"))
    before = process_time()
    # Packs that it calls are packs of their own.
    report = check_pack(pack, translations=english, catalogue=CATALOGUE, packs=None)
    took = process_time() - before
    if report.problems:
        sys.exit(f"{folder.name} cannot be compiled")
    return folder.name, took


def measured() -> Figures:
    """One run of everything."""
    pack, compiling = _compiling()
    mine, other = _beside()
    return Figures(
        ours=mine,
        other=other,
        library=spiff.known_as(),
        nodes=_best(growing.by_nodes()),
        steps=_best(growing.by_steps_taken()),
        rounds=_best(growing.by_rounds_taken()),
        pack=pack,
        compiling=compiling,
    )


def main() -> int:
    """Exits with 1 if a goal is missed."""
    found = measured()
    return publish(report.figures(found), report.misses(found), report.BEGIN, report.END)


if __name__ == "__main__":
    sys.exit(main())
