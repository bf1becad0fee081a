"""A thousand distinct conditions such as packs have them, in English and in Chinese names."""

from collections.abc import Iterator
from itertools import count, cycle, islice
from typing import NamedTuple

from tuoban.kernel.expressions import (
    BOOLEAN,
    DATE,
    NUMBER,
    TEXT,
    Shape,
    choice_of,
    context_of,
    list_of,
)


class Vocabulary(NamedTuple):
    """The names of one pack."""

    numbers: tuple[str, ...]
    flags: tuple[str, ...]
    dates: tuple[str, ...]
    texts: tuple[str, ...]
    choices: dict[str, tuple[str, ...]]
    steps: dict[str, tuple[str, ...]]
    outcome: str
    rows: tuple[str, ...]
    amount: str
    sort: str

    def shapes(self) -> dict[str, Shape]:
        """What the names stand for."""
        row = context_of({self.amount: NUMBER, self.sort: TEXT})
        return {
            **dict.fromkeys(self.numbers, NUMBER),
            **dict.fromkeys(self.flags, BOOLEAN),
            **dict.fromkeys(self.dates, DATE),
            **dict.fromkeys(self.texts, TEXT),
            **dict.fromkeys(self.rows, list_of(row)),
            **{name: choice_of(*options) for name, options in self.choices.items()},
            **{
                name: context_of({self.outcome: choice_of(*options), "at": DATE})
                for name, options in self.steps.items()
            },
        }


ENGLISH = Vocabulary(
    numbers=("total", "mileage", "unit price", "quantity", "deposit", "rounds", "visits", "age"),
    flags=("insured", "urgent", "repeat_job", "warranty", "paid_in_full", "signed"),
    dates=("starts_on", "ends_on", "opened_on", "due_on"),
    texts=("note", "plate", "address"),
    choices={
        "kind": ("repair", "claim", "advice"),
        "level": ("i", "ii", "iii"),
        "channel": ("phone", "desk", "web"),
    },
    steps={
        "quote": ("accept", "decline"),
        "inspect": ("pass", "rework"),
        "consent": ("yes", "no", "later"),
    },
    outcome="outcome",
    rows=("lines", "parts"),
    amount="amount",
    sort="sort",
)
CHINESE = Vocabulary(
    numbers=("总额", "里程", "单价", "数量", "押金", "轮次", "上门次数", "楼龄"),
    flags=("已投保", "加急", "重复维修", "保修期内", "已付清", "已签字"),
    dates=("起期", "止期", "受理日", "应交日"),
    texts=("备注", "车牌", "地址"),
    choices={
        "类别": ("维修", "索赔", "咨询"),
        "等级": ("一级", "二级", "三级"),
        "渠道": ("电话", "柜台", "网上"),
    },
    steps={"报价": ("同意", "不同意"), "质检": ("合格", "返修"), "客户确认": ("是", "否", "待定")},
    outcome="结果",
    rows=("明细", "配件"),
    amount="金额",
    sort="种类",
)
SHAPES = {**ENGLISH.shapes(), **CHINESE.shapes()}
"""Of both packs together: as many names as a large pack has."""


def conditions(amount: int = 1000) -> list[str]:
    """So many distinct conditions, half in English, half in Chinese, always the same."""
    english, chinese = _conditions(ENGLISH), _conditions(CHINESE)
    mixed = (one for pair in zip(english, chinese, strict=True) for one in pair)
    return list(islice(mixed, amount))


def _conditions(words: Vocabulary) -> Iterator[str]:
    """Simple ones, then two and three of them joined; without end, the numbers in them differ."""
    numbers = count(1)
    simple = [cycle(forms(words, numbers)) for forms in (_fields, _rows, _steps, _dates)]
    for first, second, third, fourth in zip(*simple, strict=True):
        yield f"{first}"
        yield f"{second} and {third}"
        yield f"{fourth} or not({first}) and {third}"
        yield f"if {third} then {second} else {fourth}"


def _fields(words: Vocabulary, numbers: Iterator[int]) -> Iterator[str]:
    while True:
        for number, relation in zip(words.numbers, cycle((">", "<=", "=", "!=")), strict=False):
            yield f"{number} {relation} {next(numbers)}"
        for number, flag in zip(words.numbers, cycle(words.flags), strict=False):
            yield f"{flag} and {number} between {next(numbers)} and {next(numbers)}"
            yield f"{number} * 1.06 in [{next(numbers)}..{next(numbers)})"


def _rows(words: Vocabulary, numbers: Iterator[int]) -> Iterator[str]:
    while True:
        for rows in words.rows:
            filtered = f"{rows}[{words.amount} > {next(numbers)}]"
            yield f"count({filtered}) > 0"
            yield f"sum({rows}.{words.amount}) > {next(numbers)}"
            yield f"some row in {rows} satisfies row.{words.amount} >= {next(numbers)}"
            yield f'every row in {rows} satisfies row.{words.sort} != "{next(numbers)}"'


def _steps(words: Vocabulary, numbers: Iterator[int]) -> Iterator[str]:
    while True:
        for name, options in words.choices.items():
            yield f'{name} in ("{options[0]}", "{options[1]}")'
            yield f'{name} = "{options[2]}" and {words.flags[0]}'
        for name, options in words.steps.items():
            yield f'{name}.{words.outcome} = "{options[0]}"'
        for text in words.texts:
            yield f'contains({text}, "{next(numbers)}")'
            yield f"string length({text}) > {next(numbers)}"


def _dates(words: Vocabulary, numbers: Iterator[int]) -> Iterator[str]:
    while True:
        for early, late in zip(words.dates, words.dates[1:], strict=False):
            yield f'{late} > {early} + @"P{next(numbers)}D"'
            yield f'{early} >= @"2026-03-01" and ({late} - {early}).days < {next(numbers)}'
            yield f'{early} + duration("P{next(numbers)}M") >= {late}'
