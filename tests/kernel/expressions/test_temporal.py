"""Dates, times and durations of the whole reach of the standard, by examples."""

from datetime import date, datetime, time, timedelta

import pytest

from tests.kernel.expressions.examples import assert_example, examples
from tuoban.kernel.expressions import evaluate
from tuoban.kernel.expressions.temporal import read_temporal
from tuoban.kernel.expressions.wide import WideDate, WideDateTime, WideDuration, WideTime

READING = examples("""
date("-2021-01-01") => @"-2021-01-01"
date("0000-02-29") => @"0000-02-29"
date("-0000-02-29") => null
date("-0001-02-29") => null
date("10000-02-29") => @"10000-02-29"
date("010000-01-01") => null
date("+2021-01-01") => null
date("998-12-31") => null
string(date("999999999-12-31")) => "999999999-12-31"
string(date("-999999999-01-01")) => "-999999999-01-01"
date("1000000000-01-01") => null
date(-5, 2, 28) => @"-0005-02-28"
date(1.5, 1, 1) => null
date(10 ** 30, 1, 1) => null
string(@"2021-01-01T10:00:00.123456789Z") => "2021-01-01T10:00:00.123456789Z"
string(@"10:00:00.1234567899") => "10:00:00.123456789"
string(@"10:00:00.0000000001") => "10:00:00"
time(1, 2, 3.1234567899) => @"01:02:03.123456789"
time(1.5, 2, 3) => null
time(1, 2, 60) => null
time(1, 2, 3, @"PT1H0M1S") => @"01:02:03+01:00:01"
time(1, 2, 3, @"PT1H0.5S") => null
time(1, 2, 3, @"PT14H0M1S") => null
@"2021-01-01T10:00:00+01:60" => null
@"2021-01-01T10:00:00+14:01" => null
@"2021-01-01T10:00:00@../zones" => null
@"2021-01-01T24:00:00" => @"2021-01-02T00:00:00"
@"2021-12-31T24:00:00+08:00" => @"2022-01-01T00:00:00+08:00"
string(@"9999-12-31T24:00:00") => "10000-01-01T00:00:00"
@"999999999-12-31T24:00:00" => null
@"24:00:00" => @"00:00:00"
@"24:00:00.000000001" => null
@"23:60:00" => null
@"23:00:60" => null
string(@"P999999999999DT23H59M59.999999999S") => "P999999999999DT23H59M59.999999999S"
@"P1000000000000D" => null
string(@"PT86399999999999999S") => "P999999999999DT23H59M59S"
string(@"-P2000000000Y") => "-P2000000000Y"
@"P2000000000Y1M" => null
string(duration("PT0.0000000019S")) => "PT0.000000001S"
date and time(@"10000-01-01", @"10:00:00+01:00") => @"10000-01-01T10:00:00+01:00"
date and time(@"10000-01-01") => @"10000-01-01T00:00:00Z"
date(@"10000-01-01T10:00:00") => @"10000-01-01"
date(@"2021-01-01T10:00:00.000000001") => @"2021-01-01"
time(@"10000-01-01T10:00:00Z") => @"10:00:00Z"
time(@"2021-01-01T10:00:00.000000001") => @"10:00:00.000000001"
time(@"10000-01-01") => @"00:00:00Z"
""")

