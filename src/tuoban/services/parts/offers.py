"""What parts offers to packs. Pure: the compiler reads it without a database."""

from __future__ import annotations

from tuoban.kernel.activities import Activity, Key
from tuoban.kernel.text import Text
from tuoban.services.fields import catalogue, field

ISSUE = Activity(
    key="issue-parts",
    label=Text("领料", "Parts"),
    meaning=Text(
        "按明细出库，库存不够则不能办；退回后料已领，再办时补领或退库",
        "the rows leave the stock, and nothing more than there is; they stand issued when work "
        "goes back, and the difference is issued or put back when it is done again",
    ),
    takes=(Key("for", "list", required=True, columns=("part", "quantity")),),
    offers=(field("issued", "integer", "出库件数", "Pieces issued"),),
    keeps=True,
)

LEND = Activity(
    key="lend",
    label=Text("借出", "Loan"),
    meaning=Text(
        "借出一物，直到收回",
        "a thing is lent until it is taken back",
    ),
    takes=(Key("thing", "text", required=True),),
    asks=(field("mark", "text", "编号", "Number or mark", required=True),),
    offers=(field("lent", "text", "借出物", "Lent"),),
    keeps=True,
)

TAKE_BACK = Activity(
    key="take-back",
    label=Text("收回", "Return of a loan"),
    meaning=Text(
        "收回本单借出的全部东西；退回到之前即仍算借出",
        "everything that the case was lent comes back; going back past it, it is lent still",
    ),
    asks=(field("complete", "boolean", "完好", "In good order", required=True),),
    offers=(field("returned", "text", "收回物", "Returned"),),
)

CATALOGUE = catalogue((ISSUE, LEND, TAKE_BACK))
