"""Moves that do something else with work, with the case, or with what it has recorded."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from tuoban.kernel.definition import Text
from tuoban.runtime.cases import service
from tuoban.runtime.rehearsal import scenario as s
from tuoban.runtime.rehearsal.player.core import Player


def operate(player: Player, move: s.Operate) -> None:
    """Do something with a piece of work other than completing it."""
    done = move.operation == "withdraw"
    by = player.person(move.who, move.line)
    item = player.item(move.step, move.line, move.who, move.of, done=done)
    if move.operation in ("sign", "refuse", "claim", "opinion"):
        item = player.stage.part(move.step, by) or item
    words: dict[str, Any] = {"by": by, "at": player.stage.now, "key": player.stage.key()}
    acts: Mapping[str, Callable[[], service.Outcome]] = {
        "claim": lambda: service.claim(item, **words),
        "take-next": lambda: service.take_next(**words),
        "release": lambda: service.release(item, **words),
        "transfer": lambda: service.transfer(
            item, to=player.person(move.to, move.line), reason=move.reason, **words
        ),
        "return": lambda: service.return_to(
            item,
            to=move.to,
            of=player.stage.target(move.to, move.into),
            straight=move.straight,
            reason=move.reason,
            **words,
        ),
        "sign": lambda: service.sign(
            item, shown=_shown(player, move.step), stamped=move.stamped, **words
        ),
        "refuse": lambda: service.refuse_to_sign(item, reason=move.reason, **words),
        "add-signer": lambda: service.add_signer(
            item,
            to=player.person(move.to, move.line),
            before=move.when != "after",
            reason=move.reason,
            **words,
        ),
        "drop-signer": lambda: service.drop_signer(
            item, person=player.person(move.to, move.line), **words
        ),
        "opinion": lambda: service.give_opinion(
            item, agrees=move.when not in ("no", "false"), words=move.reason, **words
        ),
        "open": lambda: service.open_item(item, **words),
        "delegate": lambda: service.delegate(
            item, to=player.person(move.to, move.line), reason=move.reason, **words
        ),
        "get-back": lambda: service.get_back(item, **words),
        "jump": lambda: service.jump(item, to=move.to, reason=move.reason, **words),
        "urge": lambda: service.urge(item, message=move.reason, **words),
        "withdraw": lambda: service.withdraw(item, reason=move.reason, **words),
    }
    player.say(move.line, move.who, _VERBS[move.operation], move.step, to=_to(player, move))
    player.attempt(move.line, move.refusal, acts[move.operation])


def _to(player: Player, move: s.Operate) -> Text | None:
    """To whom it goes, or to which step, and of which element; None where it goes nowhere."""
    node = player.stage.definition.nodes.get(move.to)
    if move.operation not in ("return", "jump") or node is None:
        return Text(move.to, move.to) if move.to else None
    label, of = node.label, "·".join(move.into)
    zh, en = (f"“{each}（{of}）”" if of else f"“{each}”" for each in (label.zh, label.en))
    if move.straight:
        return Text(f"{zh}，办好后直接送回", f"{en}, to come straight back")
    return Text(zh, en)


def _shown(player: Player, step: str) -> str:
    """The digest of what signers of the step are shown."""
    items = player.stage.state().items.values()
    shown = (each.signing.shown for each in items if each.node == step and each.signing)
    return next(shown, "")


def pause(player: Player, move: s.Pause) -> None:
    """Do something with the case as a whole, with a limit or a plan of it."""
    stage, by = player.stage, player.person(move.who, move.line)
    words: dict[str, Any] = {"by": by, "at": stage.now, "key": stage.key()}
    acts: Mapping[str, Callable[[], service.Outcome]] = {
        "suspend": lambda: service.suspend_case(stage.case_id, reason=move.reason, **words),
        "resume": lambda: service.resume_case(stage.case_id, **words),
        "extend": lambda: service.extend_clock(
            stage.case_id,
            _clock_of(player, move),
            length=move.length,
            reason=move.reason,
            **words,
        ),
        "add": lambda: service.add_work(stage.case_id, move.node, reason=move.reason, **words),
        "give-up": lambda: service.give_up_call(
            stage.case_id, stage.call(move.node) or 0, reason=move.reason, **words
        ),
        "cancel": lambda: service.cancel_case(stage.case_id, reason=move.reason, **words),
        "copy": lambda: service.copy_to(
            stage.case_id, to=player.person(move.to, move.line), message=move.reason, **words
        ),
    }
    if move.node:
        player.check_node(move.line, move.node)
    what = stage.definition.label_of(move.node)
    verb = _VERBS[move.operation]
    zh, en = f"{move.who} {verb.zh}“{what.zh}”", f"{move.who} {verb.en} “{what.en}”"
    player.note(move.line, Text(zh, en))
    player.attempt(move.line, move.refusal, acts[move.operation])


def _clock_of(player: Player, move: s.Pause) -> int:
    """The number of the clock that is to be extended; 0, which no clock has, if there is none
    such."""
    found = (
        each.id
        for each in player.stage.state().clocks.values()
        if each.node == move.node and move.limit in ("", each.limit)
    )
    return next(found, 0)


def correct(player: Player, move: s.Correct) -> None:
    """Correct a value of the case."""
    stage, by = player.stage, player.person(move.who, move.line)
    declared = stage.definition.place_fields.get(move.block, stage.definition.fields)
    field = declared.get(move.field)
    label = field.label if field is not None else Text(move.field, move.field)
    verb = _VERBS["correct"]
    zh, en = f"{move.who} {verb.zh}“{label.zh}”", f"{move.who} {verb.en} “{label.en}”"
    player.note(move.line, Text(zh, en))
    player.attempt(
        move.line,
        move.refusal,
        lambda: service.correct_field(
            stage.case_id,
            move.field,
            player.value(field, move.value, by),
            reason=move.reason,
            activation=_instance_of(player, move.block),
            by=by,
            at=stage.now,
            key=stage.key(),
        ),
    )


def _instance_of(player: Player, block: str) -> int:
    """The newest instance of a block, which has its fields; 0, the case's, if there is none."""
    node = player.stage.definition.nodes.get(block)
    if node is None or not node.regions:
        return 0
    found = player.stage.state().instances.get(node.regions[0], ())
    return found[-1].id if found else 0


_VERBS = {
    "claim": Text("领取", "claims"),
    "take-next": Text("领取下一件", "takes the next one"),
    "release": Text("释放", "releases"),
    "transfer": Text("转办", "transfers"),
    "return": Text("退回", "sends back"),
    "open": Text("打开", "opens"),
    "withdraw": Text("撤回", "takes back"),
    "delegate": Text("委派", "delegates"),
    "get-back": Text("收回委派", "gets back"),
    "add-signer": Text("加签", "adds a signer to"),
    "drop-signer": Text("取消加签", "does without a signer of"),
    "opinion": Text("发表意见", "gives an opinion of"),
    "jump": Text("跳转", "makes jump"),
    "sign": Text("签署", "signs"),
    "refuse": Text("拒签", "refuses to sign"),
    "cancel": Text("作废", "cancels"),
    "correct": Text("更正", "corrects"),
    "give-up": Text("不再等", "gives up"),
    "add": Text("增加", "adds"),
    "urge": Text("催办", "urges"),
    "copy": Text("抄送", "copies"),
    "suspend": Text("挂起", "suspends"),
    "resume": Text("恢复", "resumes"),
    "extend": Text("延期", "extends"),
}
