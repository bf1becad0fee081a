"""`tuoban check`: compile packs and show all their problems."""

from collections.abc import Iterator

import click

from tuoban.faces.cli.packs import TRANSLATIONS_FILE, PackFiles, every_slug, read_pack
from tuoban.kernel.definition import Text
from tuoban.kernel.language import Report, check_pack


@click.command()
@click.argument("packs", nargs=-1)
@click.option("--language", type=click.Choice(["zh", "en"]), default="zh", show_default=True)
def check(packs: tuple[str, ...], language: str) -> None:
    """Check PACKS (slugs, folders or files; all of the product's own if none is named).

    Every problem is one line, FILE:LINE:COLUMN: what is wrong. Exits with 1 if there is any;
    warnings alone, such as texts without a translation, do not refuse a pack.
    """
    are_sound = [_check(name, language) for name in packs or every_slug()]
    if not all(are_sound):
        raise SystemExit(1)


def _check(name: str, language: str) -> bool:
    files = read_pack(name)
    report = check_pack(files.text, file=str(files.path), translations=files.translations)
    problems = [*(each.read(language) for each in report.problems), *_name(files, report, language)]
    for problem in problems:
        click.echo(problem)
    for warning in _warnings(files, report, language):
        click.echo(f"{warning} ({'warning' if language == 'en' else '提醒'})")
    click.echo(_sum(files.slug, len(problems), language), err=bool(problems))
    return not problems


def _name(files: PackFiles, report: Report, language: str) -> Iterator[str]:
    wrong = files.misnamed(report.definition.slug) if report.definition else None
    if wrong is not None:
        yield f"{files.path}: {Text(*wrong).read(language)}"


def _warnings(files: PackFiles, report: Report, language: str) -> Iterator[str]:
    for warning in report.warnings:
        yield warning.read(language)
    for text in report.untranslated:
        told = Text(f"“{text}”没有译文", f"“{text}” is not translated")
        yield f"{files.path}: {told.read(language)}"
    for name in files.missing():
        # A pack may carry both languages in its own texts.
        if name != TRANSLATIONS_FILE or report.untranslated:
            told = Text(f"没有文件 {name}", f"there is no {name}")
            yield f"{files.path.parent}: {told.read(language)}"


def _sum(slug: str, count: int, language: str) -> str:
    if language == "en":
        return f"{slug}: {count} problem{'' if count == 1 else 's'}" if count else f"{slug}: sound"
    return f"{slug}：有 {count} 处问题" if count else f"{slug}：没有问题"
