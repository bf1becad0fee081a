"""Playing a scenario: each move through the verbs of the runtime, each check on what they left."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from django.db import transaction

from tuoban.kernel.definition import Field, Node, Reaction, Text
from tuoban.kernel.language import Bases
from tuoban.kernel.names import Names
from tuoban.kernel.refusals import Refused
from tuoban.kernel.sight import vantage_of
from tuoban.runtime.cases import service
from tuoban.runtime.cases.models import WorkItem
from tuoban.runtime.people.exclusions import ExclusiveRoles
from tuoban.runtime.people.models import User
from tuoban.runtime.rehearsal import checks
from tuoban.runtime.rehearsal import scenario as s
from tuoban.runtime.rehearsal.moments import read_clock, read_moment
from tuoban.runtime.rehearsal.stage import ZONE, Ambiguous, Stage, set_up

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that happened, or did not happen as the scenario says."""

    at: datetime
    line: int
    text: Text
    failed: bool = False


@dataclass(frozen=True, slots=True)
class Played:
    """A scenario as it was played."""

    name: str
    line: int
    lines: tuple[Line, ...]

    @property
    def passed(self) -> bool:
        return not any(each.failed for each in self.lines)


class _Stop(Exception):
    """The play cannot go on: what follows would only repeat the failure."""


def play(scenario: s.Scenario, text: str, translations: str, bases: Bases | None = None) -> Played:
    """Play one scenario, and leave nothing of it behind.

    Args:
        bases: packs that the pack may extend.
    """
    with transaction.atomic():
        try:
            player = _Player(scenario, text, translations, bases)
        except ExclusiveRoles as error:
            transaction.set_rollback(True)
            return _not_played(scenario, error)
        with suppress(_Stop):
            player.play()
        transaction.set_rollback(True)
    return Played(scenario.name, scenario.line, tuple(player.lines))


def _not_played(scenario: s.Scenario, error: ExclusiveRoles) -> Played:
    """What comes of a scenario whose cast cannot be hired."""
    begins = read_clock(scenario.clock, ZONE)
    if begins is None:
        raise ValueError(f"{scenario.clock!r} is not a date and time")
    line = Line(begins, scenario.line, Text(*str(error).split(" / ", 1)), failed=True)
    return Played(scenario.name, scenario.line, (line,))


def _told(refused: Refused, scenario: s.Scenario) -> Iterator[Text]:
    """Why the scenario's settings are not enough, or not taken."""
    where = f"scenarios.yaml:{scenario.line}"
    if refused.code == "setting-unset":
        names = refused.facts["settings"]
        labels = names if isinstance(names, tuple) else ()
        zh = "、".join(each.zh for each in labels)
        en = ", ".join(each.en for each in labels)
        yield Text(
            f"{where}: 场景要在 settings 里写明：{zh}",
            f"{where}: the scenario must say under settings: {en}",
        )
        return
    for each in refused.problems:
        yield Text(
            f"{where}: {each.place}：{each.read('zh')}", f"{where}: {each.place}: {each.read('en')}"
        )
    if not refused.problems:
        yield Text(f"{where}: {refused.read('zh')}", f"{where}: {refused.read('en')}")


