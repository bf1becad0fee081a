"""FEEL, the expression language of DMN 1.5: conditions and calculations of packs.

Text becomes an immutable tree (`parse`), the tree is checked and compiled to closures
(`compile_expression`), and those are evaluated within a budget of steps. An expression reaches
nothing but the context it is given; it reads no clock, no file and no attribute.
"""

from tuoban.kernel.expressions.builtins.conversion import text_of
from tuoban.kernel.expressions.causes import PLAIN, Cause, Operand, Wording
from tuoban.kernel.expressions.errors import CODES, BudgetExceeded, ExpressionError
from tuoban.kernel.expressions.explanation import explain
from tuoban.kernel.expressions.expression import Expression, compile_expression, evaluate
from tuoban.kernel.expressions.nulls import NullReason, Traced, trace
from tuoban.kernel.expressions.parsing import parse
from tuoban.kernel.expressions.printer import to_text
from tuoban.kernel.expressions.shapes import (
    ANY,
    BOOLEAN,
    CONTEXT,
    DATE,
    DATETIME,
    DAYS,
    DURATION,
    LENGTH,
    LIST,
    MONTHS,
    NULL,
    NUMBER,
    SPAN,
    TEXT,
    TIME,
    Shape,
    choice_of,
    context_of,
    facts_of,
    function_of_choice,
    function_to,
    list_of,
    range_of,
)
from tuoban.kernel.expressions.steps.calls import MINOR_DIGITS
from tuoban.kernel.expressions.syntax import Node
from tuoban.kernel.expressions.types import NO_TYPES, NamedType, NamedTypes
from tuoban.kernel.expressions.unary import Tests, compile_tests
from tuoban.kernel.expressions.values import Filed, Function, Known, Range, Row, YearMonth

__all__ = [
    "ANY",
    "BOOLEAN",
    "CODES",
    "CONTEXT",
    "DATE",
    "DATETIME",
    "DAYS",
    "DURATION",
    "LENGTH",
    "LIST",
    "MINOR_DIGITS",
    "MONTHS",
    "NO_TYPES",
    "NULL",
    "NUMBER",
    "PLAIN",
    "SPAN",
    "TEXT",
    "TIME",
    "BudgetExceeded",
    "Cause",
    "Expression",
    "ExpressionError",
    "Filed",
    "Function",
    "Known",
    "NamedType",
    "NamedTypes",
    "Node",
    "NullReason",
    "Operand",
    "Range",
    "Row",
    "Shape",
    "Tests",
    "Traced",
    "Wording",
    "YearMonth",
    "choice_of",
    "compile_expression",
    "compile_tests",
    "context_of",
    "evaluate",
    "explain",
    "facts_of",
    "function_of_choice",
    "function_to",
    "list_of",
    "parse",
    "range_of",
    "text_of",
    "to_text",
    "trace",
]
