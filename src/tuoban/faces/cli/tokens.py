"""`tuoban user token`: tokens by which programs act as somebody."""

from datetime import datetime

import click
from django.utils.timezone import localtime

from tuoban.faces.cli.people import by_hand, find_user
from tuoban.runtime.cases.clock import now
from tuoban.runtime.people import tokens
from tuoban.runtime.people.models import AccessToken
from tuoban.runtime.people.unfit import Unfit

DAYS = 90


@click.group()
def token() -> None:
    """Manage the tokens by which programs act as somebody."""


@token.command()
@click.argument("username")
@click.argument("name")
@click.option(
    "--scope",
    "scopes",
    type=click.Choice(tokens.SCOPES),
    multiple=True,
    default=("read",),
    show_default=True,
    help="What it may do; may be given several times.",
)
@click.option("--days", type=int, default=DAYS, show_default=True, help="How long it is valid.")
@click.option("--never-expires", is_flag=True, help="Until it is revoked.")
def create(
    username: str, name: str, scopes: tuple[str, ...], days: int, never_expires: bool
) -> None:
    """Make a token of USERNAME, called NAME by what it is for. It is shown once."""
    person = find_user(username)
    valid = None if never_expires else days
    try:
        text = tokens.make(person, name, scopes, days=valid, at=now(), act=by_hand())
    except Unfit as error:
        raise click.ClickException(str(error)) from None
    # Alone on the standard output, so that it can go straight to where it is needed.
    click.echo("只显示这一次，请妥善保存 / shown this once, keep it safe:", err=True)
    click.echo(text)


@token.command("list")
@click.argument("username")
def list_tokens(username: str) -> None:
    """Show the tokens of USERNAME, the newest first."""
    at = now()
    for each in tokens.of_user(find_user(username)):
        click.echo(f"{each.pk}  {each.name}  {each.scopes}  {_state(each, at)}")


@token.command()
@click.argument("username")
@click.argument("number", type=int)
def revoke(username: str, number: int) -> None:
    """End the token NUMBER of USERNAME, at once and for good."""
    person = find_user(username)
    found = tokens.find_numbered(person, number)
    if found is None:
        known = ", ".join(str(each.pk) for each in tokens.of_user(person)) or "-"
        raise click.ClickException(
            f"{person} 没有令牌 {number}；现有：{known} / "
            f"{person} has no token {number}; there are: {known}"
        )
    tokens.end(found, by_hand())
    click.echo(f"已停用 / revoked: {found.name}")


def _state(each: AccessToken, at: datetime) -> str:
    if each.ended_at is not None:
        return f"已停用 / revoked {_day(each.ended_at)}"
    if not tokens.is_in_use(each, at):
        return f"已过期 / expired {_day(each.expires_at)}"
    return f"有效至 / until {_day(each.expires_at)}  上次使用 / last used {_day(each.used_at)}"


def _day(moment: datetime | None) -> str:
    return localtime(moment).date().isoformat() if moment is not None else "-"