class _Player:
    def __init__(
        self, scenario: s.Scenario, text: str, translations: str, bases: Bases | None
    ) -> None:
        self._scenario = scenario
        self.lines: list[Line] = []
        begins = read_clock(scenario.clock, ZONE)
        if begins is None:
            raise ValueError(f"{scenario.clock!r} is not a date and time")
        try:
            self._stage: Stage = set_up(scenario, text, translations, begins, bases)
        except Refused as refused:
            raise s.ScenarioError(tuple(_told(refused, scenario))) from None

    def play(self) -> None:
        self._check_roles(self._scenario.cast)
        self._begin(self._scenario.begin)
        self._settle()
        for move in self._scenario.moves:
            _MOVES[type(move)](self, move)
            self._settle()
        self._compare(self._scenario.expectation)

    def _settle(self) -> None:
        """Let what has come due by now happen, as the worker would."""
        if self._stage.case_id:
            self._stage.settle()

    def _check_roles(self, cast: Mapping[str, tuple[s.Holding, ...]]) -> None:
        held = {holding.role for holdings in cast.values() for holding in holdings}
        unknown = sorted(held.difference(self._stage.definition.roles))
        for role in unknown:
            text = Text(f"流程包里没有角色“{role}”", f"the pack has no role “{role}”")
            self._fail(self._scenario.line, text)
        if unknown:
            raise _Stop

    def _note(self, line: int, text: Text) -> None:
        self.lines.append(Line(self._stage.now, line, text))

    def _fail(self, line: int, text: Text) -> None:
        self.lines.append(Line(self._stage.now, line, text, failed=True))

    # -- moves ------------------------------------------------------------------------------------

    def _begin(self, begin: s.Begin) -> None:
        stage, definition = self._stage, self._stage.definition
        if not begin.who:
            self._begin_by_schedule(begin)
            return
        by = self._person(begin.who, begin.line)
        start = definition.starts.get(begin.request)
        label = start.label if start is not None else Text(begin.request, begin.request)
        text = Text(f"{begin.who} 发起“{label.zh}”", f"{begin.who} starts “{label.en}”")
        self._note(begin.line, text)
        self._check_fields(None, begin)
        outcome = self._attempt(
            begin.line,
            begin.refusal,
            lambda: service.start_case(
                definition.slug,
                begin.request,
                by=by,
                unit=stage.unit.key,
                data=self._data(None, begin.data),
                at=stage.now,
                key=stage.key(),
            ),
        )
        if outcome is not None:
            stage.case_id = outcome.case_id

    def _begin_by_schedule(self, begin: s.Begin) -> None:
        start = self._stage.definition.starts.get(begin.request)
        if start is None or start.recurrence is None:
            zh, en = f"没有按周期开始的“{begin.request}”", f"nothing begins by “{begin.request}”"
            self._fail(begin.line, Text(zh, en))
            raise _Stop
        self._stage.begin_by_schedule(begin.request, begin.of)
        when = start.recurrence.schedule.text
        zh, en = f"“{start.label.zh}”自动开始：{when.zh}", f"“{start.label.en}” begins {when.en}"
        self._note(begin.line, Text(zh, en))

    def _complete(self, move: s.Complete) -> None:
        stage = self._stage
        node = stage.definition.nodes.get(move.step)
        if node is not None and isinstance(node.construct, Reaction):
            self._react(move)
            return
        item = self._item(move.step, move.line, move.who, move.of)
        by = self._person(move.who, move.line)
        node = stage.definition.nodes[move.step]
        signed = {role: service.SignatureInput(name=role, strokes=[]) for role in move.signatures}
        self._say(move.line, move.who, Text("办理", "completes"), move.step)
        self._check_fields(move.step, move)
        self._attempt(
            move.line,
            move.refusal,
            lambda: service.complete(
                item,
                outcome=move.outcome,
                data=self._data(move.step, move.data),
                checked=self._ticked(move, node, item),
                signatures=signed,
                stamped=move.stamps,
                by=by,
                at=stage.now,
                key=stage.key(),
            ),
        )

    def _ticked(self, move: s.Complete, node: Node, item: int) -> frozenset[str]:
        """The keys of the lines ticked. Those of rows are written by their places, `1.2`."""
        keys = {}
        for line in node.step.checklist:
            rows = (None,) if line.per is None else self._rows_of(item, line.per)
            for place, row in enumerate(rows, start=1):
                name = line.key if row is None else f"{line.key}.{place}"
                keys[name] = line.key if row is None else f"{line.key}.{row}"
        if move.checklist is None:
            return frozenset(keys.values())
        return frozenset(keys.get(name, name) for name in move.checklist)

    def _rows_of(self, work: int, name: str) -> tuple[int, ...]:
        """The keys of a list's rows, as the open piece of work sees it."""
        state = self._stage.state()
        item = state.items.get(WorkItem.objects.get(pk=work).number)
        if item is None:
            return ()
        vantage = vantage_of(state, item.activation)
        names = Names(self._stage.definition, state, {}, ZONE, None, vantage)
        return tuple(row.key for row in names[name] or ())

    def _react(self, move: s.Complete) -> None:
        stage, by = self._stage, self._person(move.who, move.line)
        self._say(move.line, move.who, Text("提出", "begins"), move.step)
        self._check_fields(move.step, move)
        self._attempt(
            move.line,
            move.refusal,
            lambda: service.react(
                stage.case_id,
                move.step,
                activation=stage.reaction(move.step, move.of),
                data=self._data(move.step, move.data),
                by=by,
                at=stage.now,
                key=stage.key(),
            ),
        )

    def _operate(self, move: s.Operate) -> None:
        done = move.operation == "withdraw"
        by = self._person(move.who, move.line)
        item = self._item(move.step, move.line, move.who, move.of, done=done)
        if move.operation in ("sign", "refuse", "claim"):
            item = self._stage.part(move.step, by) or item
        words: dict[str, Any] = {"by": by, "at": self._stage.now, "key": self._stage.key()}
        acts: Mapping[str, Callable[[], service.Outcome]] = {
            "claim": lambda: service.claim(item, **words),
            "take-next": lambda: service.take_next(**words),
            "release": lambda: service.release(item, **words),
            "transfer": lambda: service.transfer(
                item, to=self._person(move.to, move.line), reason=move.reason, **words
            ),
            "return": lambda: service.return_to(
                item,
                to=move.to,
                of=self._stage.target(move.to, move.into),
                reason=move.reason,
                **words,
            ),
            "sign": lambda: service.sign(
                item, shown=self._shown(move.step), stamped=move.stamped, **words
            ),
            "refuse": lambda: service.refuse_to_sign(item, reason=move.reason, **words),
            "open": lambda: service.open_item(item, **words),
            "delegate": lambda: service.delegate(
                item, to=self._person(move.to, move.line), reason=move.reason, **words
            ),
            "get-back": lambda: service.get_back(item, **words),
            "jump": lambda: service.jump(item, to=move.to, reason=move.reason, **words),
            "urge": lambda: service.urge(item, message=move.reason, **words),
            "withdraw": lambda: service.withdraw(item, reason=move.reason, **words),
        }
        self._say(move.line, move.who, _OPERATIONS[move.operation], move.step)
        self._attempt(move.line, move.refusal, acts[move.operation])

    def _shown(self, step: str) -> str:
        """The digest of what signers of the step are shown."""
        items = self._stage.state().items.values()
        shown = (each.signing.shown for each in items if each.node == step and each.signing)
        return next(shown, "")

    def _pause(self, move: s.Pause) -> None:
        stage, by = self._stage, self._person(move.who, move.line)
        words: dict[str, Any] = {"by": by, "at": stage.now, "key": stage.key()}
        acts: Mapping[str, Callable[[], service.Outcome]] = {
            "suspend": lambda: service.suspend_case(stage.case_id, reason=move.reason, **words),
            "resume": lambda: service.resume_case(stage.case_id, **words),
            "extend": lambda: service.extend_clock(
                stage.case_id,
                self._clock_of(move),
                length=move.length,
                reason=move.reason,
                **words,
            ),
            "add": lambda: service.add_work(stage.case_id, move.node, reason=move.reason, **words),
            "cancel": lambda: service.cancel_case(stage.case_id, reason=move.reason, **words),
            "copy": lambda: service.copy_to(
                stage.case_id, to=self._person(move.to, move.line), message=move.reason, **words
            ),
        }
        what = stage.definition.label_of(move.node)
        verb = _OPERATIONS[move.operation]
        zh, en = f"{move.who} {verb.zh}“{what.zh}”", f"{move.who} {verb.en} “{what.en}”"
        self._note(move.line, Text(zh, en))
        self._attempt(move.line, move.refusal, acts[move.operation])

    def _clock_of(self, move: s.Pause) -> int:
        """The number of the clock that is to be extended; 0, which no clock has, if there is none
        such."""
        found = (
            each.id
            for each in self._stage.state().clocks.values()
            if each.node == move.node and move.limit in ("", each.limit)
        )
        return next(found, 0)

    def _correct(self, move: s.Correct) -> None:
        stage, by = self._stage, self._person(move.who, move.line)
        declared = stage.definition.place_fields.get(move.block, stage.definition.fields)
        field = declared.get(move.field)
        label = field.label if field is not None else Text(move.field, move.field)
        verb = _OPERATIONS["correct"]
        zh, en = f"{move.who} {verb.zh}“{label.zh}”", f"{move.who} {verb.en} “{label.en}”"
        self._note(move.line, Text(zh, en))
        self._attempt(
            move.line,
            move.refusal,
            lambda: service.correct_field(
                stage.case_id,
                move.field,
                self._value(field, move.value),
                reason=move.reason,
                activation=self._instance_of(move.block),
                by=by,
                at=stage.now,
                key=stage.key(),
            ),
        )

    def _instance_of(self, block: str) -> int:
        """The newest instance of a block, which has its fields; 0, the case's, if there is none."""
        node = self._stage.definition.nodes.get(block)
        if node is None or not node.regions:
            return 0
        found = self._stage.state().instances.get(node.regions[0], ())
        return found[-1].id if found else 0

    def _hours(self, move: s.Hours) -> None:
        self._stage.change_hours(move.week)
        shown = ", ".join(f"{days} {spans}" for days, spans in move.week.items())
        text = Text(f"作息改为 {shown}", f"the hours are now {shown}")
        self._note(move.line, text)

    def _say(self, line: int, who: str, verb: Text, step: str) -> None:
        label = self._stage.definition.nodes[step].label
        text = Text(f"{who} {verb.zh}“{label.zh}”", f"{who} {verb.en} “{label.en}”")
        self._note(line, text)

    def _clock(self, move: s.Clock) -> None:
        to = read_moment(move.moment, self._stage.now, ZONE)
        if to is None or to < self._stage.now:
            text = Text(f"时钟不能拨到“{move.moment}”", f"the clock cannot go to “{move.moment}”")
            self._fail(move.line, text)
            raise _Stop
        cases = self._stage.case_count()
        self._attempt(move.line, None, lambda: self._stage.move_clock(to))
        begun = self._stage.case_count() - cases
        if begun:
            self._note(move.line, Text(f"开始了 {begun} 个工单", f"cases begun: {begun}"))
        shown = f"{to:%Y-%m-%d %H:%M}"
        self._note(move.line, Text(f"时钟到 {shown}", f"the clock moves to {shown}"))

    def _attempt(self, line: int, expected: s.Refusal | None, act: Callable[[], T]) -> T | None:
        """Do something; None where it was refused as the scenario expects.

        Raises:
            _Stop: it was refused unexpectedly, or not refused as expected.
        """
        try:
            with transaction.atomic():
                done = act()
        except Refused as refused:
            self._judge_refusal(line, expected, refused)
            return None
        if expected is not None:
            self._fail(line, Text(f"应被拒绝：{expected.code}", f"not refused: {expected.code}"))
            raise _Stop
        return done

    def _judge_refusal(self, line: int, expected: s.Refusal | None, refused: Refused) -> None:
        places = frozenset(problem.place for problem in refused.problems)
        found = _name(refused.code, places)
        if expected is None:
            zh, en = (_reason(refused, language) for language in ("zh", "en"))
            text = Text(f"被拒绝（{refused.code}）：{zh}", f"refused ({refused.code}): {en}")
            self._fail(line, text)
            raise _Stop
        wanted = _name(expected.code, expected.at or frozenset())
        met = expected.code == refused.code and expected.at in (None, places)
        text = (
            Text(f"按预期拒绝：{found}", f"refused as expected: {found}")
            if met
            else Text(f"应拒绝 {wanted}，实际 {found}", f"expected {wanted}, got {found}")
        )
        (self._note if met else self._fail)(line, text)

    # -- checks -----------------------------------------------------------------------------------

    def _check(self, move: s.Check) -> None:
        if not self._stage.case_id:
            self._fail(move.line, Text("工单还没有开始", "no case has begun"))
            raise _Stop
        self._take(move.line, checks.judge(self._stage, move))

    def _compare(self, wanted: s.Expectation) -> None:
        self._take(wanted.line, checks.judge_end(self._stage, wanted))

    def _take(self, line: int, findings: Iterator[checks.Finding]) -> None:
        try:
            for finding in findings:
                (self._note if finding.holds else self._fail)(line, finding.text)
        except Ambiguous as several:
            self._fail(line, several.told())

    # -- finding ----------------------------------------------------------------------------------

    def _person(self, name: str, line: int) -> User:
        person = self._stage.people.get(name)
        if person is None:
            self._fail(line, Text(f"角色表里没有“{name}”", f"“{name}” is not in the cast"))
            raise _Stop
        return person

    def _item(
        self, step: str, line: int, who: str, of: tuple[str, ...] = (), *, done: bool = False
    ) -> int:
        """The open work of a step, or what was `done` last."""
        stage = self._stage
        try:
            item = stage.done_item(step, of) if done else stage.item(step, who, of)
        except Ambiguous as several:
            self._fail(line, several.told())
            raise _Stop from None
        if item is None:
            self._fail(line, Text(f"“{step}”还没有开放", f"“{step}” is not open"))
            raise _Stop
        return item.pk

    def _check_fields(self, step: str | None, move: s.Begin | s.Complete) -> None:
        """A misspelt name is the scenario's own mistake, unless a refusal is what it is after."""
        if move.refusal is not None:
            return
        unknown = [n for n in move.data if self._stage.definition.field_at(step, n) is None]
        for name in unknown:
            self._fail(move.line, Text(f"没有字段“{name}”", f"there is no field “{name}”"))
        if unknown:
            raise _Stop

    def _data(self, step: str | None, data: Mapping[str, s.Raw]) -> dict[str, Any]:
        at = self._stage.definition.field_at
        return {name: self._value(at(step, name), raw) for name, raw in data.items()}

    def _value(self, field: Field | None, raw: s.Raw) -> Any:
        if field is not None and isinstance(raw, list):
            return [self._row(field, row) for row in raw]
        if field is not None and field.type == "person" and isinstance(raw, str):
            return self._stage.person_id(raw)
        if field is None or field.type != "datetime" or not isinstance(raw, str):
            return raw
        return read_moment(raw, self._stage.now, ZONE) or raw

    def _row(self, field: Field, raw: str | Mapping[str, str]) -> Any:
        columns = {column.name: column for column in field.columns}
        if isinstance(raw, str):
            return self._value(columns.get(""), raw)
        return {name: self._value(columns.get(name), cell) for name, cell in raw.items()}


