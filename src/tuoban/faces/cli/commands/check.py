"""`tuoban check`: compile packs and show all their problems."""

import click

from tuoban.faces.cli.packs import every_slug, read_pack
from tuoban.kernel.language import Report, check_pack


@click.command()
@click.argument("packs", nargs=-1)
@click.option("--language", type=click.Choice(["zh", "en"]), default="zh", show_default=True)
def check(packs: tuple[str, ...], language: str) -> None:
    """Check PACKS (slugs, folders or files; all of the product's own if none is named).

    Every problem is one line, FILE:LINE:COLUMN: what is wrong. Exits with 1 if there is any.
    """
    are_sound = [_check(name, language) for name in packs or every_slug()]
    if not all(are_sound):
        raise SystemExit(1)


def _check(name: str, language: str) -> bool:
    files = read_pack(name)
    report = check_pack(files.text, file=str(files.path), translations=files.translations)
    for problem in report.problems:
        click.echo(problem.read(language))
    for warning in report.warnings:
        click.echo(f"{warning.read(language)} ({'warning' if language == 'en' else '提醒'})")
    click.echo(_sum(files.slug, report, language), err=bool(report.problems))
    return not report.problems


def _sum(slug: str, report: Report, language: str) -> str:
    count = len(report.problems)
    if language == "en":
        return f"{slug}: {count} problem{'' if count == 1 else 's'}" if count else f"{slug}: sound"
    return f"{slug}：有 {count} 处问题" if count else f"{slug}：没有问题"
