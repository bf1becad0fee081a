"""`tuoban demo`: everything for a first look, on this machine alone."""

import os
from datetime import datetime, timedelta

import click
from django.core.management import call_command

from tuoban.faces.cli.commands.publish import checked_pack, publish_pack
from tuoban.faces.cli.commands.settings import pack_called
from tuoban.faces.cli.demo.emptying import empty_demo
from tuoban.faces.cli.demo.loading import PLAYED, begins, load_demo
from tuoban.faces.cli.packs import every_slug, read_pack
from tuoban.faces.cli.running import alone
from tuoban.faces.cli.serving import serve_until_stopped
from tuoban.runtime.cases import definitions, settings
from tuoban.runtime.cases.clock import now
from tuoban.runtime.cases.queries.finding import any_case
from tuoban.runtime.people.demo import DEMO_PASSWORD, DEMO_PEOPLE
from tuoban.runtime.people.service import is_in_real_use
from tuoban.services.channels import simulated

HOST = "127.0.0.1"
DEMO_SETTINGS = {
    "film-studio-production": {
        "deposit_share": "40",
        "quote_within": "2 workdays",
        "cut_within": "5 workdays",
    },
    "registration-transfer-card-deposit": {
        "return_within": "30 days",
        "refund_within": "5 workdays",
    },
    "preconstruction-permits": {
        "planning_within": "20 workdays",
        "land_within": "20 workdays",
        "approval_within": "15 workdays",
        "opinion_within": "15 workdays",
        "review_within": "10 workdays",
        "renew_before": "60 days",
    },
    "service-contract-lifecycle": {
        "review_within": "3 workdays",
        "register_within": "2 workdays",
        "remind_before": "60 days",
        "settle_within": "10 workdays",
    },
    "tour-escort": {"report_within": "5 workdays"},
}
"""What the demo organisation has set of what packs leave to an organisation."""


DEMO_CASES = 200


@click.command()
@click.option(
    "--port", type=click.IntRange(1, 65535), default=8000, show_default=True, envvar="PORT"
)
@click.option(
    "--cases",
    type=click.IntRange(0, 1000),
    default=DEMO_CASES,
    show_default=True,
    help="How many cases of the last two months a new demo gets; 0: the few of today alone.",
)
@click.option("--reset", is_flag=True, help="Empty the demo and load it anew, without serving it.")
def demo(port: int, cases: int, reset: bool) -> None:
    """Load the demo organisation and the product's packs, then serve them on loopback."""
    with alone():
        _make_ready()
        if reset:
            empty_demo()
            _make_ready()
        _load(cases)
    if reset:
        click.echo("演示数据已重新装入 / the demo is loaded anew")
        return
    if "TUOBAN_SMS" not in os.environ:
        simulated.choose()
    _tell_log_ins()
    serve_until_stopped(HOST, port, is_demo=True)


def _make_ready() -> None:
    """Bring the database up to date. Raises `click.ClickException` where it is no demo's."""
    call_command("migrate", verbosity=0)
    if is_in_real_use():
        raise click.ClickException(
            "这里已有真实的用户，不能装入演示数据；请用 TUOBAN_HOME 指定一个空文件夹 / "
            "this installation has users of its own and is no place for a demo; "
            "name an empty folder in TUOBAN_HOME"
        )


def _load(cases: int) -> None:
    at = now()
    began = begins(at) if cases and not any_case() else at
    for slug in every_slug():
        files = read_pack(slug)
        if not definitions.stands(slug, files.text, files.translations, files.scenarios):
            settings.change(pack_called(slug), DEMO_SETTINGS.get(slug, {}), at=at)
            _publish(slug, began if slug in PLAYED else at)
    load_demo(at, cases, _Progress())


class _Progress:
    """Tells how far the play has come, in lines of a week."""

    def __init__(self) -> None:
        self._told: datetime | None = None

    def __call__(self, at: datetime) -> None:
        if self._told is None or at - self._told >= timedelta(days=7):
            self._told = at
            click.echo(f"正在演到 / playing {at:%Y-%m-%d} …")


def _publish(slug: str, at: datetime) -> None:
    """Publish a pack; one that was changed without a new version does not stop the demo.

    The product's own packs are tested, so nobody waits for their rehearsal here.
    """
    try:
        publish_pack(checked_pack(slug), at)
    except click.ClickException as error:
        click.echo(f"{slug}: {error.message}", err=True)


def _tell_log_ins() -> None:
    click.echo(
        f"演示账户，密码都是 {DEMO_PASSWORD}，只能在本机登录 / "
        f"demo log-ins, password {DEMO_PASSWORD} for all, on this machine only:"
    )
    for person in DEMO_PEOPLE:
        places = ", ".join(f"{role} @ {unit}" for role, unit in person.roles)
        click.echo(f"  {person.username:<10} {person.name}  {places or 'staff'}")
