"""The steps of an evaluation: one function compiles each class of the grammar to a closure.

What the standard calls an error is null, so no step raises anything but `BudgetExceeded`.
"""

from tuoban.kernel.expressions.scope import Forms, Scope, Slots, Step
from tuoban.kernel.expressions.steps import access, calls, loops, operators
from tuoban.kernel.expressions.syntax import Node

_FORMS: Forms = {**access.FORMS, **operators.FORMS, **loops.FORMS, **calls.FORMS}


def compile_tree(node: Node) -> tuple[Step, int]:
    """The step of a whole expression, and how many slots its frames need."""
    slots = Slots()
    return Scope(_FORMS, slots).step(node), slots.count
