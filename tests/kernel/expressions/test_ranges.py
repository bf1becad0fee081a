from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.kernel.expressions.examples import assert_example, examples
from tuoban.kernel.expressions import BudgetExceeded, Range, compile_expression, evaluate

RELATIONS = examples("""
before(1, 10) => true
before(10, 1) => false
before(1, 1) => false
before(1, [1..10]) => false
before(1, (1..10]) => true
before(1, [5..10]) => true
before([1..10], 10) => false
before([1..10), 10) => true
before([1..10], 15) => true
before([1..10], [15..20]) => true
before([1..10], [10..20]) => false
before([1..10), [10..20]) => true
before([1..10], (10..20]) => true
after(10, 5) => true
after(5, 10) => false
after(12, [1..10]) => true
after(10, [1..10)) => true
after(10, [1..10]) => false
after([11..20], 12) => false
after([11..20], 10) => true
after((11..20], 11) => true
after([11..20], 11) => false
after([11..20], [1..10]) => true
after([1..10], [11..20]) => false
after([11..20], [1..11)) => true
after((11..20], [1..11]) => true
meets([1..5], [5..10]) => true
meets([1..5), [5..10]) => false
meets([1..5], (5..10]) => false
meets([1..5], [6..10]) => false
met by([5..10], [1..5]) => true
met by([5..10], [1..5)) => false
met by((5..10], [1..5]) => false
met by([6..10], [1..5]) => false
overlaps([1..5], [3..8]) => true
overlaps([3..8], [1..5]) => true
overlaps([1..8], [3..5]) => true
overlaps([3..5], [1..8]) => true
overlaps([1..5], [6..8]) => false
overlaps([1..5], [5..8]) => true
overlaps([1..5], (5..8]) => false
overlaps([1..5), [5..8]) => false
overlaps([1..5), (5..8]) => false
overlaps((5..8], [1..5]) => false
overlaps before([1..5], [3..8]) => true
overlaps before([1..5], [6..8]) => false
overlaps before([1..5], [5..8]) => true
overlaps before([1..5], (5..8]) => false
overlaps before([1..5), [5..8]) => false
overlaps before([1..5), (1..5]) => true
overlaps before([1..5], (1..5]) => true
overlaps before([1..5], (1..5)) => false
overlaps before([1..5), [1..5]) => false
overlaps before([1..5], [1..5]) => false
overlaps after([3..8], [1..5]) => true
overlaps after([6..8], [1..5]) => false
overlaps after([5..8], [1..5]) => true
overlaps after((5..8], [1..5]) => false
overlaps after([5..8], [1..5)) => false
overlaps after((1..5], [1..5)) => true
overlaps after((1..5], [1..5]) => true
overlaps after([1..5], [1..5)) => false
overlaps after((1..5], [1..6]) => false
finishes(10, [1..10]) => true
finishes(10, [1..10)) => false
finishes([5..10], [1..10]) => true
finishes([5..10), [1..10]) => false
finishes([5..10), [1..10)) => true
finishes([1..10], [1..10]) => true
finishes((1..10], [1..10]) => true
finishes([1..10], (1..10]) => false
finished by([1..10], 10) => true
finished by([1..10), 10) => false
finished by([1..10], [5..10]) => true
finished by([1..10], (1..10]) => true
includes([1..10], 5) => true
includes([1..10], 12) => false
includes([1..10], 1) => true
includes([1..10], 10) => true
includes((1..10], 1) => false
includes([1..10), 10) => false
includes([1..10], [4..6]) => true
includes([1..10], [1..5]) => true
includes((1..10], (1..5]) => true
includes([1..10], (1..10)) => true
includes([1..10), [5..10)) => true
includes((1..10), [1..10]) => false
during(5, [1..10]) => true
during(1, (1..10]) => false
during([4..6], [1..10]) => true
during((1..10), [1..10]) => true
during([1..10], (1..10)) => false
starts(1, [1..10]) => true
starts(1, (1..10]) => false
starts(2, [1..10]) => false
starts([1..5], [1..10]) => true
starts((1..5], (1..10]) => true
starts((1..5], [1..10]) => false
starts([1..10], [1..10)) => false
started by([1..10], 1) => true
started by((1..10], 1) => false
started by([1..10], [1..5]) => true
started by([1..10], (1..5]) => false
coincides(5, 5) => true
coincides(3, 4) => false
coincides([1..5], [1..5]) => true
coincides((1..5), [1..5]) => false
coincides([1..5], [2..6]) => false
coincides("妥办", "妥办") => true
before("a", "b") => true
before(@"2026-03-01", @"2026-03-02") => true
before(@"2026-03-01", [@"2026-03-02"..@"2026-03-05"]) => true
during(@"09:30:00", [@"09:00:00"..@"18:00:00")) => true
starts(@"2026-03-01T09:00:00Z", [@"2026-03-01T17:00:00+08:00"..@"2026-03-02T00:00:00Z"]) => true
after(@"P3D", [@"P1D"..@"P2D"]) => true
before(@"P1M", @"P1Y") => true
before(point1: 1, point2: 2) => true
during(range: [1..3], point: 2) => true
meets(range2: [3..5], range1: [1..3]) => true
before([1], 2) => true
before((<5), 5) => true
before((<=5), 5) => false
includes((>5), 6) => true
includes((>5), [5..7]) => false
includes((>=5), (>5)) => true
overlaps((<5), (>3)) => true
overlaps((<=3), (>3)) => false
meets((<=3), (>=3)) => true
coincides((>=3), (>=3)) => true
starts([3..5], (>=3)) => true
finishes((>5), (>3)) => true
""")

