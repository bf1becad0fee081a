"""`tuoban due`: when a limit would run out, and why."""

from __future__ import annotations

from datetime import datetime

import click

from tuoban.faces.cli.ledgers import Line, ledger, moment, paragraph
from tuoban.faces.cli.people import find_unit, find_user
from tuoban.kernel.calendars import CalendarError
from tuoban.kernel.clocks import ClockError, Length, amount_text, read_length
from tuoban.kernel.definition import Text
from tuoban.runtime.people import limits
from tuoban.runtime.people.models import Unit

_DUE = Text("到期 {at}（{zone}）", "due {at} ({zone})")


@click.command()
@click.argument("length")
@click.option("--unit", "unit_key", required=True, metavar="UNIT", help="The unit's key.")
@click.option(
    "--from", "begins", required=True, metavar="MOMENT", help='Such as "2026-03-02 09:05".'
)
@click.option(
    "--calendar",
    default=limits.OF_UNIT,
    show_default=True,
    metavar="KEY",
    help="A calendar's key, “always”, or “unit” for that of the unit.",
)
@click.option("--person", metavar="USER", help="Whose own hours lie over the calendar.")
@click.option(
    "--language",
    "--lang",
    "lang",
    type=click.Choice(["zh", "en"]),
    default="zh",
    show_default=True,
)
def due(
    length: str, unit_key: str, begins: str, calendar: str, person: str | None, lang: str
) -> None:
    """Show when a limit of LENGTH would run out, such as "2 working hours" or "3 workdays".

    The moment is one on the wall of the unit, unless it has an offset (+08:00).
    """
    unit = find_unit(unit_key)
    who = find_user(person) if person is not None else None
    asked = _length(length)
    try:
        found = limits.foresee(unit, _moment(begins, unit), asked, calendar, who)
    except (ClockError, CalendarError) as error:
        raise _refused(error) from None
    click.echo(_DUE.read(lang).format(at=moment(found.due, unit.zone), zone=unit.zone))
    rows = (
        Line(each.at, each.what, amount_text(each.counted), amount_text(each.total))
        for each in found.rows
    )
    for line in (*paragraph(found.sentence.read(lang)), *ledger(rows, unit.zone, lang)):
        click.echo(line)
    for doubt in found.doubts:
        click.echo(f"! {doubt.read(lang)}", err=True)


def _length(text: str) -> Length:
    try:
        return read_length(text)
    except ClockError as error:
        raise _refused(error) from None


def _moment(text: str, unit: Unit) -> datetime:
    try:
        read = datetime.fromisoformat(text.strip())
    except ValueError:
        raise click.ClickException(
            f"“{text}”不是时刻，请写成 2026-03-02 09:05 / "
            f"“{text}” is not a moment: write it like 2026-03-02 09:05"
        ) from None
    return read if read.tzinfo is not None else read.replace(tzinfo=unit.zone)


def _refused(error: ClockError | CalendarError) -> click.ClickException:
    return click.ClickException(f"{error.describe('zh')} / {error.describe('en')}")
