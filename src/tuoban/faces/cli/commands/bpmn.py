"""`tuoban bpmn`: packs as BPMN files, and BPMN files as packs."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NoReturn

import click

from tuoban.faces.cli.packs import (
    SCENARIOS_FILE,
    PackFiles,
    in_folders,
    read_pack,
)
from tuoban.kernel.bpmn import MAX_BYTES, BpmnError, Imported, beside, read_bpmn, write_bpmn
from tuoban.kernel.definition import Text
from tuoban.kernel.language import CalledPacks, Report, check_pack
from tuoban.runtime.cases.folders import PACK_FILE, around, translations_file
from tuoban.services.installed import CATALOGUE

_SLUG = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_WARNING = Text("提醒", "warning")
_SUM = Text("{of}：有 {count} 处问题", "{of}: {count} {noun}")
_DONE = Text("{of}：已写成流程包 {path}", "{of}: written as the pack {path}")
_EXPORTED = Text("{of}：已写成 {path}", "{of}: written to {path}")
_THERE = Text("已有 {path}，不予覆盖", "{path} is there already, and is not written over")
_BAD_SLUG = Text(
    "流程包的名称只能是小写字母、数字和连字符", "a slug has small letters, digits and hyphens"
)
_UNFIT = Text(
    "写成的流程包还有问题，请改模型，或改 {path}",
    "the pack that comes of it has problems: change the model, or {path}",
)

in_language = click.option(
    "--language", type=click.Choice(["zh", "en"]), default="zh", show_default=True
)


@click.group()
def bpmn() -> None:
    """Exchange packs with BPMN 2.0 modellers."""


@bpmn.command("export")
@click.argument("pack")
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path))
@in_language
@in_folders
def export(pack: str, output: Path | None, language: str, folders: tuple[Path, ...]) -> None:
    """Write PACK (a slug, a folder or a file) as a BPMN 2.0 file; without -o, to standard output.

    What BPMN has no sign for travels as extension elements, so that the file comes back whole.
    """
    files = read_pack(pack)
    report = _checked(files, folders)
    if report.definition is None or report.tree is None:
        _refuse(str(files.path), [each.read(language) for each in report.problems], language)
    scenarios = files.path.with_name(SCENARIOS_FILE)
    text = write_bpmn(
        report.tree,
        translations=beside(report, files.translations),
        scenarios=scenarios.read_text(encoding="utf-8") if scenarios.is_file() else None,
    )
    if output is None:
        click.echo(text, nl=False)
        return
    output.write_text(text, encoding="utf-8")
    click.echo(_EXPORTED.read(language).format(of=files.slug, path=output))


@bpmn.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "-o", "--output", type=click.Path(file_okay=False, path_type=Path), help="The pack's folder."
)
@click.option("--process", default="", help="The id of the process, where there are several.")
@click.option("--slug", default="", help="What the pack is called.")
@in_language
def import_(file: Path, output: Path | None, process: str, slug: str, language: str) -> None:
    """Make a pack of the BPMN 2.0 file FILE; without -o, print its text.

    What has no counterpart in packs is refused, each with its place and what to do about it; what
    is left out or read in one of several ways is told. Exits with 1 where it is refused, or where
    the pack that comes of it has problems.
    """
    slug = slug or (output.resolve().name if output is not None else "")
    if slug and not _SLUG.fullmatch(slug):
        raise click.UsageError(_BAD_SLUG.read(language))
    try:
        with file.open("rb") as opened:
            imported = read_bpmn(opened.read(MAX_BYTES + 1), process=process, slug=slug)
    except BpmnError as error:
        _refuse(str(file), [each.read(language, str(file)) for each in error.problems], language)
    for warning in imported.warnings:
        told = warning.read(language, str(file))
        click.echo(f"{told} ({_WARNING.read(language)})", err=True)
    if output is None:
        click.echo(imported.text, nl=False)
    else:
        _write(imported, output, language)
        click.echo(_DONE.read(language).format(of=file, path=output / PACK_FILE))
    _check(imported, output or Path(), language)


def _checked(files: PackFiles, folders: tuple[Path, ...]) -> Report:
    known = files.bases(folders)
    return check_pack(
        files.text,
        file=str(files.path),
        translations=files.translations,
        bases=known,
        packs=CalledPacks(known, CATALOGUE),
        catalogue=CATALOGUE,
    )


def _write(imported: Imported, folder: Path, language: str) -> None:
    """Write the pack's files; nothing is written over."""
    texts = {
        PACK_FILE: imported.text,
        translations_file(imported.text): imported.translations,
        SCENARIOS_FILE: imported.scenarios,
    }
    for name in texts:
        if (folder / name).exists():
            raise click.ClickException(_THERE.read(language).format(path=folder / name))
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        if text is not None:
            (folder / name).write_text(text, encoding="utf-8")


def _check(imported: Imported, folder: Path, language: str) -> None:
    """Tell what the compiler finds in the pack."""
    known = around(folder)
    report = check_pack(
        imported.text,
        file=str(folder / PACK_FILE),
        translations=imported.translations,
        bases=known,
        packs=CalledPacks(known, CATALOGUE),
        catalogue=CATALOGUE,
    )
    if report.problems:
        click.echo(_UNFIT.read(language).format(path=PACK_FILE), err=True)
        lines = [each.read(language) for each in report.problems]
        _refuse(imported.slug, lines, language)


def _refuse(of: str, lines: list[str], language: str) -> NoReturn:
    for line in lines:
        click.echo(line, err=True)
    noun = "problem" if len(lines) == 1 else "problems"
    click.echo(_SUM.read(language).format(of=of, count=len(lines), noun=noun), err=True)
    raise SystemExit(1)
