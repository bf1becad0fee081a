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

PUT_BACK = Activity(
    key="put-back-parts",
    label=Text("退料", "Parts put back"),
    meaning=Text(
        "把本单领出的料退回库存，写 for 则只退明细，写在领料的 undo 下则退那一步领的；"
        "退回后库存里还有的仍算领出，其余再办时结差额",
        "what the case has taken goes back into stock, or the rows `for`, under `undo` of an issue "
        "what that took; going back past it, what is still in stock is issued as before, and the "
        "difference is settled when it is done again",
    ),
    takes=(Key("for", "list", columns=("part", "quantity")),),
    offers=(field("put_back", "integer", "退库件数", "Pieces put back"),),
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
        "收回本单借出的全部东西，写在借出的 undo 下则收回那一步借的；退回到之前即仍算借出",
        "everything that the case was lent comes back, under `undo` of a loan what that lent; "
        "going back past it, it is lent still",
    ),
    asks=(field("complete", "boolean", "完好", "In good order", required=True),),
    offers=(field("returned", "text", "收回物", "Returned"),),
    lasts=True,
)

STOCK = field(
    "stock", "number", "库存件数", "Pieces in stock", hint=Text("配件号", "the number of a part")
)
LENT = field(
    "lent", "number", "在外借出件数", "Things lent", hint=Text("借出物", "the thing that is lent")
)

CATALOGUE = catalogue((ISSUE, PUT_BACK, LEND, TAKE_BACK), ledgers=(STOCK, LENT))
