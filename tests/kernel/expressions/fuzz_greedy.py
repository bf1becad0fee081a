"""Expressions that want more time or memory than there is, evaluated where both are limited.

Run as a program: it limits its own memory, and the CPU time of each evaluation, evaluates them
one after another and prints the place of each that ended as it should.
"""

import resource
import sys
from contextlib import suppress
from typing import Any

from tuoban.kernel.expressions import (
    BudgetExceeded,
    Expression,
    compile_expression,
    explain,
    trace,
)

MEMORY = 192 * 2**20
"""Bytes that an evaluation may take beyond what the program has at its start."""
SECONDS = 10
"""CPU time after which the evaluation is ended from outside."""

_DOUBLED = "(for i in 1..{} return if i = 1 then {} else {})[-1]"
_PARTS = {
    "LONG": _DOUBLED.format(18, '"9"', "partial[-1] + partial[-1]"),
    "LIST": _DOUBLED.format(45, "[1]", "[partial[-1], partial[-1]]"),
    "WIDE": _DOUBLED.format(60, "[1]", "concatenate(partial[-1], partial[-1])"),
    "CONTEXT": _DOUBLED.format(45, "{a: 1}", "{a: partial[-1], b: partial[-1]}"),
    "OFTEN": "for i in 1..9000 return",
    "FIX": "(function(f) f(f))(function(f)",
}
_TABLE = r"""
9**9**9
9**9**9**9
OFTEN [1][9e6144]
OFTEN substring("a", 9e6144, 9e6144)
OFTEN sublist([1], 1, 9e6144)
(9**9)**(9**9)
2 ** -9e6144
(-8) ** (1/3)
exp(9e6144)
exp(-9e6144)
log(1e-6176)
sqrt(9e6144)
modulo(9e6144, 1e-6176)
9e6144 * 9e6144
decimal(1/3, 6176)
round up(1e-6176, 6175)
floor(9e6144, -6111)
odd(9e6144)
OFTEN string(9e6144)
OFTEN exp(i / 7)
OFTEN log(i) ** 0.37
product(for i in 1..900 return 9e100)
split(9e6144, [1, 2, 3], 10)
split(1e29, for i in 1..2000 return 1e-6000)
OFTEN xs[9e6144]
OFTEN substring(s, 9e6144, 9e6144)

LONG + LONG
for i in 1..100 return if i = 1 then "x" else partial[-1] + partial[-1]
string length(LONG)
number(LONG)
number(LONG + "e9")
duration("P" + LONG + "Y")
duration("P" + LONG + "M")
duration("P" + LONG + "D")
duration("PT" + LONG + "S")
duration("PT0." + LONG + "S")
date(LONG)
date(LONG + "-01-01")
time(LONG)
time("10:00:00." + LONG)
time("10:00:00@" + LONG)
range(LONG)
range("[" + LONG + "..1]")
string join(for i in 1..500 return s, s)
split(s, "")
OFTEN split(s, s)
OFTEN upper case(s + "ß")
OFTEN contains(s, s)
OFTEN substring after(s, s)
string(string(string(string([s, s, s]))))

replace(s, "", s)
replace(s, ".", s)
replace(s, ".", "$0$0$0$0")
replace(s, "a*", s)
replace(s, "(a+)(a+)(a+)b", "$3$2$1")
matches(s + "!", "(a+)+$")
matches(s + "!", "(a|a)*$")
matches(s, "(a*)*b")
matches(s, "(((a{1,99}){1,99}){1,99}){1,99}b")
matches(s, "a{0,9999999}b")
matches(s, "(.*)(.*)(.*)(.*)(.*)(.*)\1\2b")
matches(s, ".*.*.*=")
matches(s, s + s)
matches("a", "[" + s + "]")
matches("a", string join(for i in 1..2000 return "("))
split(s, "(a?){99}b")
OFTEN matches(s, "(a|aa)+$")

LIST
WIDE
CONTEXT
string(LIST)
LIST = LIST
CONTEXT = CONTEXT
count(flatten(LIST))
distinct values([LIST, LIST])
index of([LIST], LIST)
list contains([LIST], LIST)
LIST.a.b.c
LIST[a > 1][b > 1]
LIST instance of list<list<list<number>>>
get entries(CONTEXT)
distinct values(xs)
union(xs, xs, xs)
flatten([xs, xs])
mode(xs)
median(xs)
OFTEN reverse(xs)
OFTEN append(xs, i)
OFTEN sort(xs)
OFTEN stddev(xs)
OFTEN min(xs)
OFTEN all(xs)
OFTEN sum(xs)
OFTEN product(xs)
OFTEN xs
OFTEN sublist(xs, 1)
OFTEN remove(xs, 1)
OFTEN insert before(xs, 1, xs)
OFTEN concatenate(xs, xs)
OFTEN string join(texts)
OFTEN xs = xs
OFTEN list contains(xs, -1)
OFTEN index of(xs, 1)
OFTEN context merge([ctx, ctx])
OFTEN context put(ctx, "a", i)
OFTEN get entries(ctx)
OFTEN ctx = ctx
OFTEN ctx
circle
circle = circle
string(circle)
own
own = own
own.a.a.a
string(own)
shared
shared = shared
shared.a
flatten(shared)
string(shared)
count(shared[true][item = item])

for i in 1..1e30 return i
for i in [1..1e30] return 1
some i in 1..1e9, j in 1..1e9 satisfies false
every x in xs satisfies xs = xs
for i in xs, j in xs, k in xs return i
for i in 1..900 return for j in 1..900 return for k in 1..900 return partial
for d in @"0001-01-01"..@"9999-12-31" return d
for d in @"-999999999-01-01"..@"999999999-12-31" return d.year

FIX f(f))
FIX [f(f), f(f)])
FIX {a: f(f)})
FIX f(f)(f))
(function(f, n) f(f, n))(function(f, n) if n = 0 then 0 else f(f, n - 1) + f(f, n - 1), 40)
(function(f, n) f(f, n))(function(f, n) for i in 1..3 return f(f, [n, n]), [1])
sort(xs, function(a, b) true)
sort(xs, function(a, b) null)
sort(xs, function(a, b) xs)
sort(xs, function(a, b) a != b)
sort(xs, function(a, b) modulo(a * 7, 13) > modulo(b * 5, 11))
sort(xs, function(a, b) count(sort(xs, function(c, d) c < d)) > a)

@"P999999999D" * 9e6144
@"P999999999Y" * 9e6144
@"PT0.000000001S" / 9e6144
OFTEN @"9999-12-31" + @"P999999999D"
OFTEN @"2026-01-31" + @"P999999999Y"
OFTEN years and months duration(@"-999999999-01-01", @"999999999-12-31")
"""


