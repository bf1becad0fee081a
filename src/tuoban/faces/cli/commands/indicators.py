"""`tuoban indicators`: what a process does across its cases."""

from __future__ import annotations

from datetime import UTC, tzinfo

import click

from tuoban.faces.cli.tables import columns, table
from tuoban.kernel.refusals import Refused
from tuoban.kernel.text import Text
from tuoban.runtime.cases import definitions
from tuoban.runtime.cases.clock import now
from tuoban.runtime.cases.indicators.rounds import TOO_MANY, ask, measure_to_its_end
from tuoban.runtime.cases.organisation import organisation
from tuoban.runtime.cases.queries.indicators import indicator_list
from tuoban.runtime.cases.queries.rows.indicators import IndicatorRow
from tuoban.runtime.cases.wording import moment

_MET = {True: Text("达标", "met"), False: Text("未达标", "missed"), None: Text("—", "—")}


@click.command()
@click.argument("pack")
@click.option("--measure", is_flag=True, help="Measure them all now.")
@click.option(
    "--language",
    "--lang",
    "language",
    type=click.Choice(["zh", "en"]),
    default="zh",
    show_default=True,
)
def indicators(pack: str, *, measure: bool, language: str) -> None:
    """Show the indicators of PACK as they were measured last."""
    try:
        published = definitions.latest(pack)
    except Refused as refused:
        raise click.ClickException(refused.read(language)) from None
    if measure:
        _measure(published)
    found = indicator_list(published).rows
    if not found:
        raise click.ClickException("流程包没有指标 / the pack has no indicators")
    heads = _HEADS.read(language).split("|")
    there = organisation()
    zone = there.root.zone if there is not None else UTC
    lines = [heads, *(_line(row, language, zone) for row in found)]
    for line in table(lines, columns(), widest=0):
        click.echo(line)


_HEADS = Text(
    "指标|数值|目标|结果|工单|测量时间", "indicator|value|target|result|cases|measured at"
)


def _measure(published: definitions.Published) -> None:
    at = now()
    names = definitions.compiled(published).indicators
    row = measure_to_its_end(ask(published, names, at), at)
    if row.error == TOO_MANY:
        raise click.ClickException("工单太多，没有测量 / there are too many cases to measure")


def _line(row: IndicatorRow, language: str, zone: tzinfo) -> list[str]:
    return [
        row.label.read(language),
        row.value.read(language),
        row.target.read(language) if row.target is not None else "—",
        _MET[row.met].read(language),
        str(row.counted) if row.counted is not None else "—",
        moment(row.at, zone) if row.at is not None else "—",
    ]
