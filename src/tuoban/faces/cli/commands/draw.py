"""`tuoban draw`: a pack as a picture."""

from __future__ import annotations

from pathlib import Path

import click

from tuoban.faces.cli.packs import PackFiles, in_folders, read_pack
from tuoban.kernel.definition import Definition
from tuoban.kernel.diagram import lay, outline, to_svg
from tuoban.kernel.language import CalledPacks, check_pack
from tuoban.services.installed import CATALOGUE

NARROWEST, WIDEST = 240, 20_000
"""In pixels; below the least not even one box has room."""


@click.command()
@click.argument("pack")
@click.option("-o", "--output", "target", type=click.Path(path_type=Path), help="The file.")
@click.option("--language", type=click.Choice(["zh", "en"]), default="zh", show_default=True)
@click.option(
    "--width",
    type=click.IntRange(NARROWEST, WIDEST),
    default=1200,
    show_default=True,
    help="Pixels beyond which the process goes on in a new row.",
)
@click.option("--in-one-row", is_flag=True, help="Never begin a new row, however long it gets.")
@in_folders
def draw(
    pack: str,
    target: Path | None,
    language: str,
    width: int,
    in_one_row: bool,
    folders: tuple[Path, ...],
) -> None:
    """Draw PACK (a slug, folder or file) as SVG, to standard output unless -o names a file.

    The process runs from left to right and goes on below where it gets too long. What is written
    in the picture stands in it as text too, so that it can be read out.

    Exits with 1 where the pack has problems; `tuoban check` shows them all.
    """
    files = read_pack(pack)
    definition = _compiled(files, folders, language)
    drawing = lay(definition, language=language, width=None if in_one_row else width)
    told = ("  " * line.depth + line.text for line in outline(definition, language=language))
    svg = to_svg(drawing, title=definition.title.read(language), told=told, language=language)
    if target is None:
        click.echo(svg)
        return
    try:
        target.write_text(svg + "\n", encoding="utf-8")
    except OSError as error:
        raise click.ClickException(
            f"写不了 {target} / cannot write {target}: {error.strerror}"
        ) from None


def _compiled(files: PackFiles, folders: tuple[Path, ...], language: str) -> Definition:
    """What the pack means.

    Raises:
        click.ClickException: it has problems; the text tells them, one a line.
    """
    bases = files.bases(folders)
    report = check_pack(
        files.text,
        file=str(files.path),
        translations=files.translations,
        bases=bases,
        packs=CalledPacks(bases, CATALOGUE),
        catalogue=CATALOGUE,
    )
    if report.definition is None:
        raise click.ClickException("\n".join(each.read(language) for each in report.problems))
    return report.definition
