"""What all moves need: the stage, the lines so far, people, work, values, refusals."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any, TypeVar

from django.db import transaction

from tuoban.kernel.definition import Field, Text
from tuoban.kernel.language import Bases
from tuoban.kernel.refusals import Refused
from tuoban.runtime.people.models import User
from tuoban.runtime.rehearsal import scenario as s
from tuoban.runtime.rehearsal.frames import Frame, frame_of
from tuoban.runtime.rehearsal.halting import Halted
from tuoban.runtime.rehearsal.moments import read_clock, read_moment
from tuoban.runtime.rehearsal.naming import not_known
from tuoban.runtime.rehearsal.player.played import Line
from tuoban.runtime.rehearsal.stage import ZONE, Ambiguous, Stage
from tuoban.runtime.rehearsal.staging import set_up
from tuoban.runtime.rehearsal.uploads import invented

T = TypeVar("T")


class Stop(Exception):
    """The play cannot go on: what follows would only repeat the failure."""


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


class Player:
    """Whoever plays a scenario: the stage, the lines so far, and what all moves need."""

    def __init__(
        self,
        scenario: s.Scenario,
        text: str,
        translations: str,
        bases: Bases | None,
        *,
        looks: bool = False,
        are_published: bool = False,
    ) -> None:
        self.scenario = scenario
        self.lines: list[Line] = []
        self.frames: list[Frame | None] = []
        self._looks = looks
        begins = read_clock(scenario.clock, ZONE)
        if begins is None:
            raise ValueError(f"{scenario.clock!r} is not a date and time")
        try:
            self.stage: Stage = set_up(
                scenario, text, translations, begins, bases, are_published=are_published
            )
        except Refused as refused:
            raise s.ScenarioError(tuple(_told(refused, scenario))) from None

    @property
    def last_line(self) -> int:
        """The line of the scenario that was played last."""
        return self.lines[-1].line if self.lines else self.scenario.line

    def look(self) -> None:
        """Keep where the case stands, for the lines that are new, if anybody wants to see it."""
        new = len(self.lines) - len(self.frames)
        if self._looks and new > 0:
            self.frames += [frame_of(self.stage)] * new

    def note(self, line: int, text: Text) -> None:
        """Something that happened as it should."""
        self.lines.append(Line(self.stage.now, line, text, inside=self.stage.inside))

    def fail(self, line: int, text: Text) -> None:
        """Something that did not happen as the scenario says."""
        self.lines.append(Line(self.stage.now, line, text, failed=True, inside=self.stage.inside))

    def say(
        self,
        line: int,
        who: str,
        verb: Text,
        step: str,
        outcome: str | None = None,
        to: Text | None = None,
    ) -> None:
        """Note who does what at a step, to whom or to which step it goes, and how it ends."""
        node = self.stage.definition.nodes[step]
        text = Text(f"{who} {verb.zh}“{node.label.zh}”", f"{who} {verb.en} “{node.label.en}”")
        if to is not None:
            text = Text(f"{text.zh} → {to.zh}", f"{text.en} → {to.en}")
        known = node.step.outcome(outcome) if outcome is not None else None
        if known is not None:
            label = known.label
            text = Text(f"{text.zh}，结果“{label.zh}”", f"{text.en} with “{label.en}”")
        self.note(line, text)

    def attempt(self, line: int, expected: s.Refusal | None, act: Callable[[], T]) -> T | None:
        """Do something; None where it was refused as the scenario expects.

        Raises:
            Stop: it was refused unexpectedly, or not refused as expected, or never comes to rest.
        """
        try:
            with transaction.atomic():
                done = act()
        except Refused as refused:
            self._judge_refusal(line, expected, refused)
            return None
        except Halted as halted:
            self.fail(line, halted.text)
            raise Stop from None
        if expected is not None:
            self.fail(line, Text(f"应被拒绝：{expected.code}", f"not refused: {expected.code}"))
            raise Stop
        return done

    def _judge_refusal(self, line: int, expected: s.Refusal | None, refused: Refused) -> None:
        places = frozenset(problem.place for problem in refused.problems)
        found = _name(refused.code, places)
        if expected is None:
            zh, en = (_reason(refused, language) for language in ("zh", "en"))
            text = Text(f"被拒绝（{refused.code}）：{zh}", f"refused ({refused.code}): {en}")
            self.fail(line, text)
            raise Stop
        wanted = _name(expected.code, expected.at or frozenset())
        if expected.code == refused.code and expected.at in (None, places):
            self._add(Text(f"；按预期拒绝：{found}", f"; refused as expected: {found}"))
        else:
            self.fail(
                line, Text(f"应拒绝 {wanted}，实际 {found}", f"expected {wanted}, got {found}")
            )

    def _add(self, more: Text) -> None:
        """Say more of what was noted last."""
        last = self.lines.pop()
        text = Text(f"{last.text.zh}{more.zh}", f"{last.text.en}{more.en}")
        self.lines.append(replace(last, text=text))

    def person(self, name: str, line: int) -> User:
        """Somebody of the cast. Raises `Stop` where nobody is called so."""
        person = self.stage.people.get(name)
        if person is None:
            self.fail(line, Text(f"角色表里没有“{name}”", f"“{name}” is not in the cast"))
            raise Stop
        return person

    def item(
        self, step: str, line: int, who: str, of: tuple[str, ...] = (), *, done: bool = False
    ) -> int:
        """The open work of a step, or what was `done` last."""
        self.check_node(line, step)
        stage = self.stage
        try:
            item = stage.done_item(step, of) if done else stage.item(step, who, of)
        except Ambiguous as several:
            self.fail(line, several.told())
            raise Stop from None
        if item is None:
            self.fail(line, Text(f"“{step}”还没有开放", f"“{step}” is not open"))
            raise Stop
        return item.pk

    def check_node(self, line: int, name: str) -> None:
        """Raises `Stop` where nothing of the process is called so."""
        nodes = self.stage.definition.nodes
        if name not in nodes:
            self.fail(line, not_known(Text("步骤", "step"), name, nodes))
            raise Stop

    def check_fields(self, step: str | None, move: s.Begin | s.Complete) -> None:
        """A misspelt name is the scenario's own mistake, unless a refusal is what it is after."""
        if move.refusal is not None:
            return
        definition = self.stage.definition
        unknown = [n for n in move.data if definition.field_at(step, n) is None]
        fields = {*definition.fields, *definition.step_fields.get(step or "", ())}
        for name in unknown:
            self.fail(move.line, not_known(Text("字段", "field"), name, fields))
        if unknown:
            raise Stop

    def data(self, step: str | None, data: Mapping[str, s.Raw], by: User) -> dict[str, Any]:
        """What somebody enters at a step, or with the start, as the verbs take it."""
        at = self.stage.definition.field_at
        return {name: self.value(at(step, name), raw, by) for name, raw in data.items()}

    def value(self, field: Field | None, raw: s.Raw, by: User | None = None) -> Any:
        """What is entered into a field, as the verbs take it.

        Args:
            by: who enters it, and has uploaded what is a file; None: nobody, and it is none.
        """
        if field is not None and isinstance(raw, list):
            return [self._row(field, row, by) for row in raw]
        if field is not None and by is not None and field.is_file and isinstance(raw, str):
            return invented(raw, by, self.stage.now) if raw.strip() else raw
        if field is not None and field.type == "person" and isinstance(raw, str):
            return self.stage.person_id(raw)
        if field is not None and field.type == "unit" and isinstance(raw, str):
            return self.stage.unit_key(raw)
        if field is None or field.type != "datetime" or not isinstance(raw, str):
            return raw
        return read_moment(raw, self.stage.now, ZONE) or raw

    def _row(self, field: Field, raw: str | Mapping[str, str], by: User | None) -> Any:
        columns = {column.name: column for column in field.columns}
        if isinstance(raw, str):
            return self.value(columns.get(""), raw, by)
        return {name: self.value(columns.get(name), cell, by) for name, cell in raw.items()}


def _name(code: str, places: frozenset[str]) -> str:
    return f"{code} ({', '.join(sorted(places))})" if places else code


def _reason(refused: Refused, language: str) -> str:
    """Why something was refused; of a form, entry by entry."""
    colon, separator = (": ", "; ") if language == "en" else ("：", "；")
    entries = (f"{each.place}{colon}{each.read(language)}" for each in refused.problems)
    return separator.join(entries) or refused.read(language)
