from decimal import Decimal

from tuoban.kernel.expressions import evaluate


def test_a_condition_reads_the_outcome_of_a_step() -> None:
    assert (
        evaluate('报价.结果 = "同意" and 金额 > 3', {"报价": {"结果": "同意"}, "金额": 4}) is True
    )
    assert evaluate("sum(lines.amount)", {"lines": [{"amount": 1}, {"amount": 2}]}) == Decimal(3)
