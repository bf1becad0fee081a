"""Decision tables (DMN 1.5, chapter 8): immutable values, compiled once, evaluated many times.

`compile_table` checks every cell and reports all problems at once; the `Decision` it gives is
called with a context and answers with an `Outcome`. `coverage` proves, where the inputs allow it,
what a table leaves out and where its rules meet.
"""

from tuoban.kernel.decisions.compiling import compile_table
from tuoban.kernel.decisions.coverage import Coverage, Overlap, coverage
from tuoban.kernel.decisions.decision import DEFAULT_BUDGET, Decision, Outcome
from tuoban.kernel.decisions.pieces import Domain, domain_of
from tuoban.kernel.decisions.policies import POLICIES, REASONS, Letter, Policy, Reason
from tuoban.kernel.decisions.problems import TEXTS, Cell, TableError, TableProblem
from tuoban.kernel.decisions.table import DecisionTable, Input, Output, Rule

__all__ = [
    "DEFAULT_BUDGET",
    "POLICIES",
    "REASONS",
    "TEXTS",
    "Cell",
    "Coverage",
    "Decision",
    "DecisionTable",
    "Domain",
    "Input",
    "Letter",
    "Outcome",
    "Output",
    "Overlap",
    "Policy",
    "Reason",
    "Rule",
    "TableError",
    "TableProblem",
    "compile_table",
    "coverage",
    "domain_of",
]
