"""What labour offers to packs. Pure: the compiler reads it without a database."""

from __future__ import annotations

from decimal import Decimal

from tuoban.kernel.activities import Activity, Key
from tuoban.kernel.text import Text
from tuoban.services.fields import catalogue, field

MOST_HOURS = Decimal(24)
"""Of one line: work goes on no longer without a pause."""

LABOUR = field(
    "labour",
    "list",
    "工时明细",
    "Work done",
    required=True,
    minimum=Decimal(1),
    columns=(
        field("what", "text", "做了什么", "What was done", required=True),
        field("begun", "datetime", "开始", "Begun"),
        field("ended", "datetime", "结束", "Ended"),
        field(
            "hours", "number", "工时（小时）", "Hours", minimum=Decimal(0), maximum=MOST_HOURS,
            hint=Text("不填则按开始到结束计", "left empty: from begin to end"),
        ),
        field(
            "who", "person", "谁", "Who", hint=Text("不填即办结的人", "empty: who completes it"),
        ),
        field("paused", "text", "暂停原因", "Why it was paused"),
    ),
    hint=Text(
        "按开工、暂停、完工记时，或自己填；中途停过就另起一行",
        "Timed by start, pause and finish, or typed; after a pause a new line",
    ),
)  # fmt: skip

WORK = Activity(
    key="work",
    label=Text("作业", "Work"),
    meaning=Text(
        "逐段记下做了什么和工时；有 rate（每小时金额）则算出工费；退回到之前即不算",
        "what was done is kept line by line, with the hours; with `rate`, the amount for an hour, "
        "it says what that comes to; going back past it, it does not count",
    ),
    takes=(Key("rate", "money"),),
    asks=(LABOUR,),
    timed="labour",
    lasts=True,
    offers=(
        field("hours", "number", "工时合计", "Hours in all"),
        field("cost", "money", "工费", "What it comes to"),
    ),
)

CATALOGUE = catalogue((WORK,))
