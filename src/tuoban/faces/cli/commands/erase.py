"""`tuoban erase`: personal values of a case leave it for good."""

from __future__ import annotations

import secrets

import click

from tuoban.faces.cli.cases import find_case
from tuoban.faces.cli.people import find_user
from tuoban.kernel.refusals import Refused
from tuoban.runtime.cases import personal
from tuoban.runtime.cases.clock import now
from tuoban.runtime.cases.service import erase_personal_values


@click.command()
@click.argument("number")
@click.option("--field", metavar="NAME", help="Only this field; signature:ROLE is a signature.")
@click.option("--by", "username", metavar="USERNAME", help="The administrator who does it.")
@click.option("--reason", help="Stays in the journal: do not repeat in it what is erased.")
@click.option("--list", "listing", is_flag=True, help="Show the fields that hold such values.")
def erase(
    number: str, field: str | None, username: str | None, reason: str | None, *, listing: bool
) -> None:
    """Erase the personal values of the case NUMBER.

    The case and its journal stay whole, and the journal says who erased how many values, and why.
    """
    case_id = find_case(number).case_id
    held = personal.fields_held(case_id)
    if listing:
        for name in held:
            click.echo(name)
        return
    if not username or not reason:
        raise click.UsageError("请写 --by 和 --reason / --by and --reason are needed")
    if field is not None and field not in held:
        known = ", ".join(held) or "—"
        raise click.ClickException(
            f"工单没有个人信息“{field}”，有：{known} / "
            f"the case holds no personal “{field}”, but: {known}"
        )
    by = find_user(username)
    count = len(personal.refs_held(case_id, field))
    try:
        erase_personal_values(
            case_id, field=field, by=by, reason=reason, at=now(), key=secrets.token_hex(16)
        )
    except Refused as refused:
        raise click.ClickException(f"{refused.read('zh')} / {refused.read('en')}") from None
    click.echo(f"已删除 {count} 项个人信息 / erased personal values: {count}")
