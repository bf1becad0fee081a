"""`tuoban move`: take running cases to another version of their process."""

from __future__ import annotations

import click

from tuoban.kernel.refusals import Refused
from tuoban.runtime.cases import definitions
from tuoban.runtime.cases.clock import now
from tuoban.runtime.cases.migrating import (
    Result,
    Wish,
    migrate_one,
    migrate_open_cases,
    versions_of,
)
from tuoban.runtime.cases.queries.finding import case_numbered


@click.command()
@click.argument("pack")
@click.option("--from", "before", metavar="VERSION", help="Only cases that go by this version.")
@click.option("--to", metavar="VERSION", help="The version published last, if left out.")
@click.option("--case", "number", metavar="NUMBER", help="Only this case.")
@click.option("--rename", multiple=True, metavar="OLD=NEW", help="What is called otherwise now.")
@click.option("--reason", default="", help="Stands in the journal of every case.")
@click.option("--dry-run", is_flag=True, help="Only tell what would come of it.")
@click.option("--list", "listing", is_flag=True, help="Show the versions and their running cases.")
def move(
    pack: str,
    before: str | None,
    to: str | None,
    number: str | None,
    rename: tuple[str, ...],
    reason: str,
    dry_run: bool,
    listing: bool,
) -> None:
    """Take the running cases of PACK, a published slug, to another version.

    A case is moved whole, or stays as it is and every reason is told. Stopped in between, the same
    command goes on where it was.
    """
    try:
        newest = definitions.latest(pack).version
        if listing:
            _list(pack)
            return
        wish = Wish(to or newest, reason, dict(_split(each) for each in rename))
        results = (
            [_one(pack, number, wish, dry_run=dry_run)]
            if number
            else migrate_open_cases(pack, wish, now(), before=before, dry_run=dry_run)
        )
        moved = stayed = 0
        for each in results:
            moved, stayed = (moved + 1, stayed) if each.refused is None else (moved, stayed + 1)
            _tell(each)
    except Refused as refused:
        raise click.ClickException(_both(refused)) from None
    done = "可以移到" if dry_run else "已移到"
    did = "could move" if dry_run else "moved"
    click.echo(
        f"{done} {wish.to}：{moved} 件；不能移：{stayed} 件 / "
        f"{did} to {wish.to}: {moved}; cannot move: {stayed}"
    )
    if stayed:
        raise click.exceptions.Exit(1)


def _one(pack: str, number: str, wish: Wish, *, dry_run: bool) -> Result:
    """The same for one case.

    Raises:
        click.ClickException: there is no such case of the process.
    """
    case = case_numbered(number)
    if case is None or case.slug != pack:
        raise click.ClickException(f"{pack} 没有工单 {number} / {pack} has no case {number}")
    refused = None
    try:
        migrate_one(case.case_id, wish, now(), dry_run=dry_run)
    except Refused as found:
        refused = found
    return Result(case.case_id, number, case.version, refused)


def _list(pack: str) -> None:
    for each in versions_of(pack):
        click.echo(
            f"{pack}@{each.version}  {each.published_at:%Y-%m-%d}  "
            f"在办 {each.running} 件 / {each.running} running"
        )


def _tell(result: Result) -> None:
    if result.refused is not None:
        click.echo(f"{result.number} ({result.before}): {_both(result.refused)}")


def _both(refused: Refused) -> str:
    return f"{refused.read('zh')} / {refused.read('en')}"


def _split(word: str) -> tuple[str, str]:
    old, sign, new = word.partition("=")
    if not sign or not old.strip() or not new.strip():
        raise click.BadParameter(f"请写成 旧名=新名 / write OLD=NEW: {word}")
    return old.strip(), new.strip()
