"""What one evaluation is with each library.

The other libraries are imported where they are used: they stand in an environment of their
own, and each is loaded only into the process that measures it.
"""

from collections.abc import Callable
from decimal import Decimal
from importlib.metadata import version
from typing import Any

from benchmarks.feel.examples import FACTS, SHAPES, Example
from tuoban.kernel.expressions import compile_expression

Evaluation = Callable[[], Any]


def ours(example: Example) -> Evaluation:
    """Compiled once, as packs are; measured is the evaluation."""
    expression = compile_expression(example.text, SHAPES)
    return lambda: expression(FACTS)


def pysfeel(example: Example) -> Evaluation:
    """pySFeel evaluates while it parses; there is nothing to compile beforehand."""
    from pySFeel import SFeelParser  # type: ignore[import-not-found]  # noqa: PLC0415

    parser, text = SFeelParser(), example.pysfeel
    parser.names.update(floats(FACTS))
    return lambda: parser.sFeelParse(text)[1]


def bkflow(example: Example) -> Evaluation:
    """The one function that bkflow-feel documents: it parses every time."""
    from bkflow_feel.api import parse_expression  # type: ignore[import-not-found]  # noqa: PLC0415

    text, facts = example.bkflow, floats(FACTS)
    return lambda: parse_expression(text, facts)


def bkflow_tree(example: Example) -> Evaluation:
    """The tree inside bkflow-feel, made once; its interface has no way to keep it."""
    from bkflow_feel import parser, transformer  # type: ignore[import-not-found]  # noqa: PLC0415

    tree, facts = transformer.transform(parser.parse(example.bkflow)), floats(FACTS)
    return lambda: tree.evaluate(facts)


def floats(value: Any) -> Any:
    """`value` with the numbers that the other libraries calculate with."""
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, list):
        return [floats(item) for item in value]
    if isinstance(value, dict):
        return {key: floats(member) for key, member in value.items()}
    return value


LIBRARIES: dict[str, Callable[[Example], Evaluation]] = {
    "ours": ours,
    "pysfeel": pysfeel,
    "bkflow": bkflow,
    "bkflow_tree": bkflow_tree,
}
DISTRIBUTIONS = {"pysfeel": "pySFeel", "bkflow": "bkflow-feel"}


def versions() -> dict[str, str]:
    """The installed versions of the other libraries."""
    return {key: f"{name} {version(name)}" for key, name in DISTRIBUTIONS.items()}
