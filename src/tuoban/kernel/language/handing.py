"""Whether a value that is handed in can be held by the field that takes it."""

from __future__ import annotations

from tuoban.kernel.expressions import Expression
from tuoban.kernel.language.declared import Declaration
from tuoban.kernel.language.fitting import fits
from tuoban.kernel.language.scope import Scope, field_shape
from tuoban.kernel.language.tree import Scalar
from tuoban.kernel.language.workspace import Workspace


def read_handed(
    written: Scalar, taker: Declaration, scope: Scope, ws: Workspace
) -> Expression | None:
    """What a field is handed; None, reported, where it cannot hold that."""
    expression = scope.expression(written, ws.findings)
    if expression is None:
        return None
    if taker.is_computed:
        ws.findings.add(written.at(0), "computed-not-here", name=taker.name.text)
        return None
    if taker.type is not None and not fits(expression.shape, field_shape(taker)):
        facts = {"name": taker.name.text, "type": taker.type}
        ws.findings.add(written.at(0), "handed-unfit", **facts)
        return None
    return expression
