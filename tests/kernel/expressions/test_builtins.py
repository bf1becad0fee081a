import pytest

from tests.kernel.expressions.examples import assert_example, examples
from tuoban.kernel.expressions.builtins import BUILTINS

EXAMPLES = examples("""
string(1.50) => "1.5"
string(1e3) => "1000"
string("a") => "a"
string(null) => null
string(true) => "true"
string(@"2026-03-01T09:30:00+08:00") => "2026-03-01T09:30:00+08:00"
string(@"P1DT2H3M4.5S") => "P1DT2H3M4.5S"
string(@"P14M") => "P1Y2M"
string([1, "a", {b: null}]) => "[1, \\"a\\", {b: null}]"
string([1..3)) => "[1..3)"
number("1.5") => 1.5
number("1,500.25", ",", ".") => 1500.25
number("1.500,25", ".", ",") => 1500.25
number("1 500", " ", null) => 1500
number("1,5", ",", ",") => null
number("x") => null
coalesce(null, 2, 3) => 2
coalesce(null) => null
is defined(null) => false
is defined(1) => true
is defined({a: 1}.b) => false
not(1 > 2) => true
date("2026-03-01") => @"2026-03-01"
date("2026-02-30") => null
date(2026, 3, 1) => @"2026-03-01"
date(2026, 13, 1) => null
date(year: 2026, month: 3, day: 1) => @"2026-03-01"
date(day: 1, year: 2026, month: 3) => @"2026-03-01"
date(@"2026-03-01T23:00:00+08:00") => @"2026-03-01"
time("09:30:00") => @"09:30:00"
time("9:30") => null
time(9, 30, 0) => @"09:30:00"
time(9, 30, 0, @"PT8H") => @"09:30:00+08:00"
time(25, 0, 0) => null
time(@"2026-03-01T23:00:00+08:00") => @"23:00:00+08:00"
date and time("2026-03-01T09:30:00Z") => @"2026-03-01T09:30:00Z"
date and time(@"2026-03-01", @"09:30:00+08:00") => @"2026-03-01T09:30:00+08:00"
duration("P3D") => @"P3D"
duration("3D") => null
duration("P") => null
working time("2 working hours") = working time("2 working hours") => true
working time("1 workday") = working time("8 working hours") => false
working time("2 hours") => null
working time("soon") => null
years and months duration(@"2024-08-30", @"2026-03-01") => @"P1Y6M"
years and months duration(@"2026-03-01", @"2024-08-30") => @"-P1Y6M"
day of year(@"2024-12-31") => 366
day of week(@"2026-03-01") => "Sunday"
month of year(date: @"2026-03-01T10:00:00Z") => "March"
week of year(@"2027-01-01") => 53
is(@"10:00:00Z", @"10:00:00+00:00") => true
is(@"10:00:00Z", @"11:00:00+01:00") => false
contains("foobar", "ob") => true
contains(null, "ob") => null
starts with("foobar", "fo") => true
ends with("foobar", "fo") => false
substring("foobar", 3) => "obar"
substring("foobar", 3, 3) => "oba"
substring("foobar", -2, 1) => "a"
substring("foobar", 0) => null
substring(string: "foobar", start position: 4) => "bar"
substring before("foobar", "bar") => "foo"
substring before("foobar", "x") => ""
substring after("foobar", "ob") => "ar"
string length("妥办😀") => 3
upper case("aBc") => "ABC"
lower case("aBc") => "abc"
split("a;b;c", ";") => ["a", "b", "c"]
matches("foobar", "^fo*b") => true
replace("abcd", "(ab)|(a)", "[1=$1][2=$2]") => "[1=ab][2=]cd"
split(100, [50, 30, 20]) => [50, 30, 20]
split(100, [1, 1, 1]) => [33.34, 33.33, 33.33]
split(0.05, [1, 1]) => [0.03, 0.02]
split(-100, [1, 1, 1]) => [-33.34, -33.33, -33.33]
split(1000, [1, 1, 1], 0) => [334, 333, 333]
split(0.001, [1, 1]) => null
split(100, []) => null
split(100, [-1, 2]) => null
string join(["a", null, "b"], ", ") => "a, b"
string join(["a", 1]) => null
count([1, 2]) => 2
count([]) => 0
count(null) => null
sum([1, 2]) => 3
sum(1, 2) => 3
sum([]) => null
sum([1, "a"]) => null
product([2, 3]) => 6
mean([1, 2]) => 1.5
min([3, 1]) => 1
max(3, 1) => 3
max("a", "b") => "b"
max([1, "b"]) => null
min([]) => null
max([@"2026-01-01", @"2026-03-01"]) => @"2026-03-01"
all([true, false]) => false
all([true, null]) => null
all([]) => true
any(false, true) => true
any([false, null]) => null
any([]) => false
median([8, 2, 5, 7]) => 6
mode([6, 1, 9, 6, 1]) => [1, 6]
stddev([1, 2, 3]) => 1
list replace([1, 2, 3], 2, 4) => [1, 4, 3]
append([1], 2, 3) => [1, 2, 3]
concatenate([1], [2, 3]) => [1, 2, 3]
union([1, 2], [2, 3]) => [1, 2, 3]
distinct values([1, 2, 1, null, null]) => [1, 2, null]
flatten([[1], [[2]], 3]) => [1, 2, 3]
list contains([1, null], null) => true
list contains([1], 2) => false
index of([1, 2, 1], 1) => [1, 3]
reverse([1, 2]) => [2, 1]
sublist([1, 2, 3], 2) => [2, 3]
sublist([1, 2, 3], 1, 2) => [1, 2]
sublist([1, 2, 3], 2, 5) => null
insert before([1, 3], 2, 2) => [1, 2, 3]
remove([1, 2, 3], -1) => [1, 2]
sort([3, 1, 2]) => [1, 2, 3]
sort([1, "a"]) => null
sort([]) => []
sort([3, 1, 2], function(x, y) x > y) => [3, 2, 1]
get value({a: 1}, "a") => 1
get entries({a: 1}) => [{key: "a", value: 1}]
context([{key: "a", value: 1}]) => {a: 1}
context([{key: "a", value: 1}, {key: "a", value: 2}]) => null
context put({a: 1}, "b", 2) => {a: 1, b: 2}
context put({a: {b: 1}}, ["a", "b"], 2) => {a: {b: 2}}
context put({a: 1}, ["a", "b"], 2) => null
context merge([{a: 1}, {a: 2, b: 3}]) => {a: 2, b: 3}
decimal(1.005, 2) => 1
decimal(2.5, 0) => 2
decimal(1234, -2) => 1200
floor(-1.5) => -2
floor(1.56, 1) => 1.5
ceiling(-0.5) => 0
ceiling(1.5) => 2
round up(1.121, 2) => 1.13
round down(-1.129, 2) => -1.12
round half up(1.125, 2) => 1.13
round half down(1.125, 2) => 1.12
round half up(2.5) => 3
round half up(1, 7000) => null
abs(-1.5) => 1.5
abs(@"-P1D") => @"P1D"
abs(@"-P1M") => @"P1M"
modulo(10, 4) => 2
modulo(-10, 4) => 2
modulo(10, -4) => -2
modulo(10, 0) => null
sqrt(16) => 4
sqrt(-1) => null
exp(0) => 1
log(1) => 0
log(0) => null
even(2) => true
odd(2) => false
even(1.5) => null
range("[1..3]") => [1..3]
before(1, 2) => true
after(1, 2) => false
meets([1..5], [5..8]) => true
met by([5..8], [1..5]) => true
overlaps([1..5], [3..8]) => true
overlaps before([1..5], [3..8]) => true
overlaps after([3..8], [1..5]) => true
finishes(5, [1..5]) => true
finished by([1..5], 5) => true
includes([1..5], 3) => true
during(3, [1..5]) => true
starts(1, [1..5]) => true
started by([1..5], 1) => true
coincides(1, 1) => true
upper case(["a"]) => "A"
count(7) => 1
abs("1") => null
abs() => null
abs(wrong: 1) => null
""")


@pytest.mark.parametrize(("expression", "expected"), EXAMPLES)
def test_a_built_in_gives(expression: str, expected: str) -> None:
    assert_example(expression, expected)


@pytest.mark.parametrize("name", sorted(BUILTINS))
def test_every_built_in_has_an_example(name: str) -> None:
    assert any(f"{name}(" in expression for expression, _ in EXAMPLES)
