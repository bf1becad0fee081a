"""`tuoban publish`: make packs available for new cases."""

import subprocess
import sys
import tempfile
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import click

from tuoban.faces.cli.packs import SCENARIOS_FILE, PackFiles, read_pack
from tuoban.kernel.language import PackError, compile_pack
from tuoban.kernel.refusals import Refused
from tuoban.runtime.cases import definitions, recurring
from tuoban.runtime.cases.clock import now
from tuoban.runtime.cases.folders import PACK_FILE, translations_file
from tuoban.runtime.cases.outlook import outlook_of
from tuoban.services.installed import CATALOGUE


@click.command()
@click.argument("packs", nargs=-1, required=True)
@click.option("--without-rehearsal", is_flag=True, help="Publish without playing the scenarios.")
@click.option(
    "--language",
    type=click.Choice(["zh", "en"]),
    default="zh",
    show_default=True,
    help="What scenarios that fail are told in.",
)
def publish(packs: tuple[str, ...], without_rehearsal: bool, language: str) -> None:
    """Publish PACKS (slugs, folders or files). A published version never changes.

    The scenarios of all of them are rehearsed first; nothing is published unless all pass.
    """
    read = [checked_pack(name) for name in packs]
    if not without_rehearsal:
        _rehearse(read, language)
    for files in read:
        click.echo(publish_pack(files))


def checked_pack(name: str) -> PackFiles:
    """A pack that compiles and stands in a folder of its own name.

    Raises:
        click.ClickException: there is no such pack, or it has problems.
    """
    files = read_pack(name)
    try:
        definition = compile_pack(
            files.text,
            file=str(files.path),
            translations=files.translations,
            bases=(known := definitions.KnownPacks(files.bases())),
            packs=definitions.CallablePacks(known),
            catalogue=CATALOGUE,
        )
    except PackError as error:
        raise click.ClickException(f"\n{error.read('zh')}\n{error.read('en')}") from None
    wrong = files.misnamed(definition.slug)
    if wrong is not None:
        raise click.ClickException(f"{files.place_of_slug}: {' / '.join(wrong)}")
    return files


def publish_pack(files: PackFiles, at: datetime | None = None) -> str:
    """Publish one pack that was checked; what is to be said of it.

    Args:
        at: the moment of its publication; None: now.

    Raises:
        click.ClickException: its version stands with another text.
    """
    try:
        row = definitions.publish(
            files.slug, files.text, files.translations, at or now(), files.bases(), files.scenarios
        )
    except Refused as refused:
        raise click.ClickException(f"{refused.read('zh')} / {refused.read('en')}") from None
    told = [f"已发布 / published: {row}"]
    for key in sorted(definitions.missing_calendars(row)):
        told.append(
            f"  还没有日历 {key}：有了它之前按部门的日历计时 / "
            f"there is no calendar {key} yet: until there is, the unit's counts"
        )
    for slug in sorted(definitions.missing_called(row)):
        told.append(
            f"  它调用的 {slug} 还没有发布：发布之前转过去的工单都要等 / "
            f"it calls {slug}, which is not published: until it is, what it calls waits"
        )
    for person, role, other in definitions.holders_of_both(row):
        told.append(
            f"  {person} 同时有角色 {role} 和 {other}，流程包不许兼任：请收回一个 / "
            f"{person} holds both {role} and {other}, which the pack forbids: revoke one"
        )
    told += [f"  {each.zh} / {each.en}" for each in outlook_of(definitions.compiled(row)).warnings]
    for label, first in recurring.coming(row):
        told.append(
            f"  “{label.zh}”自动开始，首次 {first} / “{label.en}” begins by itself, first {first}"
        )
    return "\n".join(told)


def _rehearse(packs: Sequence[PackFiles], language: str) -> None:
    """Play the scenarios in a process of its own, which has a throw-away database.

    Raises:
        click.ClickException: not all pass, or a pack has none.
    """
    for files in packs:
        if SCENARIOS_FILE in files.missing():
            raise click.ClickException(
                f"{files.path.parent} 里没有 {SCENARIOS_FILE}，没有发布；"
                "请写好场景，或加 --without-rehearsal / "
                f"{files.path.parent} holds no {SCENARIOS_FILE}, nothing was published: "
                "write scenarios, or add --without-rehearsal"
            )
    click.echo("正在演练场景 / rehearsing the scenarios …", err=True)
    folders = [str(files.path.parent) for files in packs]
    program = [sys.executable, "-m", "tuoban.faces.cli"]
    with tempfile.TemporaryDirectory(prefix="tuoban-published-") as published:
        _write_published(Path(published))
        words = ["rehearse", "--language", language, "--bases", published, "--", *folders]
        done = subprocess.run(  # noqa: S603 - our own program, on folders that were found
            [*program, *words], check=False, capture_output=True, encoding="utf-8"
        )
    if done.returncode != 0:
        click.echo(done.stdout + done.stderr, err=True, nl=False)
        raise click.ClickException(
            "场景没有全部通过，没有发布；要照样发布请加 --without-rehearsal / "
            "the scenarios do not all pass, nothing was published; "
            "to publish all the same add --without-rehearsal"
        )


def _write_published(folder: Path) -> None:
    """Put the published packs where a rehearsal, which has no part in this database, finds them:
    a pack may extend one that stands in no folder any more."""
    published = definitions.KnownPacks()
    for key in published:
        pack = published[key]
        (folder / key).mkdir()
        (folder / key / PACK_FILE).write_text(pack.text, encoding="utf-8")
        if pack.translations is not None:
            beside = folder / key / translations_file(pack.text)
            beside.write_text(pack.translations, encoding="utf-8")
