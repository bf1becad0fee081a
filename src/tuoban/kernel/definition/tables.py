"""Decision tables, as a pack declares them."""

from __future__ import annotations

from dataclasses import dataclass

from tuoban.kernel.decisions import Decision
from tuoban.kernel.definition.fields import Field
from tuoban.kernel.text import Text


@dataclass(frozen=True, slots=True)
class TableInput:
    """What a table looks at: `text` as its head has it, `path` where that is but a name.

    The value of a `personal` one is never kept.
    """

    text: str
    path: tuple[str, ...] | None = None
    personal: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A decision table. `outputs` say as what their values are kept, and how they are called."""

    name: str
    label: Text
    decision: Decision
    inputs: tuple[TableInput, ...]
    outputs: tuple[Field, ...]
