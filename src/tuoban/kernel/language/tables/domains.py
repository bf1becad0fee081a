"""What the inputs of a pack's tables may be, for what their rules leave out to be proved.

Only names by themselves are looked at: of calculated values nothing is claimed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from tuoban.kernel.decisions import Domain, domain_of
from tuoban.kernel.decisions.cells import cuts_of
from tuoban.kernel.decisions.constants import results
from tuoban.kernel.definition import Field, FieldType, Setting
from tuoban.kernel.expressions import Expression, Tests, choice_of
from tuoban.kernel.expressions import syntax as s
from tuoban.kernel.language.scope import Path, value_shape
from tuoban.kernel.language.tables.draft import Draft

_MOST = Decimal(10) ** 15
_BOUNDS: Mapping[FieldType, tuple[object, object, Decimal | None]] = {
    "integer": (-_MOST, _MOST, Decimal(1)),
    "number": (-_MOST, _MOST, Decimal("1E-10")),
    "percent": (-_MOST, _MOST, Decimal("1E-10")),
    "money": (-_MOST, _MOST, Decimal("0.01")),
    "date": (date(1900, 1, 1), date(2200, 12, 31), None),
    "datetime": (datetime(1900, 1, 2, tzinfo=UTC), datetime(2200, 12, 30, tzinfo=UTC), None),
    "duration": (timedelta(0), timedelta(days=36_525), None),
}
"""What can be entered: the least, the most, and the step."""
_SECOND = Decimal(1_000_000)  # durations lie on a line of microseconds

_COUNTED = frozenset({"count", "round"})


def plain_path(expression: Expression) -> Path | None:
    """The path of an expression that is but a name, `level` or `quote.outcome`."""
    tree = expression.tree
    if isinstance(tree, s.Path):
        return (tree.source.name, tree.name) if isinstance(tree.source, s.Name) else None
    return (tree.name,) if isinstance(tree, s.Name) else None


@dataclass(frozen=True, slots=True)
class Domains:
    """Knows what a name may stand for.

    Attributes:
        fields: those of the case; `own`: those of each step.
        decisions: the tables by the names under which their results are read.
        asked: the fields that some form insists on.
        settings: those of the organisation.
        decimals: those of the currency's minor unit.
    """

    fields: Mapping[str, Field]
    own: Mapping[str, Mapping[str, Field]]
    decisions: Mapping[str, Draft]
    asked: Collection[str]
    settings: Mapping[str, Setting | None]
    decimals: int = 2

    def of(self, head: Expression) -> Domain | None:
        """No value lies outside of it; None for an input that is not analysed."""
        path = plain_path(head)
        return self._domain(path, head) if path is not None else None

    def _domain(self, path: Path, head: Expression) -> Domain | None:
        root, *members = path
        if root in self.fields:
            return self._of_field(self.fields[root])
        if not members:
            return None
        member = members[0]
        if root == "case" and member in self.fields:
            return self._of_field(self.fields[member])
        if member in self.own.get(root, {}):
            return self._of_field(self.own[root][member])
        if member in _COUNTED:
            return Domain("number", low=Decimal(0), step=Decimal(1))
        if root in self.decisions:
            return _of_output(self.decisions[root], member)
        setting = self.settings.get(member) if root == "settings" else None
        if setting is not None:
            return self._bounded(domain_of(head.shape), setting.type)
        return domain_of(head.shape)

    def _of_field(self, field: Field) -> Domain | None:
        """All values of the type within the bounds."""
        keys = tuple(key for key, _ in field.options)
        domain = self._bounded(domain_of(value_shape(field.type, keys)), field.type)
        if domain is None:
            return None
        insisted = field.required or field.default is not None or field.name in self.asked
        low = domain.low if field.minimum is None else field.minimum
        high = domain.high if field.maximum is None else field.maximum
        return replace(domain, low=low, high=high, may_be_null=not insisted)

    def _bounded(self, domain: Domain | None, type_: FieldType) -> Domain | None:
        if domain is None or type_ not in _BOUNDS:
            return domain
        low, high, step = _BOUNDS[type_]
        if type_ == "money":
            step = Decimal((0, (1,), -self.decimals))
        return replace(domain, low=low, high=high, step=step)


def entered(domain: Domain, tests: Iterable[Tests]) -> Domain | None:
    """The part of a domain that people can enter; None where the tests name what they cannot:
    blanks around a text are not kept, and an empty one is none. Durations are whole seconds."""
    if domain.kind == "text":
        texts = [cut.value for each in tests for cut in cuts_of(each, "text") or ()]
        return domain if all(text and text == text.strip() for text in texts) else None
    return replace(domain, step=_SECOND) if domain.kind == "days" else domain


def _of_output(draft: Draft, name: str) -> Domain | None:
    """The texts that another table gives, where those are all it can give."""
    if draft.table is None or draft.policy.gives != "one":
        return None
    leaves = list(_leaves(draft, name))
    texts = tuple(leaf.value for leaf in leaves if isinstance(leaf, s.Text))
    return domain_of(choice_of(*dict.fromkeys(texts))) if len(texts) == len(leaves) > 0 else None


def _leaves(draft: Draft, name: str) -> Iterator[s.Node]:
    decision = draft.table.decision if draft.table is not None else None
    for at, column in enumerate(decision.outputs if decision is not None else ()):
        if decision is not None and column.name == name:
            entries = [row.entries[at] for row in decision.rows]
            entries += [column.default] if column.default is not None else []
            for entry in entries:
                yield from results(entry.tree)
