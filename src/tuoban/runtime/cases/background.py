"""The background work of cases: the kinds of their jobs, and what recurs."""

from __future__ import annotations

from datetime import timedelta

from tuoban.kernel.text import Text
from tuoban.runtime.cases import idempotency, outside, rechecking
from tuoban.runtime.cases.checkpoints import making
from tuoban.runtime.cases.filing import tidying, uploading
from tuoban.runtime.cases.messaging.working import forget as forget_messages
from tuoban.runtime.jobs import recurring, registry
from tuoban.runtime.people import rates

TIDYING = timedelta(hours=1)
"""How often old answers to requests, old messages and files that nobody needs are cleared away."""
CHECKPOINTS = timedelta(hours=1)
"""How often the journals are put under a checkpoint: what is cut off within is not noticed."""


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
    registry.register(
        uploading.SCAN,
        uploading.scan_file,
        Text("查找文件里的病毒", "Looking for viruses in a file"),
    )
    recurring.register(
        "checkpoint",
        CHECKPOINTS,
        making.make,
        label=Text("给流水做检查点", "Putting the journals under a checkpoint"),
    )
    recurring.register(
        "tidy-files",
        TIDYING,
        tidying.tidy,
        label=Text("清理没人要的文件", "Clearing files that nobody needs"),
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
    recurring.register(
        "forget-allowances",
        TIDYING,
        rates.forget,
        label=Text("清理旧的请求计数", "Clearing old counts of requests"),
    )
