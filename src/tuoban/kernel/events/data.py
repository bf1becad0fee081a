"""What became of data: fields were given values, decided upon, corrected and erased."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from tuoban.kernel.decisions import Reason
from tuoban.kernel.immutable import immutable


@immutable(frozen=True, slots=True)
class FieldsSet:
    """Fields of the case took values, entered at the start (`item` 0) or with a work item, or given
    by a `set` (by nobody).

    They count as long as the completion of that item does.
    """

    item: int
    values: Mapping[str, Any]
    by: str | None
    place: int = 0
    """The activation whose copy of the fields it is; 0: they are the case's."""


@immutable(frozen=True, slots=True)
class DecisionMade:
    """A decision table was applied. Its number is drawn from the same row as those of work items.

    `inputs` holds the values it looked at, by the heads of its columns, without personal ones;
    `rules` the numbers of the rules that fitted, from 1, those that count more first; `outputs`
    the results by name, null where there is none, for the `reason` given.
    """

    number: int
    node: str
    activation: int
    inputs: Mapping[str, Any]
    rules: tuple[int, ...]
    outputs: Mapping[str, Any]
    reason: Reason | None
    at: datetime


@immutable(frozen=True, slots=True)
class AssignmentMade:
    """A `set` gave fields their values, which stand in events beside it under the same number.

    The number is drawn from the same row as those of work items. `unfit` says of which fields the
    value did not fit, so that they became empty: by field the code of the problem, `rule` where a
    rule of the field forbids it.
    """

    number: int
    node: str
    activation: int
    unfit: Mapping[str, str]
    at: datetime


@immutable(frozen=True, slots=True)
class FieldCorrected:
    """A field was given another value afterwards, which stands whatever becomes of the work with
    which the one before it was entered.

    The number is drawn from the same row as those of work items. `before` and `values` hold the
    field's value then and now; `before` holds None where it had none.
    """

    number: int
    by: str
    field: str
    before: Mapping[str, Any]
    values: Mapping[str, Any]
    reason: str
    at: datetime
    place: int = 0
    """The activation whose copy of the field it is; 0: it is the case's."""


@immutable(frozen=True, slots=True)
class FactsLearned:
    """The case took up what is known of a customer or an asset, as far as its pack reads it."""

    ref: str
    facts: Mapping[str, Any]


@immutable(frozen=True, slots=True)
class FactsWritten:
    """A `set` wrote facts to the file of a customer or an asset, under the number of its
    `AssignmentMade`."""

    number: int
    ref: str
    facts: Mapping[str, Any]
    at: datetime


@immutable(frozen=True, slots=True)
class ValuesErased:
    """Personal values were erased; `refs` are the references of their seals."""

    refs: tuple[str, ...]
    by: str
    reason: str
    at: datetime
