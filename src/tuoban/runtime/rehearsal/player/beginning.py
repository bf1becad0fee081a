"""How a scenario's case begins."""

from __future__ import annotations

from tuoban.kernel.definition import Text
from tuoban.runtime.cases import service
from tuoban.runtime.rehearsal import scenario as s
from tuoban.runtime.rehearsal.player.core import Player, Stop
from tuoban.runtime.rehearsal.player.messages import data_of, label_of
from tuoban.runtime.rehearsal.staging import starter


def begin(player: Player, begin: s.Begin) -> None:
    """Begin the case, by somebody or by its schedule."""
    stage, definition = player.stage, player.stage.definition
    if begin.message:
        _begin_by_message(player, begin)
        return
    if not begin.who:
        _begin_by_schedule(player, begin)
        return
    name = starter(player.scenario, definition)
    by = player.person(name, begin.line)
    request = begin.request or _only_request(player, begin.line)
    start = definition.starts.get(request)
    label = start.label if start is not None else Text(request, request)
    zh, en = (
        (begin.who, begin.who)
        if name == begin.who
        else (f"{begin.who}（由 {name} 记录）", f"{begin.who} (recorded by {name})")
    )
    player.note(begin.line, Text(f"{zh} 发起“{label.zh}”", f"{en} starts “{label.en}”"))
    player.check_fields(None, begin)
    outcome = player.attempt(
        begin.line,
        begin.refusal,
        lambda: service.start_case(
            definition.slug,
            request,
            by=by,
            unit=stage.unit.key,
            data=player.data(None, begin.data, by),
            at=stage.now,
            key=stage.key(),
        ),
    )
    if outcome is not None:
        stage.case_id = outcome.case_id


def _only_request(player: Player, line: int) -> str:
    """What a pack is asked for that may be asked for one thing alone.

    Raises:
        Stop: there are several.
    """
    starts = [name for name, each in player.stage.definition.starts.items() if each.is_request]
    if len(starts) != 1:
        zh, en = "、".join(starts), ", ".join(starts)
        text = Text(f"请用 request 写明是哪一种：{zh}", f"say with request which one: {en}")
        player.fail(line, text)
        raise Stop
    return starts[0]


def _begin_by_message(player: Player, begin: s.Begin) -> None:
    label = label_of(player, begin.request)
    text = Text(f"收到消息“{label.zh}”", f"the message “{label.en}” comes")
    player.note(begin.line, text)
    data = data_of(player, begin.request, begin.data)
    stage = player.stage
    player.attempt(begin.line, begin.refusal, lambda: stage.begin_by_message(begin.request, data))
    if begin.refusal is None and not stage.case_id:
        player.fail(begin.line, Text("没有因此开始工单", "no case began by it"))
        raise Stop


def _begin_by_schedule(player: Player, begin: s.Begin) -> None:
    start = player.stage.definition.starts.get(begin.request)
    if start is None or start.recurrence is None:
        zh, en = f"没有按周期开始的“{begin.request}”", f"nothing begins by “{begin.request}”"
        player.fail(begin.line, Text(zh, en))
        raise Stop
    player.stage.begin_by_schedule(begin.request, begin.of)
    when = start.recurrence.schedule.text
    zh, en = f"“{start.label.zh}”自动开始：{when.zh}", f"“{start.label.en}” begins {when.en}"
    player.note(begin.line, Text(zh, en))
