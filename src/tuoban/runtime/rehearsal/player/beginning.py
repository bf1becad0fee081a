"""How a scenario's case begins."""

from __future__ import annotations

from tuoban.kernel.definition import Text
from tuoban.runtime.cases import service
from tuoban.runtime.rehearsal import scenario as s
from tuoban.runtime.rehearsal.player.core import Player, Stop
from tuoban.runtime.rehearsal.player.messages import data_of, label_of


def begin(player: Player, begin: s.Begin) -> None:
    """Begin the case, by somebody or by its schedule."""
    stage, definition = player.stage, player.stage.definition
    if begin.message:
        _begin_by_message(player, begin)
        return
    if not begin.who:
        _begin_by_schedule(player, begin)
        return
    by = player.person(begin.who, begin.line)
    start = definition.starts.get(begin.request)
    label = start.label if start is not None else Text(begin.request, begin.request)
    text = Text(f"{begin.who} 发起“{label.zh}”", f"{begin.who} starts “{label.en}”")
    player.note(begin.line, text)
    player.check_fields(None, begin)
    outcome = player.attempt(
        begin.line,
        begin.refusal,
        lambda: service.start_case(
            definition.slug,
            begin.request,
            by=by,
            unit=stage.unit.key,
            data=player.data(None, begin.data),
            at=stage.now,
            key=stage.key(),
        ),
    )
    if outcome is not None:
        stage.case_id = outcome.case_id


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
