import pytest

from tests.kernel.expressions.examples import assert_example, examples
from tuoban.kernel.expressions import BudgetExceeded, evaluate

EXAMPLES = examples(r"""
substring("foobar", 3) => "obar"
substring("foobar", 3, 3) => "oba"
substring("foobar", -2, 1) => "a"
substring("foobar", 6) => "r"
substring("foobar", 7) => null
substring("foobar", 0) => null
substring("foobar", -6) => "foobar"
substring("foobar", -7) => null
substring("foobar", 2, 0) => null
substring("foobar", 2, -1) => null
substring("foobar", 5, 9) => "ar"
substring("foobar", 3.8) => "obar"
substring("foobar", 2, null) => null
substring(null, 1) => null
substring("foobar", null) => null
substring("服务流程", 3) => "流程"
substring("\U01F40Eab", 2) => "ab"
substring("\U01F40Eab", -3, 1) => "\U01F40E"
string length("foo") => 3
string length("") => 0
string length("妥办") => 2
string length("\U01F40Eab") => 3
string length(null) => null
string length(1) => null
upper case("aBc4") => "ABC4"
upper case("straße") => "STRASSE"
upper case("妥办") => "妥办"
upper case(null) => null
lower case("aBc4") => "abc4"
lower case("ÄÖ") => "äö"
lower case(1) => null
substring before("foobar", "bar") => "foo"
substring before("foobar", "xyz") => ""
substring before("foobar", "o") => "f"
substring before("foobar", "") => ""
substring before("", "a") => ""
substring before("申请单-001", "-") => "申请单"
substring before(null, "a") => null
substring before("a", null) => null
substring after("foobar", "ob") => "ar"
substring after("foobar", "o") => "obar"
substring after("foobar", "xyz") => ""
substring after("foobar", "") => "foobar"
substring after("", "a") => ""
substring after("申请单-001", "-") => "001"
substring after(null, "a") => null
contains("foobar", "of") => false
contains("foobar", "") => true
contains("服务流程", "流程") => true
contains("foobar", null) => null
starts with("foobar", "fo") => true
starts with("服务流程", "服") => true
starts with(null, "fo") => null
ends with("foobar", "r") => true
ends with("服务流程", "程") => true
ends with("foobar", null) => null
string join(["a", "b", "c"], "_and_") => "a_and_b_and_c"
string join(["a", "b", "c"], "") => "abc"
string join(["a", "b", "c"], null) => "abc"
string join(["a"], "X") => "a"
string join(["a", null, "c"], "X") => "aXc"
string join([], "X") => ""
string join([null]) => ""
string join(["a", "b"]) => "ab"
string join(["甲", "乙"], "、") => "甲、乙"
string join(["a", 1]) => null
string join(["a"], 1) => null
string join(null) => null
string join(list: ["a", "b"], delimiter: "-") => "a-b"
""")


@pytest.mark.parametrize(("expression", "expected"), EXAMPLES)
def test_a_text_function_gives(expression: str, expected: str) -> None:
    assert_example(expression, expected)


@pytest.mark.parametrize("text", ["string join(xs)", "string join(ys, xs[1])"])
def test_a_text_that_is_joined_many_times_is_paid_for_first(text: str) -> None:
    context = {"xs": ["x" * 100_000] * 1_000, "ys": [""] * 1_000}
    with pytest.raises(BudgetExceeded):
        evaluate(text, context)
