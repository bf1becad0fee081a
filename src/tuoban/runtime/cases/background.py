"""The background work of cases: the kinds of their jobs, and what recurs."""

from __future__ import annotations

from datetime import timedelta

from tuoban.kernel.text import Text
from tuoban.runtime.cases import idempotency, outside, rechecking
from tuoban.runtime.cases.messaging.working import forget as forget_messages
from tuoban.runtime.jobs import recurring, registry

TIDYING = timedelta(hours=1)
"""How often old answers to requests, and old messages, are forgotten."""


def register() -> None:
    """Say who carries out what; once, when Django starts."""
    registry.register(
        outside.RECHECK,
        rechecking.recheck_named,
        Text("资料变动后重新核算工单", "Looking at cases anew after a change on file"),
    )
    registry.register(
        rechecking.AGAIN,
        rechecking.recheck_one,
        Text("重新核算一件工单", "Looking at one case anew"),
    )
    recurring.register(
        "forget-answers",
        TIDYING,
        idempotency.forget,
        label=Text("清理旧的提交记录", "Clearing old answers to requests"),
    )
    recurring.register(
        "forget-messages",
        TIDYING,
        forget_messages,
        label=Text("清理旧的消息", "Clearing old messages"),
    )
