"""What billing offers to packs. Pure: the compiler reads it without a database."""

from __future__ import annotations

from decimal import Decimal

from tuoban.kernel.activities import Activity, Key
from tuoban.kernel.expressions import NUMBER, compile_expression
from tuoban.kernel.text import Text
from tuoban.services.fields import catalogue, field

METHODS = (
    ("cash", Text("现金", "Cash")),
    ("card", Text("银行卡", "Card")),
    ("wechat", Text("微信", "WeChat Pay")),
    ("alipay", Text("支付宝", "Alipay")),
    ("transfer", Text("转账", "Bank transfer")),
)

_METHOD = field("method", "choice", "方式", "Method", required=True, options=METHODS)
_TAKEN = field("taken", "money", "实收", "Taken", required=True)

QUOTE = Activity(
    key="quote",
    label=Text("报价", "Quote"),
    meaning=Text(
        "逐项报价，合计计入应收；退回到之前即撤销",
        "what the case costs, line by line, is added to what is due; going back past it undoes it",
    ),
    asks=(
        field(
            "lines",
            "list",
            "报价明细",
            "Lines of the quote",
            required=True,
            minimum=Decimal(1),
            columns=(
                field("item", "text", "项目", "Item", required=True),
                field("part", "text", "配件号", "Part number"),
                field("quantity", "integer", "数量", "Quantity", required=True, minimum=Decimal(1)),
                field("price", "money", "单价", "Price", required=True, minimum=Decimal(0)),
                field(
                    "amount",
                    "money",
                    "金额",
                    "Amount",
                    computed=compile_expression(
                        "quantity * price", {"quantity": NUMBER, "price": NUMBER}
                    ),
                ),
            ),
            order=("amount",),
        ),
    ),
    offers=(
        field("total", "money", "报价合计", "Total of the quote"),
        field(
            "parts",
            "list",
            "所需配件",
            "Parts needed",
            columns=(
                field("part", "text", "配件号", "Part number"),
                field("quantity", "integer", "数量", "Quantity"),
            ),
        ),
    ),
)

CHARGE = Activity(
    key="charge",
    label=Text("计费", "Charge"),
    meaning=Text(
        "一笔金额计入应收；退回到之前即撤销",
        "an amount is added to what is due; going back past it undoes that",
    ),
    takes=(Key("amount", "money", required=True),),
    offers=(field("charged", "money", "计费金额", "Charged"),),
    unattended=True,
)

COLLECT = Activity(
    key="collect",
    label=Text("收款", "Payment"),
    meaning=Text(
        "收 amount，不写则收全部未收款，多收的退还；以第一个结果办结要收足，其他结果可少收；"
        "退回后款项保留，再办时结差额",
        "takes `amount`, or without it all that is due, and gives back what is overpaid; completed "
        "with the first outcome it takes the whole, with another less; the money stands when work "
        "goes back, and the difference is settled when it is done again",
    ),
    takes=(Key("amount", "money"),),
    asks=(_METHOD, _TAKEN),
    offers=(
        field("owed", "money", "应收", "Owed"),
        field("paid", "money", "已收", "Paid"),
    ),
    keeps=True,
)

REFUND = Activity(
    key="refund",
    label=Text("退款", "Refund"),
    meaning=Text(
        "退还 amount，不写则退多收的全部：已收款减去报价与计费；写在收款的 undo 下则退那一步收的；"
        "退回后款已退，再办时补退差额",
        "gives back `amount`, or without it all that was paid beyond what the case costs, under "
        "`undo` of a payment what that took; it stays given back when work goes back, and the "
        "difference is given back when it is done again",
    ),
    takes=(Key("amount", "money"),),
    asks=(_METHOD,),
    offers=(field("refunded", "money", "已退", "Given back"),),
    keeps=True,
)

HOLD = Activity(
    key="hold-deposit",
    label=Text("收押金", "Deposit"),
    meaning=Text(
        "收 amount 作押金，记在 account 名下；退回后押金仍在，再办时结差额",
        "takes `amount` in deposit on `account`; it is held still when work goes back, and the "
        "difference is settled when it is done again",
    ),
    takes=(Key("account", "name", required=True), Key("amount", "money", required=True)),
    asks=(_METHOD, _TAKEN),
    offers=(field("held", "money", "押金", "In deposit"),),
    keeps=True,
)

RELEASE = Activity(
    key="release-deposit",
    label=Text("退押金", "Release of a deposit"),
    meaning=Text(
        "退还 account 名下的全部押金，写在收押金的 undo 下则退那一步收的；"
        "退回后款已退，再办时只退还有的",
        "gives back all that is held on `account`, under `undo` of a deposit what that took; it "
        "stays given back when work goes back",
    ),
    takes=(Key("account", "name", required=True),),
    asks=(_METHOD,),
    offers=(field("released", "money", "退还押金", "Given back"),),
    keeps=True,
)

PAID = field("paid", "money", "已收款", "Paid")
DUE = field("due", "money", "未收款", "Due")
HELD = field("held", "money", "押金", "In deposit")

DEPOSITS = field(
    "deposits", "money", "在账押金", "Deposits held", hint=Text("账户", "the account of a deposit")
)
PAYMENTS = field(
    "payments", "money", "收款合计", "Payments taken", hint=Text("方式", "the method, such as cash")
)

CATALOGUE = catalogue(
    (QUOTE, CHARGE, COLLECT, REFUND, HOLD, RELEASE), (PAID, DUE, HELD), (DEPOSITS, PAYMENTS)
)
