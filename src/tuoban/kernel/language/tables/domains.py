"""What the inputs of a pack's tables may be, for what their rules leave out to be proved.

Only names by themselves are looked at, and each only once: of calculated values, and of two that
hang together, nothing is claimed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from tuoban.kernel.decisions import Domain, domain_of
from tuoban.kernel.decisions.compiling import results
from tuoban.kernel.definition import Field
from tuoban.kernel.expressions import Expression, choice_of
from tuoban.kernel.expressions import syntax as s
from tuoban.kernel.language.scope import Path, value_shape
from tuoban.kernel.language.tables.draft import Draft

_STEPS = {"integer": Decimal(1), "money": Decimal("0.01")}
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
    """

    fields: Mapping[str, Field]
    own: Mapping[str, Mapping[str, Field]]
    decisions: Mapping[str, Draft]
    asked: Collection[str]

    def of(self, heads: Collection[Expression]) -> list[Domain | None]:
        """The domains of a table's inputs; None for one that is not analysed."""
        paths = [self._same(plain_path(head)) for head in heads]
        counts = Counter(paths)
        return [
            self._domain(path, head) if path is not None and counts[path] == 1 else None
            for path, head in zip(paths, heads, strict=True)
        ]

    def _same(self, path: Path | None) -> Path | None:
        """One path for one value: `case.level` is `level`."""
        if path is not None and path[0] == "case":
            return path[1:] if path[-1] in self.fields else None
        return path

    def _domain(self, path: Path, head: Expression) -> Domain | None:
        root, *members = path
        if root in self.fields:
            return self._of_field(self.fields[root])
        if not members:
            return None
        member = members[0]
        if member in self.own.get(root, {}):
            return self._of_field(self.own[root][member])
        if member in _COUNTED:
            return Domain("number", low=Decimal(0), step=Decimal(1))
        if root in self.decisions:
            return _of_output(self.decisions[root], member)
        return domain_of(head.shape)

    def _of_field(self, field: Field) -> Domain | None:
        """All values of the type within the bounds. What further rules forbid is not known."""
        keys = tuple(key for key, _ in field.options)
        domain = domain_of(value_shape(field.type, keys))
        if domain is None or any(not rule.warns for rule in field.rules):
            return None
        insisted = field.required or field.default is not None or field.name in self.asked
        return replace(
            domain,
            low=field.minimum,
            high=field.maximum,
            step=_STEPS.get(field.type),
            may_be_null=not insisted,
        )


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