NULLS = [
    *("before(1, null)", "before(null, 1)", "before(1)", "before()", "before(1, 2, 3)"),
    *('before(1, "a")', 'before(1, ["a".."b"])', 'overlaps([1..2], ["a".."b"])'),
    *("coincides(true, true)", "coincides({}, {})", "coincides(1, [1..1])", "meets(1, [1..2])"),
    *("finishes([1..2], 2)", "includes(1, [1..2])", "during([1..2], 1)", "starts([1..2], 1)"),
    *('before(@"2026-03-01", @"09:30:00")', 'before(@"P1D", @"P1M")', "overlaps(1, 2)"),
    *('before(@"2026-03-01T09:30:00", @"2026-03-01T09:30:00Z")', 'before((<"a"), 5)'),
    *("includes([1..null], 1)", "before(point: 1, other: 2)"),
]

READ = examples(r"""
range("[1..3]") => [1..3]
range("(1..3)") => (1..3)
range("]1..3[") => (1..3)
range("[1..3[") => [1..3)
range("]1..3]") => (1..3]
range(" [ 1 .. 3 ] ") => [1..3]
range("[-1.5..-.5]") => [-1.5..-0.5]
range("[1...5e1]") => [1..5]
range("[3..3]") => [3..3]
range("(..3]") => (<=3)
range("(..3)") => (<3)
range("[3..)") => (>=3)
range("(3..)") => (>3)
range("[\"a\"..\"c\"]") => ["a".."c"]
range("[\"丙\"..\"甲\"]") => ["丙".."甲"]
range("[\"..\"..\"x]\"]") => [".."  .. "x]"]
range("[@\"2026-03-01\"..@\"2026-03-31\")") => [@"2026-03-01"..@"2026-03-31")
range("[@\"09:00:00\"..@\"18:00:00\"]") => [@"09:00:00"..@"18:00:00"]
range("[@\"P1D\"..@\"P2D\"]") => [@"P1D"..@"P2D"]
range("[duration(\"P1M\")..duration(\"P1Y\")]") => [@"P1M"..@"P1Y"]
range("[date(\"2026-03-01\")..date(2026, 3, 31)]") => [@"2026-03-01"..@"2026-03-31"]
range("[time(9, 30, 0)..@\"18:00:00\"]") => [@"09:30:00"..@"18:00:00"]
range("[date and time(\"2026-03-01T00:00:00\")..)") => (>=@"2026-03-01T00:00:00")
range(from: "[1..3]") => [1..3]
5 in range("[1..5)") => false
""")

NO_RANGES = [
    *("", " ", "..", "[", "[]", "[..]", "(..)", "[..2]", "[2..]", "1..3", "[1..3", "1..3]"),
    *("[1,3]", "[1..3]x", "[1..2..3]", "[3..1]", '["z".."a"]', '[1.."a"]', "[1..true]"),
    *("[null..3]", "[a..b]", "[1+1..3]", "[--1..3]", "[(1)..3]", "{1..3}", ">=10", "[1 2..3]"),
    *('[-"a".."b"]', '[@"x"..@"y"]', '[date("x")..@"2026-03-01"]', "[date()..date()]"),
    *('[duration(string("P1D"))..@"P2D"]', '[@"P1D"..@"P1M"]', "[date(2026,3)..date(2026,4)]"),
    *('[@"2026-03-01"..@"09:00:00"]', '["a..b]', "[1..3)]", "[today()..today()]", "[-..1]"),
    *("[1..-]", '[date("2026-03-01"..1]', "[date..date]", "甲", "[1e9999999..2]"),
]


@pytest.mark.parametrize(("expression", "expected"), RELATIONS + READ)
def test_a_range_function_gives(expression: str, expected: str) -> None:
    assert_example(expression, expected)