CALCULATING = examples("""
@"9999-12-31" + @"P1D" => @"10000-01-01"
@"10000-01-01" - @"P1D" => @"9999-12-31"
@"0001-01-01" - @"P1D" => @"0000-12-31"
@"999999999-12-31" + @"P1D" => null
@"-0004-02-29" + @"P1Y" => @"-0003-02-28"
@"10000-01-31" + @"P1M" => @"10000-02-29"
@"-2021-01-01" - @"P1M" => @"-2022-12-01"
@"10000-01-01" + @"PT36H" => @"10000-01-02"
@"10000-01-01" - @"PT1S" => @"9999-12-31"
string(@"999999999-12-31" - @"-999999999-01-01") => "P730484999633D"
@"-999999999-01-01" + @"P730484999633D" => @"999999999-12-31"
@"9999-12-31T23:59:59@Asia/Shanghai" + @"PT1S" => @"10000-01-01T00:00:00@Asia/Shanghai"
@"10000-01-01T00:00:00@Europe/Paris" - @"PT1S" => @"9999-12-31T23:59:59@Europe/Paris"
@"0001-01-01T00:00:00+08:00" - @"PT1S" => @"0000-12-31T23:59:59+08:00"
@"0001-01-01T00:00:00+08:00" - @"0001-01-01T00:00:00Z" => @"-PT8H"
@"-2021-01-01T10:10:10@Australia/Melbourne" - @"P1D" => @"-2022-12-31T10:10:10@Australia/Melbourne"
@"12021-03-28T01:30:00@Europe/Paris" + @"PT1H" => @"12021-03-28T03:30:00@Europe/Paris"
@"12021-01-31T10:00:00.5@Europe/Paris" + @"P1M" => @"12021-02-28T10:00:00.5@Europe/Paris"
@"10000-01-01T00:00:00" - @"9999-12-31T23:00:00" => @"PT1H"
@"10000-01-01T00:00:00Z" - @"9999-12-31" => @"P1D"
@"10000-01-01" - @"9999-12-31T00:00:00Z" => @"P1D"
@"10000-01-01T00:00:00" - @"10000-01-01T00:00:00Z" => null
@"2021-01-01T24:00:00" + @"PT1S" => @"2021-01-02T00:00:01"
@"10:00:00" + @"PT0.000000001S" => @"10:00:00.000000001"
@"00:00:00" - @"PT0.000000001S" => @"23:59:59.999999999"
@"10:00:00.000000001" - @"10:00:00" => @"PT0.000000001S"
@"10:00:00" + @"P999999999999D" => @"10:00:00"
@"10:00:00@Europe/Paris" - @"09:00:00@Europe/Paris" => @"PT1H"
@"10:00:00@Europe/Paris" - @"09:00:00Z" => null
@"PT1S" - @"PT0.000000001S" => @"PT0.999999999S"
@"P999999999D" + @"P1D" => @"P1000000000D"
@"P1000000000D" - @"P1D" => @"P999999999D"
@"P999999999999D" + @"P1D" => null
-@"P999999999DT23H59M59.999999S" => @"-P999999999DT23H59M59.999999S"
@"2026-01-01" - @"P999999999DT23H59M59.999999S" => @"-2735882-12-30"
abs(@"-P9999999999D") => @"P9999999999D"
abs(@"-PT0.000000001S") => @"PT0.000000001S"
@"PT0.000000001S" * 3 => @"PT0.000000003S"
@"PT1.000000001S" / 3 => @"PT0.333333333S"
@"-PT1.000000001S" / 3 => @"-PT0.333333333S"
@"PT1S" / 3 => @"PT0.333333S"
@"-PT1S" / 3 => @"-PT0.333333S"
@"P999999999D" * 10 => @"P9999999990D"
@"P1D" / 0 => null
@"PT0.000000003S" / @"PT0.000000001S" => 3
@"P2000000000Y" + @"P1M" => null
-@"P2000000000Y" - @"P1M" => null
years and months duration(@"-2016-01-30", @"-2017-02-28") => @"-P11M"
years and months duration(@"2011-01-31", @"2011-02-28") => @"P0M"
years and months duration(@"2011-02-28", @"2011-01-31") => @"P0M"
years and months duration(@"-999999999-01-01", @"999999999-12-31") => @"P1999999998Y11M"
years and months duration(@"2014-12-31T23:59:59", @"10000-12-31T00:00:01Z") => @"P7986Y"
""")

