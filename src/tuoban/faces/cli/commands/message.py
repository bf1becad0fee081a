"""`tuoban message`: a message from outside comes in."""

from __future__ import annotations

import json
from typing import Any

import click

from tuoban.kernel.refusals import Refused
from tuoban.runtime.cases.clock import now
from tuoban.runtime.cases.messaging.receiving import receive


@click.command()
@click.argument("name")
@click.argument("values", nargs=-1, metavar="[FIELD=VALUE]...")
@click.option("--json", "text", metavar="JSON", help="The values as one JSON object.")
@click.option("--id", "key", default="", help="The sender's id of it: sent twice, it counts once.")
@click.option("--from", "source", default="", metavar="SYSTEM", help="From which system it comes.")
def message(name: str, values: tuple[str, ...], text: str | None, key: str, source: str) -> None:
    """Take in the message NAME, as a published process declares it under `messages`.

    The worker brings it to every running case that matches. What no process can read is refused.
    """
    data = {**_object(text), **dict(_split(each) for each in values)}
    try:
        taken = receive(name, data, at=now(), key=key, source=source)
    except Refused as refused:
        lines = [f"{refused.read('zh')} / {refused.read('en')}"]
        lines += (
            f"{each.place}: {each.read('zh')} / {each.read('en')}" for each in refused.problems
        )
        raise click.ClickException("\n".join(lines)) from None
    if taken.replayed:
        click.echo(f"早已收到，没有重复：{taken.key} / had come before: {taken.key}")
    else:
        click.echo(f"已收到：{taken.key} / received: {taken.key}")


def _object(text: str | None) -> dict[str, Any]:
    if text is None:
        return {}
    try:
        found = json.loads(text, parse_float=str, parse_int=str)
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise click.BadParameter("--json 须为 JSON 对象 / --json must be a JSON object")
    return found


def _split(word: str) -> tuple[str, str]:
    name, sign, value = word.partition("=")
    if not sign:
        raise click.BadParameter(f"请写成 名称=值 / write FIELD=VALUE: {word}")
    return name.strip(), value
