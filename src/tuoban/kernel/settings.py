"""Settings: what an organisation sets for itself, as entries, as values in force, and as names.

A setting is one entry, or one for each option of a choice (`per`). Entries are called by the
setting's name, with the option behind it: `answer_within`, `see_within.urgent`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, timedelta
from typing import Any

from tuoban.kernel.clocks import ClockError, Length, Measure, as_length, as_value, read_length
from tuoban.kernel.definition import Definition, Field, Rule, Setting
from tuoban.kernel.expressions import ExpressionError, Function
from tuoban.kernel.refusals import Problem
from tuoban.kernel.rows import read_value
from tuoban.kernel.text import Text
from tuoban.kernel.values import parse, to_input

_MOST_MONTHS = 1200
_BETWEEN = re.compile(r"[,，、;；\n]")
SETTINGS = "settings"
"""The name by which expressions read them."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One value that an organisation may set; `option` is empty where a setting is one value."""

    setting: Setting
    option: str = ""

    @property
    def key(self) -> str:
        return f"{self.setting.name}.{self.option}" if self.option else self.setting.name

    @property
    def label(self) -> Text:
        of = dict(self.setting.options).get(self.option)
        own = self.setting.label
        return Text(f"{own.zh}：{of.zh}", f"{own.en}: {of.en}") if of is not None else own

    @property
    def field(self) -> Field:
        return replace(self.setting.field, name=self.key, label=self.label)

    @property
    def default(self) -> Any:
        """The value that the pack gives; None where it gives none."""
        value = self.setting.value
        if self.option:
            return value.get(self.option) if isinstance(value, Mapping) else None
        return value

    def value(self, given: Mapping[str, Any]) -> Any:
        """The value in force: the organisation's, else the pack's; None where there is neither.

        A value of the organisation that is none of this type (any more) does not count.
        """
        set_value = given.get(self.key)
        if set_value is not None and self.read(set_value)[1] is None:
            return set_value
        return self.default

    def read(self, raw: Any) -> tuple[Any, Problem | None]:
        """The value of a text as typed, or what is wrong with it; None of a blank one.

        Moments without an offset are meant in UTC. What a list holds is typed with commas between.
        """
        if self.setting.type == "list":
            return self._read_list(raw)
        if self.setting.type != "duration":
            return parse(self.field, raw, UTC)
        if isinstance(raw, str):
            if not raw.strip():
                return None, None
            try:
                raw = as_value(read_length(raw))
            except ClockError:
                return None, Problem("not-duration", self.key)
        if isinstance(raw, Length) and raw.measure is Measure.MONTHS and raw.size <= _MOST_MONTHS:
            return raw, None
        return parse(self.field, raw, UTC)

    def _read_list(self, raw: Any) -> tuple[Any, Problem | None]:
        if isinstance(raw, str):
            raw = between(raw) or None
        values, problems = read_value(self.field, raw, UTC)
        for problem in problems:
            return None, Problem(problem.code, self.key, problem.facts)
        return values, None

    def misfits(self, value: Any, settings: Mapping[str, Any]) -> Iterator[Rule]:
        """The rules that a value does not satisfy.

        Args:
            settings: the values of the others, by which it is judged too.
        """
        names = {self.setting.name: value, SETTINGS: settings}
        for rule in self.setting.field.rules:
            try:
                holds = rule.that(names)
            except ExpressionError:
                continue
            if holds is False:
                yield rule

    def shown(self, value: Any) -> Text:
        """The value for people to read: the label of an option."""
        option = self.field.option(value) if self.setting.type == "choice" else None
        return option or self.text(value)

    def text(self, value: Any) -> Text:
        """The value as packs write it, which typed in gives it again."""
        if isinstance(value, timedelta):
            length = as_length(value)
            return length.text if length is not None else Text("", "")
        if isinstance(value, Length):
            return value.text
        if isinstance(value, tuple):
            texts = [_Element(self.setting).text(each) for each in value]
            return Text("，".join(each.zh for each in texts), ", ".join(each.en for each in texts))
        plain = to_input(self.field, value, UTC)
        return Text(plain, plain)


class _Element(Entry):
    """A value of a list."""

    __slots__ = ()

    @property
    def field(self) -> Field:
        return self.setting.field.columns[0]


def between(text: str) -> list[str]:
    """What stands between the commas of a text."""
    return [each.strip() for each in _BETWEEN.split(text) if each.strip()]


def entries(definition: Definition) -> Iterator[Entry]:
    """Everything that an organisation may set, down the page."""
    for setting in definition.settings.values():
        yield from parts_of(setting)


def parts_of(setting: Setting) -> Iterator[Entry]:
    """The entries of one setting."""
    if setting.per:
        yield from (Entry(setting, option) for option, _ in setting.options)
    else:
        yield Entry(setting)


def unset(definition: Definition, given: Mapping[str, Any]) -> tuple[Entry, ...]:
    """What has no value although one is required.

    Args:
        given: the organisation's values by the keys of their entries.
    """
    return tuple(entry for entry in entries(definition) if entry.value(given) is None)


def misfits(
    definition: Definition, given: Mapping[str, Any], changed: Collection[str]
) -> Iterator[Problem]:
    """A problem beside each value that breaks a rule once others are set.

    Args:
        given: the organisation's values by the keys of their entries.
        changed: the keys of those that were changed; rules that read others are judged anyway.
    """
    settings = offered(definition.settings, in_force(definition, given), lambda value: value)
    for entry in entries(definition):
        value = entry.value(given)
        for rule in entry.misfits(value, settings) if value is not None else ():
            if entry.key in changed or SETTINGS in rule.that.names:
                yield Problem("rule", entry.key, {"text": rule.otherwise})


def in_force(definition: Definition, given: Mapping[str, Any]) -> dict[str, Any]:
    """The value of every setting; one with a value for each option is a mapping."""
    return _values(definition.settings, given)


def own_values(settings: Mapping[str, Setting]) -> dict[str, Any]:
    """The same of the pack's own values."""
    return _values(settings, {})


def _values(settings: Mapping[str, Setting], given: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {name: {} for name, each in settings.items() if each.per}
    for entry in (part for setting in settings.values() for part in parts_of(setting)):
        value = entry.value(given)
        if not entry.option:
            found[entry.setting.name] = value
        elif value is not None:
            found[entry.setting.name][entry.option] = value
    return found


def offered(
    settings: Mapping[str, Setting], values: Mapping[str, Any], opened: Callable[[Any], Any]
) -> dict[str, Any]:
    """What the name `settings` gives to read: values, and functions of an option."""
    return {
        name: _of_option(settings[name], value, opened)
        if name in settings and settings[name].per
        else opened(value)
        for name, value in values.items()
    }


def _of_option(setting: Setting, values: Any, opened: Callable[[Any], Any]) -> Function:
    def value(option: Any) -> Any:
        known = isinstance(values, Mapping) and isinstance(option, str)
        return opened(values.get(option)) if known else None

    return Function((setting.per.rpartition(".")[2],), value)
