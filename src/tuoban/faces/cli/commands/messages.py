"""`tuoban messages`: the messages that are kept, for people and for systems that fetch theirs."""

from __future__ import annotations

import json
from typing import Any

import click

from tuoban.kernel.codec import encode
from tuoban.runtime.cases.queries.messages import KeptMessage, kept_messages

AT_MOST = 1000


@click.command()
@click.option("--to", "system", metavar="SYSTEM", help="Those that cases sent to this system.")
@click.option("--name", metavar="NAME", help="Those called so.")
@click.option("--after", type=int, default=0, metavar="NUMBER", help="Behind the one so numbered.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line, with all values.")
def messages(system: str | None, name: str | None, after: int, as_json: bool) -> None:
    """Show the messages of the last 30 days, the oldest first, at most 1000.

    A system fetches what is for it with --to SYSTEM --json --after the last number it has seen.
    Only --json tells personal values.
    """
    for row in kept_messages(system, name, after=after, most=AT_MOST):
        click.echo(_as_json(row) if as_json else _line(row))


def _as_json(row: KeptMessage) -> str:
    told: dict[str, Any] = {
        "number": row.number,
        "id": row.key,
        "name": row.name,
        "at": row.at.isoformat(),
        "from": row.sender,
        "values": {key: _plain(value) for key, value in {**row.values, **row.personal}.items()},
    }
    return json.dumps(told, ensure_ascii=False)


def _plain(value: Any) -> Any:
    """A value without the marks of our own notation."""
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    plain = encode(value)
    if isinstance(plain, dict) and len(plain) == 1 and next(iter(plain)).startswith("$"):
        return next(iter(plain.values()))
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    return plain


def _line(row: KeptMessage) -> str:
    values = ", ".join(f"{key}={_plain(value)}" for key, value in row.values.items())
    sender = row.sender or "—"
    return f"{row.number}  {row.at:%Y-%m-%d %H:%M}  {row.name}  {sender}  {values}".rstrip()
