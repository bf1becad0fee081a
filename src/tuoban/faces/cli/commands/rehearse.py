"""`tuoban rehearse`: play the scenarios of packs on a throw-away database and a virtual clock."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import click

from tuoban.faces.cli.packs import every_slug, find_pack, in_folders
from tuoban.faces.cli.printing import print_json
from tuoban.kernel.definition import Text
from tuoban.runtime.rehearsals.installation import installed

if TYPE_CHECKING:
    from tuoban.runtime.rehearsal import PackResult, Played

_ASKED = Text("请写明流程包，或用 --all", "name a pack, or use --all")
_ZONE = ZoneInfo("Asia/Shanghai")


@click.command()
@click.argument("packs", nargs=-1)
@click.option("--all", "every", is_flag=True, help="Rehearse every pack of the product.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line, the sum last.")
@click.option("--steps", is_flag=True, help="Print every step, also of scenarios that pass.")
@click.option("--language", type=click.Choice(["zh", "en"]), default="zh", show_default=True)
@in_folders
def rehearse(
    packs: tuple[str, ...],
    every: bool,
    as_json: bool,
    steps: bool,
    language: str,
    folders: tuple[Path, ...],
) -> None:
    """Play the scenarios of PACKS (slugs, folders or files).

    No live case, number or channel is touched. Exits with 1 if a scenario fails.
    """
    found = [find_pack(name).parent for name in (every_slug() if every else packs)]
    if not found:
        raise click.UsageError(_ASKED.read(language))
    with tempfile.TemporaryDirectory(prefix="tuoban-rehearsal-") as home, installed(Path(home)):
        results = list(_rehearse(found, folders, language))
    for result in results:
        for played in result.played:
            _show(result, played, as_json=as_json, steps=steps, language=language)
    failed = _show_sum(results, as_json=as_json, language=language)
    if failed:
        raise SystemExit(1)


def _rehearse(
    found: Iterable[Path], bases: tuple[Path, ...], language: str
) -> Iterator[PackResult]:
    # Imported here because models can only be loaded once the settings stand.
    from tuoban.kernel.language import PackError
    from tuoban.runtime.rehearsal import ScenarioError, rehearse_folder

    for folder in found:
        try:
            yield rehearse_folder(folder, bases)
        except (PackError, ScenarioError) as error:
            raise click.ClickException(f"{folder.resolve().name}\n{error.read(language)}") from None
        except FileNotFoundError as error:
            missing = Path(error.filename).name
            text = Text(f"{folder} 里没有 {missing}", f"there is no {missing} in {folder}")
            raise click.ClickException(text.read(language)) from None


def _show(result: PackResult, played: Played, *, as_json: bool, steps: bool, language: str) -> None:
    if as_json:
        print_json({"pack": result.slug, "scenario": played.name, "passed": played.passed})
        return
    mark = "✓" if played.passed else "✗"
    click.echo(f"{mark} {result.slug}: {played.name}")
    for line in played.lines:
        if steps or line.failed:
            when = line.at.astimezone(_ZONE).strftime("%m-%d %H:%M")
            where = f"scenarios.yaml:{line.line}: " if line.failed else ""
            inside = f"[{line.inside.read(language)}] " if line.inside is not None else ""
            text = f"{where}{inside}{line.text.read(language)}"
            click.echo(f"    {when} {'✗' if line.failed else ' '} {text}")


def _show_sum(results: list[PackResult], *, as_json: bool, language: str) -> int:
    packs = len(results)
    scenarios = sum(len(each.played) for each in results)
    failed = sum(each.failed for each in results)
    if as_json:
        counts = {"packs": packs, "scenarios": scenarios}
        print_json({**counts, "passed": scenarios - failed, "failed": failed})
    elif language == "en":
        click.echo(f"{_count(packs, 'pack')}, {_count(scenarios, 'scenario')}, {failed} failed")
    else:
        click.echo(f"{packs} 个流程包，{scenarios} 个场景，失败 {failed} 个")
    return failed


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