def _name(code: str, places: frozenset[str]) -> str:
    return f"{code} ({', '.join(sorted(places))})" if places else code


def _reason(refused: Refused, language: str) -> str:
    """Why something was refused; of a form, entry by entry."""
    colon, separator = (": ", "; ") if language == "en" else ("：", "；")
    entries = (f"{each.place}{colon}{each.read(language)}" for each in refused.problems)
    return separator.join(entries) or refused.read(language)


_OPERATIONS = {
    "claim": Text("领取", "claims"),
    "take-next": Text("领取下一件", "takes the next one"),
    "release": Text("释放", "releases"),
    "transfer": Text("转办", "transfers"),
    "return": Text("退回", "sends back"),
    "open": Text("打开", "opens"),
    "withdraw": Text("撤回", "takes back"),
    "delegate": Text("委派", "delegates"),
    "get-back": Text("收回委派", "gets back"),
    "jump": Text("跳转", "makes jump"),
    "sign": Text("签署", "signs"),
    "refuse": Text("拒签", "refuses to sign"),
    "cancel": Text("作废", "cancels"),
    "correct": Text("更正", "corrects"),
    "add": Text("增加", "adds"),
    "urge": Text("催办", "urges"),
    "copy": Text("抄送", "copies"),
    "suspend": Text("挂起", "suspends"),
    "resume": Text("恢复", "resumes"),
    "extend": Text("延期", "extends"),
}

_MOVES: Mapping[type[Any], Callable[[_Player, Any], None]] = {
    s.Complete: _Player._complete,
    s.Operate: _Player._operate,
    s.Pause: _Player._pause,
    s.Correct: _Player._correct,
    s.Hours: _Player._hours,
    s.Clock: _Player._clock,
    s.Check: _Player._check,
}
