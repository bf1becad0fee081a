"""What people may wish at random, legal or not, and what may change around them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

from hypothesis import strategies as st

from tests.kernel.engine.playing import Play
from tuoban.kernel import commands as c
from tuoban.kernel.definition import Reaction
from tuoban.kernel.engine import hosts
from tuoban.kernel.engine.jumping import targets
from tuoban.kernel.engine.planning import addable
from tuoban.kernel.state import At, Completion, Part
from tuoban.kernel.surroundings import Deputy

PEOPLE = ("li", "han", "zhou", "wang", "far", "nobody")


def commands(play: Play, draw: st.DataObject) -> Iterator[c.Command]:
    """One random wish, legal or not."""
    numbers = [*play.state.items, play.state.last_item + 5, 1]
    item = draw.draw(st.sampled_from(numbers))
    person = draw.draw(st.sampled_from(PEOPLE))
    live = play.state.items.get(item)
    targets = play.definition.nodes[live.node].step.returns_to if live else ()
    match draw.draw(st.integers(0, 15)):
        case 0:
            yield c.Claim(person, item)
        case 1:
            yield c.Release(person, item)
        case 2:
            yield c.Transfer(person, item, draw.draw(st.sampled_from(PEOPLE)), "swap")
        case 3 if targets:
            of = draw.draw(st.sampled_from([(), (1,), (2,), (3,), (1, 1), (2, 1), (1, 2)]))
            yield c.Return(person, item, draw.draw(st.sampled_from(targets)), "again", of)
        case 4 if play.state.timers:
            play.wait(minutes=draw.draw(st.sampled_from([0, 5, 40, 300, 2_000])))
            # The machine's clock is put back, or nobody fires what has come.
            play.at += timedelta(minutes=draw.draw(st.sampled_from([-30, 0, 0, 0, 500])))
        case 6:
            clock = draw.draw(st.sampled_from([0, *play.state.clocks]))
            yield c.Extend(person, clock, draw.draw(st.sampled_from(["1 hour", "2 workdays"])), "x")
        case 5 | 13:
            yield _asking(play, draw, person)
        case 10 | 11 | 12:
            yield _operation(play, draw, item, person)
        case 7 | 8:
            _change_surroundings(play, draw)
            yield c.Recheck()
        case _:
            yield _doing(play, person, item, draw)


def _asking(play: Play, draw: st.DataObject, person: str) -> c.Command:
    """More work is asked for where a plan has some, or the case is put aside."""
    possible = list(addable(play.definition, play.state))
    adds: bool = draw.draw(st.booleans())
    if possible and adds:
        where = draw.draw(st.sampled_from(possible))
        return c.Add(person, where.node, where.activation, "needed")
    return c.Resume(person) if play.state.suspended else c.Suspend(person, "waiting")


def _answering(play: Play, draw: st.DataObject) -> c.Command:
    """What the case waits for comes to its end, or is given up; no call at all, perhaps."""
    number = draw.draw(st.sampled_from([*play.state.waits]))
    if draw.draw(st.integers(0, 3)) == 0:
        return c.GiveUp(draw.draw(st.sampled_from(PEOPLE)), number, "too long")
    outcome = draw.draw(st.sampled_from([None, "fixed", "cancelled"]))
    return c.Answer(number, outcome, "V-1", {"good": draw.draw(st.booleans())})


def _doing(play: Play, person: str, item: int, draw: st.DataObject) -> c.Command:
    """Work is completed, or a button pressed where there is one, or a call answered."""
    answers: bool = bool(play.state.waits) and draw.draw(st.booleans())
    if answers:
        return _answering(play, draw)
    possible = list(hosts.possible(play.definition, play.state))
    if possible and draw.draw(st.sampled_from([True, True, False])):
        where: At = draw.draw(st.sampled_from(possible))
        form = play.definition.nodes[where.node].holding(Reaction).form
        good: bool = draw.draw(st.booleans())
        given = {"good": good} if form else {}
        return c.React(
            draw.draw(st.sampled_from(["li", "wang", person])), where.node, where.activation, given
        )
    live = play.state.items.get(item)
    if live is not None and live.part is not None:
        if draw.draw(st.integers(0, 3)) == 0:
            return c.RefuseToSign(person, item, "not right")
        return c.Sign(person, item, shown(play, live.part), stamped=True)
    outcome = draw.draw(st.sampled_from([None, "yes_", "no_"]))
    ticked = frozenset(["1"]) if live and play.definition.nodes[live.node].step.checklist else None
    return c.Complete(person, item, outcome, _entered(play, item, draw), ticked or frozenset())


def shown(play: Play, part: Part) -> str:
    """What the signers of a work item are shown."""
    signing = play.state.items[part.of].signing
    return signing.shown if signing is not None else ""


def _operation(play: Play, draw: st.DataObject, item: int, person: str) -> c.Command:
    made = _completed(play)
    match draw.draw(st.integers(0, 8)):
        case 0:
            return c.Urge(person, item)
        case 2:
            return c.Delegate(person, item, draw.draw(st.sampled_from(PEOPLE)), "help")
        case 3:
            return c.GetBack(person, item)
        case 4 if item in play.state.items:
            node = play.definition.nodes[play.state.items[item].node]
            steps = targets(play.definition, node) or (node.key,)
            return c.Jump("wang", item, draw.draw(st.sampled_from(steps)), "so be it")
        case 5 if draw.draw(st.integers(0, 9)) == 0:
            return c.Cancel(person, "mistake")
        case 6:
            return _correction(play, draw, person)
        case 1:
            return c.CopyTo(person, draw.draw(st.sampled_from(PEOPLE)))
    again = draw.draw(st.booleans())
    if made and again:
        done = draw.draw(st.sampled_from(made))
        by = draw.draw(st.sampled_from([done.by, done.by, person]))
        return c.Withdraw(by, done.item)
    return c.Open(person, item)


def _correction(play: Play, draw: st.DataObject, person: str) -> c.Command:
    """Of a field of the case, or of a copy of what a block declares."""
    by = draw.draw(st.sampled_from([person, "wang"]))
    fields: list[tuple[int, str, Any]] = [
        (0, "kind", "hard"),
        (0, "amount", "20"),
        (0, "wanted_at", "2026-03-03 10:00"),
    ]
    fields += [
        (each.id, name, draw.draw(st.booleans()))
        for region, instances in play.state.instances.items()
        for each in instances
        for name in play.definition.place_fields.get(
            play.definition.regions[region].owner or "", ()
        )
    ]
    place, name, value = draw.draw(st.sampled_from(fields))
    return c.Correct(by, name, value, "mistyped", place)


def _completed(play: Play) -> list[Completion]:
    return [each for made in play.state.completions.values() for each in made if each.by]


def _change_surroundings(play: Play, draw: st.DataObject) -> None:
    """Let the unit have other hours, somebody another role, or be away."""
    match draw.draw(st.integers(0, 3)):
        case 0 | 1:
            office = draw.draw(st.sampled_from(["office@1", "office@2"]))
            play.hours = replace(play.hours, units={"east": office})
        case 2:
            _change_roles(play, draw.draw(st.sampled_from(["li", "han"])))
        case _:
            _be_away(play, draw, draw.draw(st.sampled_from(["li", "han", "zhou", "wang"])))


def _be_away(play: Play, draw: st.DataObject, person: str) -> None:
    """Let the person be away, with a deputy perhaps, or be back."""
    away = dict(play.directory.away)
    if person in away:
        del away[person]
    else:
        named = draw.draw(st.sampled_from([None, "li", "han", "zhou", "far"]))
        empowered = draw.draw(st.booleans())
        away[person] = Deputy(named, empowered=empowered) if named is not None else None
    play.directory = replace(play.directory, away=away)


def _change_roles(play: Play, person: str) -> None:
    """Give the person the role of workers, or take it away."""
    holders = dict(play.directory.holders)
    holders["worker", "east"] = holders["worker", "east"] ^ {person}
    play.directory = replace(play.directory, holders=holders)


def _entered(play: Play, item: int, draw: st.DataObject) -> dict[str, Any]:
    """What is typed into the form of a step."""
    live = play.state.items.get(item)
    form = play.definition.nodes[live.node].step.form if live else ()
    names = [entry.field for section in form for entry in section.entries]
    return {name: _value(name, draw) for name in names}


def _value(field: str, draw: st.DataObject) -> Any:
    match field.partition("_")[0]:
        case "wanted" | "until":
            day = draw.draw(st.sampled_from([None, "2026-03-01", "2026-03-02", "2026-03-05"]))
            return day and f"{day} 10:00"
        case "kind":
            return "easy"
    return draw.draw(st.booleans())
