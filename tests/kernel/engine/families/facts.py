"""Customers and assets: read by conditions, written by `set`, changed by others meanwhile."""

from __future__ import annotations

from hypothesis import strategies as st

from tests.kernel.engine.families.case import FullCase
from tests.kernel.engine.shapes import Writer
from tuoban.kernel import commands as c
from tuoban.kernel import events as e

LEAVES = (st.tuples(st.just("fact"), st.integers(0, 8)),)
SECTION = """
kinds:
  machine:
    en: Machine
    facts:
      plate: {type: text, en: Plate}
      hours: {type: integer, en: Hours, min: 0}
      level: {type: choice, en: Level, options: {gold: Gold, plain: Plain}}
      marks: {type: list, of: text, en: Marks}
      wards: {type: list, of: child, en: Wards}
  customer:
    en: Customer
    facts: {level: {type: choice, en: Level, options: {gold: Gold, plain: Plain}}}
"""
FIELDS = """
  thing: {type: asset, kind: machine, en: Thing}
  buyer: {type: customer, en: Buyer}
"""


class FactWriter(Writer):
    """What reads and writes files."""

    def _fact(self, variant: int, depth: int, before: list[str]) -> None:
        name, back = self._name("s"), self._back(before)
        if variant == 6:
            own = f"{name}_own"
            fields = f"fields: {{{own}: {{type: asset, kind: machine, en: Own}}}}, form: [{own}]"
            self._add(depth, f"- {{step: {name}, by: worker, {fields}{back}}}")
            self._add(depth, f"- {{set: {name}.{own}.hours, to: 3}}")
            before.append(name)
            return
        if variant < 2 or variant == 7:
            says = {
                0: "thing.hours, to: amount",
                1: "{thing.level: buyer.level}",
                7: '{thing.marks: \'["scratched", "dented"]\', thing.wards: children}',
            }[variant]
            self._add(depth, f"- {{set: {says}}}")
            return
        says = {
            2: ', when: thing.level = "gold"',
            3: ', needs: [{that: "coalesce(thing.hours, 0) >= 0", else: Not yet}]',
            4: ", when: thing.cases > 1",
            5: ", form: [thing]" if not self._together else ', when: buyer.level = "gold"',
            8: ', when: "count(thing.marks) != 1 or count(thing.wards) > 0"',
        }[variant]
        self._add(depth, f"- {{step: {name}, by: worker{says}{back}}}")
        before.append(name)


def _change(case: FullCase, draw: st.DataObject, person: str) -> c.Command:
    """Somebody changes a file."""
    ref = draw.draw(st.sampled_from(["asset-1", "asset-2", "customer-1"]))
    level = draw.draw(st.sampled_from([None, "gold", "plain"]))
    hours = {} if ref == "customer-1" else {"hours": draw.draw(st.sampled_from([None, 0, 20]))}
    case.opened[ref] = {**case.opened[ref], "level": level, **hours}
    return c.Recheck()


def _name_another(case: FullCase, draw: st.DataObject, person: str) -> c.Command:
    """The case is about another thing, or about one that is not there."""
    thing = draw.draw(st.sampled_from(["asset-1", "asset-2", "asset-9", ""]))
    return c.Correct("wang", "thing", thing, "mistaken")


WISHES = (_change, _name_another)


def check(case: FullCase) -> None:
    """The case knows what it reads of whatever it names, and nothing was written to nothing."""
    for event in case.journal:
        if isinstance(event, e.FactsWritten):
            assert event.ref in case.opened
