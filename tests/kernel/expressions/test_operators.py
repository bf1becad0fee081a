import pytest

from tests.kernel.expressions.examples import assert_example, examples

ARITHMETIC = examples("""
1 + 2 => 3
0.1 + 0.2 => 0.3
10 - 2 - 3 => 5
2 + 3 * 4 => 14
(2 + 3) * 4 => 20
7 / 2 => 3.5
1 / 3 * 3 => 0.9999999999999999999999999999999999
2 ** 10 => 1024
2 ** 3 ** 2 => 64
-2 ** 2 => 4
2 ** -1 => 0.5
--3 => 3
1 / 0 => null
0 ** 0 => null
10 ** 7000 => null
1 + null => null
1 + "a" => null
"a" - "b" => null
"维修" + "完成" => "维修完成"
true + true => null
-"a" => null
1.5e3 => 1500
.5 => 0.5
""")

TEMPORAL = examples("""
@"2026-01-31" + @"P1M" => @"2026-02-28"
@"2024-02-29" + @"P1Y" => @"2025-02-28"
@"2026-03-01" - @"P1M" => @"2026-02-01"
@"2026-01-01" + @"P3D" => @"2026-01-04"
@"P3D" + @"2026-01-01" => @"2026-01-04"
@"2026-01-01" + @"PT23H" => @"2026-01-01"
@"2026-03-01" - @"2026-02-01" => @"P28D"
@"2026-03-01T09:00:00+08:00" + @"PT90M" => @"2026-03-01T10:30:00+08:00"
@"2026-03-01T09:00:00+08:00" - @"2026-03-01T00:00:00Z" => @"PT1H"
@"2026-03-01T09:00:00" - @"2026-03-01T00:00:00Z" => null
@"2026-03-29T01:30:00@Europe/Paris" + @"PT1H" => @"2026-03-29T03:30:00@Europe/Paris"
@"23:30:00" + @"PT1H" => @"00:30:00"
@"09:00:00+08:00" - @"00:00:00Z" => @"PT1H"
@"PT1H" + @"PT30M" => @"PT90M"
@"PT1H" * 1.5 => @"PT90M"
3 * @"P1M" => @"P3M"
@"PT3H" / @"PT90M" => 2
@"P1Y" / 5 => @"P2M"
@"P1Y" / @"P4M" => 3
@"P1Y" + @"P1D" => null
-@"P1D" => @"-P1D"
-@"P1M" => @"-P1M"
@"9999-12-31" + @"P1D" => @"10000-01-01"
@"999999999-12-31" + @"P1D" => null
@"2026-01-01" + @"P999999999Y" => null
@"2026-13-01" => null
@"P1D" * 10 ** 30 => null
@"2026-01-01" + 1 => null
""")

COMPARISON = examples("""
1 = 1.0 => true
1 != 2 => true
"a" = "a" => true
"a" = 1 => null
null = null => true
null = 1 => false
1 != null => true
true = false => false
[1, [2]] = [1, [2]] => true
[1, 2] = [2, 1] => false
{a: 1, b: 2} = {b: 2, a: 1} => true
{a: 1} = {a: 1, b: 2} => false
[1..2] = [1..2] => true
[1..2] = [1..2) => false
1 < 2 => true
"a" < "b" => true
"a" < 3 => null
null < 3 => null
true < false => null
@"2026-01-01" < @"2026-01-02" => true
@"2026-01-01T08:00:00+08:00" = @"2026-01-01T00:00:00Z" => true
@"2026-01-01T08:00:00" = @"2026-01-01T08:00:00Z" => false
@"2026-01-01T08:00:00" < @"2026-01-01T09:00:00Z" => null
@"08:00:00+08:00" >= @"00:00:00Z" => true
@"P1Y" = @"P12M" => true
@"P1D" = @"PT24H" => true
@"P1Y" > @"P1D" => null
5 between 1 and 5 => true
0 between 1 and 5 => false
"x" between 1 and 5 => null
5 in [1..5] => true
5 in [1..5) => false
5 in ]1..5[ => false
3 in ]1..5[ => true
1 in (1..5) => false
5 in (> 3) => true
5 in (< 3, > 4) => true
5 in (< 3, [1..4]) => false
5 in (1, 3, 5) => true
5 in [1, 3, 5] => true
5 in (!= 5) => false
"b" in ["a".."c"] => true
"b" in (1, 2) => null
5 in ([1..3], [5..7]) => true
5 in [[1..3], [5..7]] => true
[1, 2] in [[1, 2], [3]] => true
5 in (> 3) and 4 in [1..5] => true
""")

LOGIC = examples("""
true and true => true
true and null => null
false and null => false
null and false => false
null and null => null
true and 1 => null
false or true => true
false or null => null
null or true => true
false or 1 => null
false or false => false
true or false and false => true
not(true) => false
not(null) => null
not(1) => null
if true then 1 else 2 => 1
if null then 1 else 2 => 2
if 1 then 1 else 2 => 2
if 1 > 2 then 1 else if 2 > 1 then 3 else 4 => 3
""")


@pytest.mark.parametrize(("expression", "expected"), [*ARITHMETIC, *TEMPORAL, *COMPARISON, *LOGIC])
def test_an_operator_gives(expression: str, expected: str) -> None:
    assert_example(expression, expected)
