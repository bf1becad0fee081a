"""Messages that come from outside."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tuoban.kernel.definition import Text
from tuoban.runtime.cases.messaging.receiving import receive
from tuoban.runtime.rehearsal import scenario as s
from tuoban.runtime.rehearsal.player.core import Player


def come_in(player: Player, move: s.Message) -> None:
    """A message comes; the case takes it if it concerns it."""
    label = label_of(player, move.name)
    player.note(move.line, Text(f"收到消息“{label.zh}”", f"the message “{label.en}” comes"))
    data, at = data_of(player, move.name, move.data), player.stage.now
    player.attempt(
        move.line, move.refusal, lambda: receive(move.name, data, at=at, source="rehearsal")
    )


def label_of(player: Player, name: str) -> Text:
    """How a message is called."""
    kind = player.stage.definition.messages.get(name)
    return kind.label if kind is not None else Text(name, name)


def data_of(player: Player, name: str, data: Mapping[str, s.Raw]) -> dict[str, Any]:
    """What a message carries, as it is sent."""
    kind = player.stage.definition.messages.get(name)
    fields = kind.fields if kind is not None else {}
    return {key: player.value(fields.get(key), raw) for key, raw in data.items()}
