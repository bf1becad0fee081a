"""Measuring: CPU time of one process, the best of several rounds.

These functions run in the processes that measure, one for each library; what they have
prepared stays there from round to round.
"""

from collections.abc import Callable
from functools import cache
from time import process_time
from timeit import Timer
from typing import Any

from benchmarks.feel.conditions import SHAPES, conditions
from benchmarks.feel.examples import ALONE, COMPARED
from benchmarks.feel.libraries import LIBRARIES, Evaluation
from tuoban.kernel.expressions import compile_expression

EXAMPLES = {example.key: example for example in COMPARED + ALONE}
ROUND = 0.02
"""Seconds of CPU that one round takes at least."""


@cache
def _prepared(library: str, key: str) -> tuple[Evaluation, int]:
    """The evaluation, and how many times it fills a round."""
    call = LIBRARIES[library](EXAMPLES[key])
    times = 1
    while _seconds(call, times) < ROUND:
        times *= 2
    return call, times


def _seconds(call: Callable[[], Any], times: int) -> float:
    return Timer(call, timer=process_time).timeit(times)


def value(library: str, key: str) -> Any:
    """What the library gives for the example."""
    call, _ = _prepared(library, key)
    return call()


def evaluation(library: str, key: str) -> float:
    """Seconds of CPU for one evaluation."""
    call, times = _prepared(library, key)
    return _seconds(call, times) / times


def compilation() -> float:
    """Seconds of CPU to compile a thousand distinct conditions, names and types checked."""
    texts = conditions()

    def compile_all() -> None:
        for text in texts:
            compile_expression(text, SHAPES)

    return _seconds(compile_all, 1)
