"""Messages: waited for, reacted to, sent, and joined by."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from hypothesis import strategies as st

from tests.kernel.engine.families.case import FullCase
from tests.kernel.engine.shapes import Writer
from tests.kernel.engine.wholeness import messages_waited_for
from tuoban.kernel import commands as c
from tuoban.kernel.definition import Aside, Wait

LEAVES = (st.tuples(st.just("message"), st.integers(0, 4)),)
SECTION = """
messages:
  ping: {en: Ping, fields: {kind: {type: text, en: Kind}, well: {type: boolean, en: Well}}}
  pong: {en: Pong}
"""
START = "  - {message: ping, as: pinged, matching: kind = message.kind and message.well}"


class MessageWriter(Writer):
    """Waits for messages, reactions to them, and what is sent."""

    def _message(self, variant: int, depth: int, before: list[str]) -> None:
        name = self._name("w")
        matching = "matching: kind = message.kind"
        says = (
            f"wait: {name}, message: ping, {matching}",
            f"wait: {name}, message: pong",
            f"wait: {name}, message: ping, {matching}, for: 2 hours",
            "send: ping, with: {kind: kind, well: true}",
            "send: pong, to: {system: ledger}",
        )[variant]
        self._add(depth, f"- {{{says}}}")
        if variant in (0, 2):
            step = self._name("s")
            self._add(depth, f"- {{step: {step}, by: worker, when: {name}.well = true}}")
            before.append(step)

    def _reaction(self, host: str) -> str:
        kind = next(self._kinds)
        if kind % 4:
            return super()._reaction(host)
        name, then = self._name("r"), self._name("rs")
        stops = ", interrupting: true" if kind % 8 else ""
        begun = f"then: [{{step: {then}, by: worker, when: {name}.well = true}}]"
        return f"{{message: ping, as: {name}, matching: message.well{stops}, {begun}}}"


def _deliver(case: FullCase, draw: st.DataObject, person: str) -> c.Command | None:
    if not case.definition.messages:
        return None
    number = draw.draw(st.integers(1, 5))
    name = draw.draw(st.sampled_from(["ping", "ping", "pong"]))
    sent_at = case.at - timedelta(minutes=number)
    return c.Deliver(f"{name}-{number}", name, _carried(name, number), sent_at)


def _carried(name: str, number: int) -> dict[str, Any]:
    """The same message carries the same, whenever it comes."""
    if name == "pong":
        return {}
    return {"kind": "hard" if number % 2 else "easy", "well": number != 3}


WISHES = (_deliver, _deliver)


def let_one_come(case: FullCase) -> bool:
    """Let a message come that the case waits for, if it does."""
    for each in messages_waited_for(case):
        message = case.definition.nodes[each.node].holding(Wait).message
        assert message is not None
        kind = case.state.values.get("kind")
        values = {"kind": kind, "well": True} if message.name == "ping" else {}
        case.carry_out(c.Deliver(f"last-{each.id}", message.name, values, case.at))
        return True
    return False


def check(case: FullCase) -> None:
    """Whatever took a message took it once, as long as that counts: in each process that runs on
    by itself."""
    state = case.state
    counting = {
        made.item: made.scope
        for history in state.completions.values()
        for made in history
        if made.counts
    }
    for each in state.received.values():
        takers = [
            (one.node, one.elements, _running_on(case, counting[one.number]))
            for one in each.takers
            if one.number in counting
        ]
        assert len(takers) == len(set(takers))


def _running_on(case: FullCase, scope: tuple[int, ...]) -> tuple[int, ...]:
    """The processes that nobody waits for, of the activations around."""
    definition, instances = case.definition, case.state.instances.items()
    owners = [(definition.regions[region].owner, found) for region, found in instances]
    return tuple(
        one.id
        for owner, found in owners
        if owner is not None and isinstance(definition.nodes[owner].construct, Aside)
        for one in found
        if one.id in scope
    )
