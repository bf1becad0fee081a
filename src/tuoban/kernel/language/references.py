"""Fields that name a customer or an asset: of what kind that is, and what is known of it."""

from __future__ import annotations

from tuoban.kernel.facts import CUSTOMER
from tuoban.kernel.language.declared import Declaration
from tuoban.kernel.language.names import unknown
from tuoban.kernel.language.reading import Properties, as_text
from tuoban.kernel.language.workspace import Workspace


def kind_of(
    type_: str, properties: Properties, ws: Workspace
) -> tuple[str, dict[str, Declaration] | None]:
    """The kind of what a field names, with its facts; None: it was reported."""
    if type_ == CUSTOMER:
        draft = ws.kinds.get(CUSTOMER)
        return CUSTOMER, draft.facts if draft is not None else {}
    name = as_text(properties.need("kind"), ws.findings)
    if name is None:
        return "", None
    known = [each for each in ws.kinds if each != CUSTOMER]
    if name.text not in known:
        unknown(name, ws.findings, "unknown-kind", name.text, known)
        return name.text, None
    return name.text, ws.kinds[name.text].facts
