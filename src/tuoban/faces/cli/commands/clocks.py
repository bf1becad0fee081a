"""`tuoban clocks`: the clocks of a case, with why each runs out when it does."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import tzinfo

import click

from tuoban.faces.cli.ledgers import Line, ledger, moment, paragraph
from tuoban.kernel.definition import Text
from tuoban.runtime.cases import clock as wall
from tuoban.runtime.cases.queries import CaseClocks, case_clocks
from tuoban.runtime.cases.queries.rows import ClockView
from tuoban.runtime.people.queries import administrator_of_the_machine

_CASE = Text("整件工单", "the whole case")
_NONE = Text("这件工单没有计时。", "This case has no clocks.")
_BEGINS = Text("起算 {at}", "begins {at}")
_DUE = Text("到期 {at}", "due {at}")
_STANDS_STILL = Text("停住，不定", "standing still, no due time")
_ELAPSED = Text("已用 {amount}", "{amount} elapsed")
_LEFT = Text("还剩 {amount}", "{amount} left")
_OVER = Text("超 {amount}", "{amount} over")
_LATE = Text("超时", "late")
_OPENS = Text("到时才能办", "opens then")
_GOES_ON = Text("到时继续", "goes on then")
_AHEAD = Text("接下来：{what}", "ahead: {what}")
_HAPPENS = Text("到时发生", "happens then")
_STATES = {
    "ahead": Text("未起算", "ahead"),
    "running": Text("计时中", "running"),
    "paused": Text("暂停", "paused"),
    "stopped": Text("已结束", "stopped"),
}


@click.command()
@click.argument("number")
@click.option(
    "--language",
    "--lang",
    "lang",
    type=click.Choice(["zh", "en"]),
    default="zh",
    show_default=True,
)
def clocks(number: str, lang: str) -> None:
    """Show every clock of the case NUMBER, those that go on before those that are over."""
    found = case_clocks(administrator_of_the_machine(), number, wall.now())
    if found is None:
        raise click.ClickException(f"没有工单 {number} / there is no case {number}")
    for line in _lines(found, lang):
        click.echo(line)


def _lines(found: CaseClocks, language: str) -> Iterator[str]:
    yield f"{found.number}  {found.process.read(language)}  ({found.zone})"
    if not found.open and not found.over:
        yield _NONE.read(language)
    for view in (*found.open, *found.over):
        yield ""
        yield f"{_name(view, language)}  [{', '.join(_marks(view, language))}]"
        yield from paragraph(" · ".join(_figures(view, found.zone, language)))
        yield from paragraph(view.sentence.read(language))
        if view.ahead:
            what = " · ".join(each.read(language) for each in view.ahead)
            yield from paragraph(_AHEAD.read(language).format(what=what))
        rows = (Line(each.at, each.what, each.counted, each.total) for each in view.rows)
        yield from ledger(rows, found.zone, language)
        for doubt in view.doubts:
            yield from paragraph(f"! {doubt.read(language)}")


def _name(view: ClockView, language: str) -> str:
    what = (view.what if view.node else _CASE).read(language)
    name = f" · {view.name.read(language)}" if view.name is not None else ""
    about = f" ({view.occurrence.read(language)})" if view.occurrence is not None else ""
    return f"#{view.clock} {what}{name}{about}"


def _marks(view: ClockView, language: str) -> Iterator[str]:
    yield _STATES[view.state].read(language)
    if view.late:
        yield _LATE.read(language)
    if view.opens:
        yield (_GOES_ON if view.waits else _OPENS).read(language)
    if view.happens:
        yield _HAPPENS.read(language)


def _figures(view: ClockView, zone: tzinfo, language: str) -> Iterator[str]:
    yield _BEGINS.read(language).format(at=moment(view.begins, zone))
    if view.due_at is None:
        yield _STANDS_STILL.read(language)
    else:
        yield _DUE.read(language).format(at=moment(view.due_at, zone))
    if view.elapsed_amount is None or view.remaining_amount is None:
        return
    yield _ELAPSED.read(language).format(amount=view.elapsed.read(language))
    left = _OVER if view.remaining_amount.size < 0 else _LEFT
    yield left.read(language).format(amount=view.remaining.read(language))
