"""What comes around a limit, with the moments at which it does, as sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tuoban.kernel.clocks import moment_text
from tuoban.kernel.limits import OF_PERFORMER, LateAction
from tuoban.kernel.owning import OF_OWNER
from tuoban.kernel.state import Clock
from tuoban.kernel.text import Text
from tuoban.runtime.cases.queries.scene import Scene

_PERFORMER = Text("办理人", "whoever has it")
_OWNER = Text("这件工单的负责人", "whose case it is")
_MOVES_ON = Text("流程不再等它", "the process goes on without it")


def coming(scene: Scene, clock: Clock) -> Iterator[Text]:
    """`10:30 提醒办理人`, `11:15 升级给主管`: the next moments around a limit, in order of time."""
    limit = scene.definition.limit(clock.node, clock.limit)
    said = {each.key: each.actions for each in limit.tiers} if limit is not None else {}
    timers = [each for each in scene.state.timers.values() if each.clock == clock.id]
    for timer in sorted(timers, key=lambda each: (each.at, int(each.id))):
        told = [_action(scene, each) for each in said.get(timer.tier, ())]
        if told:
            at = moment_text(timer.at, scene.surroundings.zone, scene.surroundings.at)
            what = _listed(told)
            yield Text(f"{at.zh} {what.zh}", f"{at.en} {what.en}")


def _action(scene: Scene, action: LateAction) -> Text:
    if action.kind == "move on":
        return _MOVES_ON
    if action.kind == "do":
        held = scene.definition.label_of(action.to)
        return Text(f"开始“{held.zh}”", f"“{held.en}” begins")
    whom = _whom(scene, action.to)
    if action.kind == "escalate":
        return Text(f"升级给{whom.zh}", f"escalates to {whom.en}")
    return Text(f"提醒{whom.zh}", f"reminds {whom.en}")


def _whom(scene: Scene, to: str) -> Text:
    if to == OF_PERFORMER:
        return _PERFORMER
    return _OWNER if to == OF_OWNER else scene.definition.roles[to].label


def _listed(texts: Sequence[Text]) -> Text:
    return Text("，".join(each.zh for each in texts), ", ".join(each.en for each in texts))
