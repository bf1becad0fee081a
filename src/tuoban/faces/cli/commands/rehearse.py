"""`tuoban rehearse`: play the scenarios of packs on a throw-away database and a virtual clock."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import click
import django

if TYPE_CHECKING:
    from tuoban.runtime.rehearsal import PackResult, Played

PACKS = Path(__file__).parents[3] / "packs"
_ZONE = ZoneInfo("Asia/Shanghai")


@click.command()
@click.argument("packs", nargs=-1)
@click.option("--all", "every", is_flag=True, help="Rehearse every pack of the product.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line, the sum last.")
@click.option("--steps", is_flag=True, help="Print every step, also of scenarios that pass.")
@click.option("--language", type=click.Choice(["zh", "en"]), default="zh", show_default=True)
def rehearse(
    packs: tuple[str, ...], every: bool, as_json: bool, steps: bool, language: str
) -> None:
    """Play the scenarios of PACKS (slugs, or folders with a pack.yaml).

    No live case, number or channel is touched. Exits with 1 if a scenario fails.
    """
    folders = [*_every_folder()] if every else [_folder(each) for each in packs]
    if not folders:
        raise click.UsageError("name a pack, or use --all / 请写明流程包，或用 --all")
    with _throw_away_installation():
        results = list(_rehearse(folders))
    for result in results:
        for played in result.played:
            _show(result, played, as_json=as_json, steps=steps, language=language)
    failed = _show_sum(results, as_json=as_json)
    if failed:
        raise SystemExit(1)


def _every_folder() -> Iterable[Path]:
    return sorted(path.parent for path in PACKS.glob("*/pack.yaml"))


def _folder(name: str) -> Path:
    for folder in (Path(name), PACKS / name):
        if (folder / "pack.yaml").is_file():
            return folder
    known = ", ".join(folder.name for folder in _every_folder())
    raise click.UsageError(
        f"没有流程包“{name}”；现有：{known} / no pack {name!r}; there are: {known}"
    )


@contextmanager
def _throw_away_installation() -> Iterator[None]:
    with tempfile.TemporaryDirectory(prefix="tuoban-rehearsal-") as home:
        os.environ["TUOBAN_HOME"] = home
        os.environ.pop("TUOBAN_DATABASE_URL", None)
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tuoban.site.settings")
        django.setup()
        from django.core.management import call_command
        from django.db import connections

        call_command("migrate", verbosity=0)
        try:
            yield
        finally:
            connections.close_all()


def _rehearse(folders: Iterable[Path]) -> Iterator[PackResult]:
    # Imported here because models can only be loaded once the settings stand.
    from tuoban.kernel.language import PackError
    from tuoban.runtime.rehearsal import ScenarioError, rehearse_folder

    for folder in folders:
        try:
            yield rehearse_folder(folder)
        except (PackError, ScenarioError, FileNotFoundError) as error:
            raise click.ClickException(f"{folder.name}\n{error}") from None


def _show(result: PackResult, played: Played, *, as_json: bool, steps: bool, language: str) -> None:
    if as_json:
        _print({"pack": result.slug, "scenario": played.name, "passed": played.passed})
        return
    mark = "✓" if played.passed else "✗"
    click.echo(f"{mark} {result.slug}: {played.name}")
    for line in played.lines:
        if steps or line.failed:
            when = line.at.astimezone(_ZONE).strftime("%m-%d %H:%M")
            where = f"scenarios.yaml:{line.line}: " if line.failed else ""
            click.echo(
                f"    {when} {'✗' if line.failed else ' '} {where}{line.text.read(language)}"
            )


def _show_sum(results: list[PackResult], *, as_json: bool) -> int:
    scenarios = sum(len(each.played) for each in results)
    failed = sum(each.failed for each in results)
    if as_json:
        counts = {"packs": len(results), "scenarios": scenarios}
        _print({**counts, "passed": scenarios - failed, "failed": failed})
    else:
        click.echo(f"{len(results)} 个流程包，{scenarios} 个场景，失败 {failed} 个")
    return failed


def _print(row: dict[str, Any]) -> None:
    click.echo(json.dumps(row, ensure_ascii=False))
