"""The steps of an evaluation: one function compiles each class of the grammar to a closure.

What the standard calls an error is null, so no step raises anything but `BudgetExceeded`.
"""

from tuoban.kernel.expressions.scope import Around, Forms, Scope, Slots, Step
from tuoban.kernel.expressions.steps import access, calls, loops, operators
from tuoban.kernel.expressions.syntax import TESTED, Node, UnaryTests
from tuoban.kernel.expressions.types import NO_TYPES, NamedTypes

_FORMS: Forms = {**access.FORMS, **operators.FORMS, **loops.FORMS, **calls.FORMS}


def compile_tree(
    node: Node, types: NamedTypes = NO_TYPES, around: Around | None = None
) -> tuple[Step, int]:
    """The step of a whole expression, and how many slots its frames need."""
    slots = Slots()
    return Scope(_FORMS, slots, types, around).step(node), slots.count


def compile_tests(node: UnaryTests, types: NamedTypes = NO_TYPES) -> tuple[Step, int]:
    """The same for unary tests; the value that is tested is in the first slot."""
    slots = Slots()
    scope, _ = Scope(_FORMS, slots, types).declare(TESTED)
    return scope.step(node), slots.count