COMPARING = examples("""
@"10000-01-01" > @"9999-12-31" => true
@"-0001-01-01" < @"0001-01-01" => true
@"-0001-12-31" < @"-0001-01-01" => false
@"10000-01-01" = @"10000-01-01" => true
@"10000-01-01" = @"9999-12-31" => false
@"10000-01-01" = @"10000-01-01T00:00:00Z" => null
@"10000-01-01" < @"10000-01-01T00:00:00Z" => null
@"10:00:00.000000001" > @"10:00:00" => true
@"10:00:00.0001" = @"10:00:00.0002" => false
@"2021-01-01T00:00:00.000000001" > @"2021-01-01T00:00:00" => true
@"2021-01-01T08:00:00.000000001+08:00" = @"2021-01-01T00:00:00.000000001Z" => true
@"2021-01-01T00:00:00.000000001" < @"2021-01-01T00:00:00Z" => null
@"2021-01-01T00:00:00.000000001" = @"2021-01-01T00:00:00Z" => false
@"0001-01-01T00:00:00+08:00" < @"0001-01-01T00:00:00Z" => true
@"9999-12-31T23:00:00-08:00" = @"10000-01-01T07:00:00Z" => true
@"12021-07-01T10:00:00@Europe/Paris" = @"12021-07-01T08:00:00Z" => true
@"12021-01-01T10:00:00@Europe/Paris" = @"12021-01-01T09:00:00Z" => true
@"2021-10-31T02:30:00@Europe/Paris" + @"PT1H" = @"2021-10-31T02:30:00@Europe/Paris" => false
@"12021-10-31T02:30:00@Europe/Paris" + @"PT1H" > @"12021-10-31T02:30:00@Europe/Paris" => true
@"10:00:00@Etc/UTC" = @"10:00:00Z" => true
@"10:00:00@Europe/Paris" < @"11:00:00@Europe/Paris" => true
@"10:00:00@Europe/Paris" < @"11:00:00@Asia/Shanghai" => null
@"10:00:00@Europe/Paris" < @"11:00:00Z" => null
@"10:00:00@Europe/Paris" = @"10:00:00Z" => false
@"10:00:00+02:00" < @"09:00:00Z" => true
@"PT0.000000001S" > @"PT0S" => true
@"P1000000000D" > @"P999999999D" => true
@"P1000000000D" = @"P1D" => false
@"10000-01-01" in [@"9999-01-01"..@"10001-01-01"] => true
@"10000-01-01" in (> @"9999-12-31") => true
@"10000-01-01" between @"9999-01-01" and @"10001-01-01" => true
[@"10000-01-01"..@"10001-01-01"] = [@"10000-01-01"..@"10001-01-01"] => true
{a: @"10000-01-01"} = {a: @"10000-01-01"} => true
list contains([@"10:00:00.000000001"], @"10:00:00.000000001") => true
sort([@"10000-01-01", @"2026-01-01", @"-0001-01-01"])[1] => @"-0001-01-01"
max(@"P1D", @"P9999999999D") => @"P9999999999D"
is(@"10000-01-01", @"10000-01-01") => true
is(@"10:00:00.000000001Z", @"10:00:00.000000001+00:00") => true
is(@"10:00:00@Etc/UTC", @"10:00:00Z") => false
is(@"2002-04-02T12:00:00-01:00", @"2002-04-02T17:00:00+04:00") => false
is(@"P0Y", @"P0D") => false
is(@"P1D", @"PT24H") => true
is(value1: null) => true
is(value1: 1) => false
is(1, "1") => false
is(1, 1.0) => true
is([@"10:00:00Z"], [@"10:00:00+00:00"]) => true
is([@"10:00:00Z"], [@"11:00:00+01:00"]) => false
is({a: @"10:00:00Z"}, {a: @"11:00:00+01:00"}) => false
is({a: 1}, {a: 1}) => true
is({a: 1}, {b: 1}) => false
is([@"2021-01-01"..@"2021-01-02"], [@"2021-01-01"..@"2021-01-02")) => false
""")

