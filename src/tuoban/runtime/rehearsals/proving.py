"""What a scenario proves, in a few words: how it is to end, and what it looks at."""

from __future__ import annotations

from collections.abc import Iterator

from tuoban.kernel.definition import Definition, Text
from tuoban.runtime.rehearsal import scenario as s


def proved(definition: Definition, scenario: s.Scenario) -> tuple[Text, ...]:
    """What a play of the scenario shows where it passes."""
    return tuple(_proved(definition, scenario))


def _proved(definition: Definition, scenario: s.Scenario) -> Iterator[Text]:
    wanted = scenario.expectation
    if wanted.cases != 1:
        yield Text(f"共 {wanted.cases} 个工单", f"cases: {wanted.cases}")
    if wanted.ended is not None:
        label = definition.outcome_label(wanted.ended) or Text(wanted.ended, wanted.ended)
        yield Text(f"结束于“{label.zh}”", f"ends with “{label.en}”")
    if wanted.late is not None:
        yield Text(
            f"超时 {wanted.late} 次" if wanted.late else "没有超时",
            f"late limits: {wanted.late}" if wanted.late else "nothing is late",
        )
    plain = [each.move if isinstance(each, s.Inside) else each for each in scenario.moves]
    refused = sum(getattr(each, "refusal", None) is not None for each in (scenario.begin, *plain))
    if refused:
        yield Text(f"拒绝 {refused} 次错误操作", f"wrong moves refused: {refused}")
    checks = sum(isinstance(each, s.Check) for each in plain)
    if checks:
        yield Text(f"途中核对 {checks} 处", f"checks on the way: {checks}")
    values = len(wanted.values) + len(wanted.papers) + len(wanted.indicators) + len(wanted.props)
    if values:
        yield Text(f"最后核对 {values} 个结果", f"results checked at the end: {values}")