@pytest.mark.parametrize("expression", NULLS)
def test_what_cannot_be_compared_gives_null(expression: str) -> None:
    assert evaluate(expression, {}) is None


@pytest.mark.parametrize("text", NO_RANGES)
def test_what_is_no_range_of_constants_gives_null(text: str) -> None:
    assert evaluate("range(text)", {"text": text}) is None


@given(st.text(max_size=20) | st.text(alphabet='[]()".,-+@date123 \\甲', max_size=20))
def test_any_text_is_a_range_or_null(text: str) -> None:
    assert evaluate("range(text) = null or range(text) instance of range", {"text": text}) is True


def test_reading_a_long_text_is_paid_for() -> None:
    with pytest.raises(BudgetExceeded):
        evaluate("range(text)", {"text": "(" * 20_000})


# Against sets of points: thirds, so that two of them lie between any two ends

ENDS = range(5)
THIRDS = range(-3, 18)
Points = frozenset[int]


def points_of(low: int, high: int, *, low_included: bool, high_included: bool) -> Points:
    return frozenset(
        one
        for one in THIRDS
        if (3 * low <= one if low_included else 3 * low < one)
        and (one <= 3 * high if high_included else one < 3 * high)
    )


SPANS: dict[str, Points] = {
    f"{'[' if left else '('}{low}..{high}{']' if right else ')'}": points_of(
        low, high, low_included=left, high_included=right
    )
    for low in ENDS
    for high in ENDS
    for left in (True, False)
    for right in (True, False)
    if low < high
}
SINGLES: dict[str, Points] = {str(one): frozenset({3 * one}) for one in ENDS}

MEANINGS: dict[str, Callable[[Points, Points], bool]] = {
    "before": lambda a, b: max(a) < min(b),
    "after": lambda a, b: min(a) > max(b),
    "overlaps": lambda a, b: bool(a & b),
    "includes": lambda a, b: a >= b,
    "during": lambda a, b: a <= b,
    "coincides": lambda a, b: a == b,
    "starts": lambda a, b: a <= b and min(a) == min(b),
    "started by": lambda a, b: a >= b and min(a) == min(b),
    "finishes": lambda a, b: a <= b and max(a) == max(b),
    "finished by": lambda a, b: a >= b and max(a) == max(b),
    "meets": lambda a, b: len(a & b) == 1 and max(a) == min(b),
    "met by": lambda a, b: len(a & b) == 1 and min(a) == max(b),
    "overlaps before": lambda a, b: bool(a & b) and min(a) < min(b) and max(a) <= max(b),
    "overlaps after": lambda a, b: bool(a & b) and min(a) > min(b) and max(a) >= max(b),
}
FORMS = {
    "before": [(SPANS, SPANS), (SINGLES, SPANS), (SPANS, SINGLES), (SINGLES, SINGLES)],
    "after": [(SPANS, SPANS), (SINGLES, SPANS), (SPANS, SINGLES), (SINGLES, SINGLES)],
    "includes": [(SPANS, SPANS), (SPANS, SINGLES)],
    "started by": [(SPANS, SPANS), (SPANS, SINGLES)],
    "finished by": [(SPANS, SPANS), (SPANS, SINGLES)],
    "during": [(SPANS, SPANS), (SINGLES, SPANS)],
    "starts": [(SPANS, SPANS), (SINGLES, SPANS)],
    "finishes": [(SPANS, SPANS), (SINGLES, SPANS)],
    "coincides": [(SPANS, SPANS), (SINGLES, SINGLES)],
}
EACH_PAIR = "for a in left return for b in right return {name}(a, b)"


@pytest.mark.parametrize("name", sorted(MEANINGS))
def test_a_relation_says_what_the_points_of_both_sides_say(name: str) -> None:
    relation = compile_expression(EACH_PAIR.format(name=name))
    for left, right in FORMS.get(name, [(SPANS, SPANS)]):
        values = {
            side: [evaluate(text, {}) for text in texts]
            for side, texts in (("left", left), ("right", right))
        }
        expected = [[MEANINGS[name](a, b) for b in right.values()] for a in left.values()]
        assert relation(values, budget=100_000) == expected


@given(st.integers(), st.integers(), st.booleans(), st.booleans())
def test_a_range_of_any_numbers_reads_back(
    first: int, last: int, low_included: bool, high_included: bool
) -> None:
    low, high = sorted((first, last))
    left, right = "[" if low_included else "(", "]" if high_included else ")"
    read = evaluate("range(text)", {"text": f"{left}{low}..{high}{right}"})
    assert isinstance(read, Range)
    assert (read.low_included, read.high_included) == (low_included, high_included)
    assert evaluate("r.start = low and r.end = high", {"r": read, "low": low, "high": high})
