"""Random sound processes, random histories: what must hold whatever happens."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from itertools import count
from typing import Any

import pytest
from hypothesis import given, reject, settings
from hypothesis import strategies as st

from tests.kernel.engine.playing import OFFICE, Play, define
from tests.kernel.engine.playing import replay as replayed
from tuoban.kernel import commands as c
from tuoban.kernel import events as e
from tuoban.kernel.clocks import due
from tuoban.kernel.codec import decode, encode
from tuoban.kernel.definition import Reaction
from tuoban.kernel.engine import hosts
from tuoban.kernel.engine.jumping import targets
from tuoban.kernel.language import PackError
from tuoban.kernel.limits import GOES_ON, WAITS
from tuoban.kernel.refusals import Refused
from tuoban.kernel.state import At, Completion, Item

PEOPLE = ("li", "han", "zhou", "wang", "far", "nobody")

Shape = tuple[str, Any]
LEAF: st.SearchStrategy[Shape] = st.one_of(
    st.tuples(st.just("step"), st.integers(0, 22)),
    st.tuples(st.just("decide"), st.none()),
    st.tuples(st.just("wait"), st.integers(0, 3)),
    st.tuples(st.just("set"), st.integers(0, 2)),
    st.tuples(st.just("tell"), st.none()),
)


def _blocks(inner: st.SearchStrategy[Shape]) -> st.SearchStrategy[Shape]:
    run = st.lists(inner, min_size=1, max_size=3)
    runs = st.lists(run, min_size=2, max_size=3)
    return st.one_of(
        st.tuples(st.just("stage"), run),
        st.tuples(st.just("choose"), runs),
        st.tuples(st.just("parallel"), runs),
        st.tuples(st.just("repeat"), run),
        st.tuples(st.just("each"), st.tuples(st.integers(0, 7), run)),
    )


SHAPES = st.lists(st.recursive(LEAF, _blocks, max_leaves=8), min_size=1, max_size=4)


class _Writer:
    """Writes a random shape as a pack, with returns to the steps that stand before in line."""

    def __init__(self, first: int = 0) -> None:
        self._numbers = count(1)
        self._kinds = count(first)
        self._lines: list[str] = []
        self._decided = ""
        self._noted: list[str] = []
        """The fields of the blocks around."""
        self._together = 0
        """How many lists around have their elements done together."""

    def text(self, shapes: list[Shape]) -> str:
        self._run(shapes, 0, [])
        self._lines.append("- end: closed")
        return "\n".join(self._lines)

    def _name(self, kind: str) -> str:
        return f"{kind}_{next(self._numbers)}"

    def _add(self, depth: int, text: str) -> None:
        self._lines.append("  " * depth + text)

    def _run(self, shapes: list[Shape], depth: int, before: list[str]) -> None:
        before = list(before)
        for kind, inside in shapes:
            if kind == "step":
                before.append(self._step(inside, depth, before))
            else:
                getattr(self, f"_{kind}")(inside, depth, before)

    def _step(self, variant: int, depth: int, before: list[str]) -> str:
        name = self._name("s")
        if self._together and variant in (11, 12):
            variant = 19  # elements that run together may not write the same field of the case
        extra = {
            0: "",
            1: ", within: 30 minutes, late: {at the limit: escalate to boss}",
            2: ", outcomes: {yes_: Yes, no_: No}",
            3: ', when: kind = "hard"',
            4: f", by: {{role: worker, not: {before[-1]}}}" if before else "",
            5: f", within: {self._decided}.limit" if self._decided else "",
            6: ", within: 2 working hours, late: {every hour after: tell performer}",
            7: ", opens: 1 working hour after start.at, within: 1 workday",
            8: ", due: 1 workday after start.at, late: {30 minutes before: tell performer}",
            9: ", within: {limit: 1 hour, stops-while: good = true, calendar: performer}",
            10: ", within: [{clock: a, limit: 1 hour}, {clock: b, limit: 1 day, from: start.at}]",
            11: ", form: [good, kind]",
            12: ", form: [wanted_at]",
            13: ", opens: wanted_at, within: {limit: 2 hours, from: wanted_at}",
            14: ", by: {role: worker, agree: all}, outcomes: {yes_: Yes, no_: No}",
            15: ", by: {role: [worker, checker], agree: 60 %}, within: 1 hour",
            16: ", by: {role: worker, pick: least-loaded, in: case.unit}",
            17: ", by: {role: worker, pick: round-robin}, transfer-to: checker",
            18: ", tell: {performer: inbox, boss: inbox}",
            19: f", form: [{self._noted[-1]}]" if self._noted else "",
            21: ", within: 30 minutes, late: {at the limit: [tell boss, move on]}",
            22: ", within: 30 minutes, late: {at the limit: {step: "
            + self._name("late")
            + ", by: worker}}",
            20: f", when: {self._noted[-1]} != true" if self._noted else "",
        }[variant]
        by = "" if extra.startswith(", by") else ", by: worker"
        back = f", returns-to: [{', '.join(before[-2:])}]" if before else ""
        during = f", during: [{self._reaction(name)}]" if variant in (2, 9) else ""
        self._add(depth, f"- {{step: {name}{by}{extra}{back}{during}}}")
        return name

    def _reaction(self, host: str) -> str:
        """What may happen while a host is active, of another kind each time."""
        name, then = self._name("r"), self._name("rs")
        begun = f"then: [{{step: {then}, by: worker}}]"
        return (
            f"{{on: {name}, by: worker, form: [good], {begun}}}",
            f"{{on: {name}, by: worker, interrupting: true, {begun}}}",
            f"{{when: good = true, as: {name}, {begun}}}",
            f"{{when: good = true, as: {name}, interrupting: true, {begun}}}",
            f"{{every: 1 day, as: {name}, {begun}}}",
            f"{{on: {name}, by: worker, interrupting: true}}",
            f"{{at: 1 hour after start.at, as: {name}, interrupting: true, {begun}}}",
            f"{{on: {name}, by: boss, then: [{{step: {then}, by: worker, when: good = true}}]}}",
        )[next(self._kinds) % 8]

    def _during(self, depth: int, host: str) -> None:
        count_of = 1 + next(self._numbers) % 2
        for number in range(count_of):
            if number == 0:
                self._add(depth + 1, "during:")
            self._add(depth + 2, f"- {self._reaction(host)}")

    def _decide(self, inside: None, depth: int, before: list[str]) -> None:
        self._decided = self._name("d")
        self._add(depth, f"- {{decide: grade, as: {self._decided}}}")

    def _wait(self, variant: int, depth: int, before: list[str]) -> None:
        says = (
            "for: 90 minutes",
            "for: {limit: 3 working hours, calendar: always}",
            "until: 1 working hour after wanted_at",
            "until: wanted_at",
        )[variant]
        self._add(depth, f"- {{wait: {self._name('w')}, {says}}}")

    def _set(self, variant: int, depth: int, before: list[str]) -> None:
        says = (
            "amount, to: amount - 3",
            "wanted_at, to: now",
            '{kind: if good then "easy" else "hard", good: null}',
        )[variant]
        self._add(depth, f"- {{set: {says}}}")

    def _tell(self, inside: None, depth: int, before: list[str]) -> None:
        self._add(depth, '- {tell: {boss: inbox}, text: "{amount} for {name}"}')

    def _stage(self, run: list[Shape], depth: int, before: list[str]) -> None:
        stage = self._name("stage")
        self._add(depth, f"- stage: {stage}")
        self._timed(depth)
        self._during(depth, stage)
        self._inside(run, depth, before)

    def _inside(self, run: list[Shape], depth: int, before: list[str]) -> None:
        """The steps of a block, which declares a field for them."""
        self._noted.append(self._name("note"))
        self._add(depth + 1, f"fields: {{{self._noted[-1]}: {{type: boolean, en: Note}}}}")
        self._add(depth + 1, "steps:")
        self._run(run, depth + 2, before)
        self._noted.pop()

    def _each(self, inside: tuple[int, list[Shape]], depth: int, before: list[str]) -> None:
        variant, run = inside
        elements = ("[9][item = 1]", "[1]", "[1, 2]", "[1, 2, 3]")[variant % 4]
        decided, together = self._decided, variant < 4
        part = self._name("part")
        self._add(depth, f"- each: {part}")
        self._add(depth + 1, f"in: '{elements}'")
        if not together:
            self._add(depth + 1, "order: one by one")
        self._timed(depth)
        self._during(depth, part)
        begun = len(self._lines)
        self._together += together
        self._inside(run, depth, before)
        self._together -= together
        self._decided = decided  # what is decided inside is not known behind it
        steps = re.findall(r"step: (s_\d+)", "\n".join(self._lines[begun:]))
        if steps and next(self._numbers) % 3 == 0:
            enough = f"{'  ' * (depth + 1)}enough-when: count({steps[-1]}.all) >= 2"
            self._lines.insert(begun, enough)

    def _timed(self, depth: int) -> None:
        """Limits of a block, of another kind for each block that is written."""
        keys = (
            (),
            ("within: 3 working hours", "late: {at the limit: escalate to boss}"),
            ("opens: 2 working hours after start.at",),
            ("due: 2 workdays after start.at", "within: {limit: 1 day, stops-while: good = true}"),
            ("opens: wanted_at", "due: 2 hours after wanted_at"),
        )[next(self._numbers) % 5]
        for key in keys:
            self._add(depth + 1, key)

    def _choose(self, runs: list[list[Shape]], depth: int, before: list[str]) -> None:
        self._add(depth, "- choose:")
        for number, run in enumerate(runs[:-1]):
            condition = ('kind = "hard"', "amount > 10")[number % 2]
            self._add(depth + 2, f"- when: {condition}")
            self._add(depth + 3, "then:")
            self._run(run, depth + 4, before)
        self._add(depth + 2, "- otherwise:")
        self._run(runs[-1], depth + 4, before)

    def _parallel(self, runs: list[list[Shape]], depth: int, before: list[str]) -> None:
        self._add(depth, "- parallel:")
        for run in runs:
            self._stage(run, depth + 2, before)
        self._add(depth + 1, f"join: {('all', 'any', '2')[next(self._numbers) % 3]}")

    def _repeat(self, run: list[Shape], depth: int, before: list[str]) -> None:
        loop = self._name("loop")
        self._add(depth, f"- repeat: {loop}")
        self._timed(depth)
        self._during(depth, loop)
        self._add(depth + 1, f"until: {loop}.round >= 2")
        self._add(depth + 1, "at-most: 3")
        self._inside(run, depth, before)


def _commands(play: Play, draw: st.DataObject) -> Iterator[c.Command]:
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
        case 5:
            yield c.Suspend(person, "waiting") if not play.state.suspended else c.Resume(person)
        case 6:
            clock = draw.draw(st.sampled_from([0, *play.state.clocks]))
            yield c.Extend(person, clock, draw.draw(st.sampled_from(["1 hour", "2 workdays"])), "x")
        case 10 | 11 | 12:
            yield _operation(play, draw, item, person)
        case 7 | 8:
            _change_surroundings(play, draw)
            yield c.Recheck()
        case _:
            yield _doing(play, person, item, draw)


def _doing(play: Play, person: str, item: int, draw: st.DataObject) -> c.Command:
    """Work is completed, or a button pressed where there is one."""
    possible = list(hosts.possible(play.definition, play.state))
    if possible and draw.draw(st.sampled_from([True, True, False])):
        where: At = draw.draw(st.sampled_from(possible))
        form = play.definition.nodes[where.node].holding(Reaction).form
        good: bool = draw.draw(st.booleans())
        given = {"good": good} if form else {}
        return c.React(
            draw.draw(st.sampled_from(["li", "wang", person])), where.node, where.activation, given
        )
    outcome = draw.draw(st.sampled_from([None, "yes_", "no_"]))
    return c.Complete(person, item, outcome, _entered(play, item, draw))


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
    """Let the unit have other hours, or somebody another role."""
    if draw.draw(st.booleans()):
        office = draw.draw(st.sampled_from(["office@1", "office@2"]))
        play.hours = replace(play.hours, units={"east": office})
    else:
        _change_roles(play, draw.draw(st.sampled_from(["li", "han"])))


def _change_roles(play: Play, person: str) -> None:
    """Give the person the role of workers, or take it away."""
    holders = dict(play.directory.holders)
    holders["worker", "east"] = holders["worker", "east"] ^ {person}
    play.directory = replace(play.directory, holders=holders)


def _entered(play: Play, item: int, draw: st.DataObject) -> dict[str, Any]:
    """What is typed into the form of a step."""
    live = play.state.items.get(item)
    form = play.definition.nodes[live.node].step.form if live else ()
    if any(entry.field == "wanted_at" for section in form for entry in section.entries):
        day = draw.draw(st.sampled_from([None, "2026-03-01", "2026-03-02", "2026-03-05"]))
        return {"wanted_at": day and f"{day} 10:00"}
    notes = [each.field for section in form for each in section.entries if "note" in each.field]
    if notes:
        return dict.fromkeys(notes, draw.draw(st.booleans()))
    return {"good": draw.draw(st.booleans()), "kind": "easy"} if form else {}


def _check_whole(play: Play) -> None:
    """No token lost or doubled, and the journal tells it all."""
    state = play.state
    assert replayed(play.begun_with, play.journal, play.versions) == state
    assert decode(encode(state)) == state
    nodes = [
        (item.node, item.activation, item.person if _is_joint(play, item) else "")
        for item in state.items.values()
    ]
    assert len(nodes) == len(set(nodes))
    for live in state.activations.values():
        assert live.parent is None or live.parent in state.activations
    assert all(item.activation in state.activations for item in state.items.values())
    made = [each for history in state.completions.values() for each in history]
    numbers = [each.item for each in made]
    assert len(numbers) == len(set(numbers))
    assert all(number <= state.last_item for number in numbers)
    for each in made:
        kind = play.definition.nodes[each.node].kind
        by_itself = kind in ("decide", "wait", "set") or each.outcome == "timeout"
        assert by_itself == (each.by == "") or kind == "reaction"
    _check_clocks(play)
    _check_hosts(play)
    if state.status == "running":
        assert state.items or any(each.limit in GOES_ON for each in state.clocks.values())
    else:
        assert not state.items
        assert not state.waits
        assert not state.activations
        assert not state.timers
        assert not state.clocks


def _is_joint(play: Play, item: Item) -> bool:
    """Whether the work is a part of a step that several people do; nobody has two."""
    return play.definition.nodes[item.node].step.by.agree is not None and item.person is not None


def _check_hosts(play: Play) -> None:
    """Whatever waits for its reactions has one that runs; what has become true is still there."""
    state, definition = play.state, play.definition
    for each in state.waiting:
        host = definition.nodes[each.node]
        assert hosts.is_running(definition, state, host, each.activation)
    for each in (*state.waiting, *state.held):
        assert each.activation in state.activations
    assert len(set(state.waiting)) == len(state.waiting)


def _check_clocks(play: Play) -> None:
    """Every clock is for something that is there, and its ledger gives its due moment."""
    state = play.state
    assert {timer.clock for timer in state.timers.values()} <= set(state.clocks)
    calendars = play.surroundings().calendars
    for clock in state.clocks.values():
        assert due(clock.ledger, calendars) == clock.due
        if clock.item is not None:
            assert state.items[clock.item].node == clock.node
        else:
            assert clock.activation in state.activations
    waits = {(each.node, each.activation) for each in state.waits.values()}
    waiting = [each for each in state.clocks.values() if each.limit == WAITS]
    assert {(each.node, each.activation) for each in waiting} == waits
    kinds = [(each.node, each.activation, each.item, each.limit) for each in state.clocks.values()]
    assert len(kinds) == len(set(kinds))


def _finish(play: Play) -> None:
    """From wherever the case stands it can still end."""
    for _ in range(400):
        play.wait(minutes=0)  # what opens by now may be all that the case was waiting for
        if play.state.status == "ended":
            return
        if play.state.suspended:
            play.carry_out(c.Resume("wang"))
        ready = [each for each in play.state.items.values() if each.locked is None]
        if not ready:
            opens = [each.due for each in play.state.clocks.values() if each.limit in GOES_ON]
            play.wait(seconds=max(0, (min(filter(None, opens)) - play.at).total_seconds()))
            continue
        if not any(_complete(play, item) for item in ready):
            raise AssertionError(f"nobody can complete any of {ready}")
    raise AssertionError("the case does not end")


def _complete(play: Play, item: Item) -> bool:
    """Whether somebody could complete the work. A step waits for what its reactions have begun."""
    step = play.definition.nodes[item.node].step
    outcome = step.outcomes[0].key if step.outcomes else None
    for person in _doers(play, item):
        with suppress(Refused):
            play.carry_out(c.Complete(person or "li", item.id, outcome))
            return True
    return False


def _play(shapes: list[Shape], draw: st.DataObject, moves: int) -> None:
    try:
        definition = define(_Writer(draw.draw(st.integers(0, 7))).text(shapes))
    except PackError as error:
        # Branches that run together may have been given the same field to fill in.
        if {each.code for each in error.problems} <= {"two-writers", "elements-write"}:
            reject()
        raise
    play = Play(definition, hours=OFFICE)
    kind = draw.draw(st.sampled_from(["easy", "hard"]))
    wanted_at = draw.draw(st.sampled_from([None, "2026-03-02 08:00", "2026-03-04 10:00"]))
    play.start(kind=kind, amount=draw.draw(st.integers(0, 20)), wanted_at=wanted_at)
    _check_whole(play)
    for _ in range(moves):
        if play.state.status == "ended":
            break
        before = play.state
        try:
            for command in _commands(play, draw):
                _carry_out(play, command)
        except Refused:
            assert play.state is before
        _check_whole(play)
    _stop_forbidding(play)
    _finish(play)
    _check_whole(play)


def _carry_out(play: Play, command: c.Command) -> None:
    """One that interrupts withdraws what is said beforehand, no more and no less."""
    said = _would_withdraw(play, command)
    done = play.carry_out(command)
    if said is None:
        return
    begun = next(place for place, each in enumerate(done) if isinstance(each, e.ReactionBegun))
    withdrawn = {each.item for each in done[:begun] if isinstance(each, e.ItemWithdrawn)}
    assert withdrawn == said


def _would_withdraw(play: Play, command: c.Command) -> set[int] | None:
    if not isinstance(command, c.React) or command.activation is None:
        return None
    if any(timer.at <= play.at for timer in play.state.timers.values()):
        return None  # what has come due comes first
    reaction = play.definition.nodes[command.node].construct
    if not isinstance(reaction, Reaction) or not reaction.interrupting:
        return None
    where = At(reaction.host, command.activation)
    return {each.id for each in hosts.open_inside(play.definition, play.state, where)}


def _stop_forbidding(play: Play) -> None:
    """Hire a newcomer, so that a rule against the same person cannot hold the case for ever."""
    _hire(play, "nobody")
    play.carry_out(c.Recheck())


def _doers(play: Play, item: Item) -> Iterator[str | None]:
    """Who may be able to do it; a newcomer, if everybody did together what bars from it."""
    yield item.person
    yield from PEOPLE
    yield _hire(play, f"new{item.id}")


def _hire(play: Play, person: str) -> str:
    """Somebody new becomes a worker."""
    holders = dict(play.directory.holders)
    holders["worker", "east"] |= {person}
    play.directory = replace(
        play.directory, holders=holders, people=play.directory.people | {person}
    )
    return person


@given(shapes=SHAPES, draw=st.data())
@settings(max_examples=150, deadline=None)
def test_histories_stay_whole_and_can_end(shapes: list[Shape], draw: st.DataObject) -> None:
    _play(shapes, draw, moves=15)


@pytest.mark.long
@given(shapes=SHAPES, draw=st.data())
@settings(max_examples=2_000, deadline=None)
def test_long_histories_stay_whole_and_can_end(shapes: list[Shape], draw: st.DataObject) -> None:
    _play(shapes, draw, moves=40)


def test_every_event_survives_being_written_down() -> None:
    play = Play(
        "- {step: a, by: worker, within: 1 hours, late: {at the limit: escalate to boss}}\n- end: x"
    )
    play.start(amount="1.50").wait(hours=2).do("a")
    assert [decode(encode(event)) for event in play.journal] == play.journal
    assert {type(event) for event in play.journal} >= {e.LimitPassed, e.FieldsSet, e.CaseEnded}
