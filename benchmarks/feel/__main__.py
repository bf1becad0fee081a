"""`python -m benchmarks.feel`: measure, write the figures into the README, judge them."""

import sys
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from math import inf
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from benchmarks.feel import libraries, measuring, report
from benchmarks.feel.examples import ALONE, COMPARED, Example
from benchmarks.feel.report import Figures, Measured

README = Path(__file__).parents[1] / "README.md"
ROUNDS = 10


class Measurers:
    """One process for each library; only one of them works at a time."""

    def __init__(self, stack: ExitStack) -> None:
        self._pools = {
            # The two ways to use a library share its process.
            key: stack.enter_context(ProcessPoolExecutor(1, mp_context=get_context("spawn")))
            for key in ("ours", "pysfeel", "bkflow")
        }

    def run(self, library: str, function: Any, *arguments: Any) -> Any:
        return self._pools[library.partition("_")[0]].submit(function, *arguments).result()


def readers(example: Example) -> list[str]:
    """The libraries that can read an example."""
    found = ["ours"]
    if example.pysfeel is not None:
        found.append("pysfeel")
    if example.bkflow is not None:
        found += ["bkflow", "bkflow_tree"]
    return found


def agree(measurers: Measurers, example: Example) -> None:
    """Stops the run where a library gives another value than expected."""
    for name in readers(example):
        value = measurers.run(name, measuring.value, name, example.key)
        if not report.agrees(value, example.value):
            sys.exit(f"{name} gives {value!r} for “{example.key}”, expected {example.value!r}")


def measured(measurers: Measurers, examples: tuple[Example, ...]) -> list[Measured]:
    """The best of several rounds of everything, the libraries taking turns within a round."""
    found = [Measured(one, dict.fromkeys(readers(one), inf)) for one in examples]
    for _ in range(ROUNDS):
        for one in found:
            for name, best in one.seconds.items():
                took = measurers.run(name, measuring.evaluation, name, one.example.key)
                one.seconds[name] = min(took, best)
    return found


def main() -> int:
    """Exits with 1 if a goal is missed or the libraries disagree."""
    with ExitStack() as stack:
        measurers = Measurers(stack)
        for example in COMPARED + ALONE:
            agree(measurers, example)
        examples = measured(measurers, COMPARED + ALONE)
        compiling = min(measurers.run("ours", measuring.compilation) for _ in range(5))
    figures = Figures(examples, compiling, libraries.versions())
    text = report.figures(figures)
    README.write_text(report.replaced(README.read_text("utf-8"), text), encoding="utf-8")
    sys.stdout.write(text)
    misses = report.misses(figures)
    sys.stdout.write("".join(f"missed: {miss}\n" for miss in misses))
    return 1 if misses else 0


if __name__ == "__main__":
    sys.exit(main())