def _written_out(line: str) -> str:
    for name, part in _PARTS.items():
        line = line.replace(name, part)
    return line


GREEDY = tuple(_written_out(line) for line in _TABLE.splitlines() if line)


def facts() -> dict[str, Any]:
    """What the expressions are evaluated in."""
    circle: list[Any] = [1]
    circle.append(circle)
    own: dict[str, Any] = {}
    own["a"] = own["b"] = own
    shared: Any = 1
    for _ in range(45):
        shared = [shared, shared]
    return {
        "xs": list(range(1000)),
        "texts": ["abc" * 20] * 500,
        "s": "a" * 5000,
        "ctx": {f"k{at}": at for at in range(500)},
        "circle": circle,
        "own": own,
        "shared": shared,
    }


def _limited() -> None:
    """From now on, this much CPU time is left; more ends the program."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    soon = int(used.ru_utime + used.ru_stime) + SECONDS
    resource.setrlimit(resource.RLIMIT_CPU, (soon, resource.RLIM_INFINITY))


def main() -> None:
    with open("/proc/self/statm", encoding="ascii") as statm:
        pages = int(statm.read().split()[0])
    resource.setrlimit(resource.RLIMIT_AS, (pages * resource.getpagesize() + MEMORY,) * 2)
    context = facts()
    for place, text in enumerate(GREEDY):
        expression = compile_expression(text)
        for evaluation in (Expression.__call__, trace, explain):
            _limited()
            with suppress(BudgetExceeded):
                evaluation(expression, context)
        sys.stdout.write(f"{place}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
