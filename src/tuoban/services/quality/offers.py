"""What quality offers to packs. Pure: the compiler reads it without a database."""

from __future__ import annotations

from decimal import Decimal

from tuoban.kernel.activities import Activity
from tuoban.kernel.definition import Outcome
from tuoban.kernel.text import Text
from tuoban.services.fields import catalogue, field

_SCORE = field(
    "score", "integer", "满意度", "Satisfaction", minimum=Decimal(1), maximum=Decimal(5),
    hint=Text("1 很不满意，5 很满意", "1 not at all, 5 very much"),
)  # fmt: skip

CALLBACK = Activity(
    key="callback",
    label=Text("回访", "Callback"),
    meaning=Text(
        "给客户打电话；打通的记满意度，打不通的记次数",
        "the customer is called: who is reached says how satisfied they are, and every attempt "
        "counts",
    ),
    asks=(_SCORE, field("said", "text", "客户意见", "What they said", long=True)),
    offers=(field("attempts", "integer", "第几次", "Attempts"),),
    outcomes=(
        Outcome("reached", Text("已接通", "Reached"), requires=("score",)),
        Outcome("unreached", Text("未接通", "Not reached")),
    ),
    keeps=True,
)

SURVEY = Activity(
    key="survey",
    label=Text("满意度调查", "Survey"),
    meaning=Text(
        "记下满意度和意见；退回到之前即作废",
        "a score and what is said beside it are kept; going back past it, the score does not count",
    ),
    asks=(
        field(
            "score", "integer", "满意度", "Satisfaction", required=True,
            minimum=Decimal(1), maximum=Decimal(5), hint=_SCORE.hint,
        ),
        field("said", "text", "意见", "What was said", long=True),
    ),
    lasts=True,
)  # fmt: skip

CATALOGUE = catalogue((CALLBACK, SURVEY))
