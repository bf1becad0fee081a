"""`rules` of settings: what their values must satisfy, the pack's own included."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from tuoban.kernel.definition import Rule, Setting
from tuoban.kernel.expressions import context_of
from tuoban.kernel.language.reading import Properties, as_items, as_mapping
from tuoban.kernel.language.scope import Scope, setting_shape, value_of_setting
from tuoban.kernel.language.tree import Mapping, Node, Pair
from tuoban.kernel.language.workspace import Workspace
from tuoban.kernel.settings import SETTINGS, offered, own_values, parts_of


def complete(written: Iterable[Pair], ws: Workspace) -> None:
    """Give the settings of `ws` their rules, and hold their defaults against them.

    Args:
        written: the entries of the section.
    """
    said = {p.key.text: p.value for p in written if isinstance(p.value, Mapping)}
    known = {name: setting_shape(each) for name, each in ws.settings.items()}
    for name, mapping in said.items():
        setting, rules = ws.settings.get(name), mapping.pair("rules")
        if setting is not None and rules is not None:
            scope = Scope({SETTINGS: context_of(known), name: value_of_setting(setting)})
            field = replace(setting.field, rules=tuple(_rules(rules.value, scope, ws)))
            ws.settings[name] = replace(setting, field=field)
    whole = {name: each for name, each in ws.settings.items() if each is not None}
    values = offered(whole, own_values(whole), lambda value: value)
    for name, mapping in said.items():
        default = mapping.pair("default")
        if name in whole and default is not None:
            _check(whole[name], default.value, values, ws)


def _check(setting: Setting, default: Node, values: dict[str, object], ws: Workspace) -> None:
    """Report where the pack's own value breaks a rule, once for each option."""
    for part in parts_of(setting):
        place = default
        if part.option and isinstance(default, Mapping):
            found = default.pair(part.option)
            place = found.value if found is not None else default
        value = part.default
        for rule in part.misfits(value, values) if value is not None else ():
            zh, en = rule.otherwise.zh, rule.otherwise.en
            ws.findings.add(place, "default-breaks-rule", zh=zh, en=en)
            break


def _rules(node: Node, scope: Scope, ws: Workspace) -> Iterator[Rule]:
    for item in as_items(node, ws.findings):
        mapping = as_mapping(item, ws.findings)
        if mapping is None:
            continue
        properties = Properties(mapping, ws.findings, ("that", "else"))
        that = scope.condition(properties.need("that"), ws.findings)
        otherwise = ws.labels.text(properties.need("else"))
        if that is not None and otherwise is not None:
            yield Rule(that, otherwise)
