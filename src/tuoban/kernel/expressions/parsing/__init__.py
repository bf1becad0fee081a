"""The parser: tokens to a tree, by precedence for operators, by descent for the rest.

One module for each family of forms, with a table of the tokens that open them.
"""

from collections.abc import Iterable
from typing import TypeVar

from tuoban.kernel.expressions import syntax as s
from tuoban.kernel.expressions.errors import ExpressionError
from tuoban.kernel.expressions.limits import MAX_DEPTH, MAX_LENGTH
from tuoban.kernel.expressions.parsing import access, brackets, operators, words
from tuoban.kernel.expressions.parsing.parser import Grammar, Parser
from tuoban.kernel.expressions.parsing.unary import unary_tests
from tuoban.kernel.expressions.reader import too_deep

_Tree = TypeVar("_Tree", bound=s.Node)

GRAMMAR = Grammar(
    prefix={**brackets.PREFIX, **words.PREFIX}, infix={**operators.INFIX, **access.INFIX}
)


def parse(text: str, names: Iterable[str] = (), types: Iterable[str] = ()) -> s.Node:
    """The tree of `text`; `names` are the known names, needed only where they contain spaces.

    `types` are the names of types that somebody else defines. Raises `ExpressionError` where
    the text is not a FEEL expression, is longer than `MAX_LENGTH` characters or nested deeper
    than `MAX_DEPTH` levels.
    """
    return _checked(_parser(text, names, types).whole())


def parse_tests(text: str, names: Iterable[str] = (), types: Iterable[str] = ()) -> s.UnaryTests:
    """The tree of unary tests, a cell of a decision table; raises `ExpressionError`."""
    return _checked(unary_tests(_parser(text, names, types)))


def _parser(text: str, names: Iterable[str], types: Iterable[str]) -> Parser:
    if len(text) > MAX_LENGTH:
        raise ExpressionError(
            "expression-too-long", MAX_LENGTH, length=str(len(text)), limit=str(MAX_LENGTH)
        )
    return Parser(text, names, types, GRAMMAR)


def _checked(node: _Tree) -> _Tree:
    if s.height(node) > MAX_DEPTH:
        raise too_deep(node.start)
    return node