MEMBERS = examples("""
@"-2021-03-04".year => -2021
@"-2021-03-04".month => 3
@"-2021-03-04".day => 4
@"10000-01-01".weekday => 6
@"10000-01-01T10:11:12.000000001".year => 10000
@"10000-01-01T10:11:12.000000001".hour => 10
@"10000-01-01T10:11:12.000000001".minute => 11
@"10000-01-01T10:11:12.000000001".second => 12.000000001
@"10000-01-01T10:11:12".weekday => 6
@"2021-01-01T10:11:12.000000001+08:00".time offset => @"PT8H"
@"12021-07-01T10:00:00@Europe/Paris".time offset => @"PT2H"
@"-2021-07-01T10:00:00@Europe/Paris".time offset => @"PT9M21S"
@"12021-07-01T10:00:00@Europe/Paris".timezone => "Europe/Paris"
@"10:00:00@Europe/Paris".time offset => null
@"10:00:00.000000001@Europe/Paris".time offset => null
@"10:00:00.000000001".time offset => null
@"P9999999999DT1H2M3.000000004S".days => 9999999999
@"P9999999999DT1H2M3.000000004S".seconds => 3
@"-PT1.5S".seconds => -1
string(@"-P1M".years) => "0"
@"-P14M".years => -1
@"-P14M".months => -2
day of year(@"10000-12-31") => 366
day of week(@"10000-01-01") => "Saturday"
day of week(@"-0001-05-01T00:00:00Z") => "Saturday"
month of year(@"-0001-05-01") => "May"
week of year(@"10000-01-01") => 52
week of year(@"2003-12-31") => 1
day of year(@"2021-01-01T10:00:00.000000001") => 1
day of week("2021-01-01") => null
for x in @"9999-12-31"..@"10000-01-02" return x.year => [9999, 10000, 10000]
for x in @"0000-01-01"..@"-0001-12-31" return x.day => [1, 31]
for x in [@"2026-02-27"..@"2026-03-01") return x.day => [27, 28]
for x in (@"2026-02-27"..@"2026-03-01"] return x.day => [28, 1]
for x in [@"2026-03-01"..@"2026-02-27"] return x => null
for x in @"10:00:00"..@"11:00:00" return x => null
@"10000-01-01" instance of date => true
@"10:00:00.000000001" instance of time => true
@"10000-01-01T00:00:00" instance of date and time => true
@"PT0.000000001S" instance of days and time duration => true
string([@"10000-01-01", @"PT0.000000001S"]) => "[10000-01-01, PT0.000000001S]"
""")


@pytest.mark.parametrize(("expression", "expected"), [*READING, *CALCULATING, *COMPARING, *MEMBERS])
def test_an_expression_on_time_gives(expression: str, expected: str) -> None:
    assert_example(expression, expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("9999-12-31", date),
        ("10000-01-01", WideDate),
        ("0000-12-31", WideDate),
        ("10:00:00.123456000", time),
        ("10:00:00.123456001", WideTime),
        ("2021-01-01T10:00:00.123456", datetime),
        ("2021-01-01T10:00:00.1234567", WideDateTime),
        ("10000-01-01T10:00:00", WideDateTime),
        ("P999999999D", timedelta),
        ("P1000000000D", WideDuration),
        ("PT0.000001S", timedelta),
        ("PT0.0000001S", WideDuration),
    ],
)
def test_a_value_is_wide_only_where_python_cannot_hold_it(text: str, expected: type) -> None:
    assert type(evaluate(f'@"{text}"', {})) is expected


def test_a_wide_value_of_the_context_is_a_value_of_feel() -> None:
    far = evaluate('@"10000-01-01"', {})
    assert (
        evaluate("string(far + duration(length))", {"far": far, "length": "-P1D"}) == "9999-12-31"
    )


@pytest.mark.parametrize(
    "name", ["localtime", "posixrules", "Factory", "right/Europe/Paris", "../../etc/passwd", ""]
)
def test_a_zone_that_is_another_on_every_machine_is_none(name: str) -> None:
    assert read_temporal(f"2020-07-01T00:00:00@{name}") is None
