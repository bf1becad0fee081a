"""`tuoban check`: compile packs and show all their problems."""

from collections.abc import Iterator

import click

from tuoban.faces.cli.packs import TRANSLATIONS_FILE, PackFiles, every_slug, read_pack
from tuoban.kernel.definition import Text
from tuoban.kernel.language import Report, check_pack


@click.command()
@click.argument("packs", nargs=-1)
@click.option("--language", type=click.Choice(["zh", "en"]), default="zh", show_default=True)
@click.option("--untranslated", is_flag=True, help="List every text without a translation.")
def check(packs: tuple[str, ...], language: str, untranslated: bool) -> None:
    """Check PACKS (slugs, folders or files; all of the product's own if none is named).

    Every problem is one line, FILE:LINE:COLUMN: what is wrong. Exits with 1 if there is any;
    warnings alone, such as texts without a translation, do not refuse a pack.
    """
    are_sound = [_check(name, language, each_text=untranslated) for name in packs or every_slug()]
    if not all(are_sound):
        raise SystemExit(1)


def _check(name: str, language: str, *, each_text: bool) -> bool:
    files = read_pack(name)
    report = check_pack(files.text, file=str(files.path), translations=files.translations)
    problems = [*(each.read(language) for each in report.problems), *_name(files, report, language)]
    for problem in problems:
        click.echo(problem)
    for warning in _warnings(files, report, language, each_text=each_text):
        click.echo(f"{warning} ({'warning' if language == 'en' else '提醒'})")
    click.echo(_sum(files.slug, len(problems), language), err=bool(problems))
    return not problems


def _name(files: PackFiles, report: Report, language: str) -> Iterator[str]:
    wrong = files.misnamed(report.definition.slug) if report.definition else None
    if wrong is not None:
        yield f"{files.place_of_slug}: {Text(*wrong).read(language)}"


def _warnings(files: PackFiles, report: Report, language: str, *, each_text: bool) -> Iterator[str]:
    for warning in report.warnings:
        yield warning.read(language)
    if each_text:
        yield from (each.read(language) for each in report.untranslated)
    elif report.untranslated:
        yield f"{files.path}: {_untranslated(len(report.untranslated)).read(language)}"
    for name in files.missing():
        # A pack may carry both languages in its own texts.
        if name != TRANSLATIONS_FILE or report.untranslated:
            told = Text(f"没有文件 {name}", f"there is no {name}")
            yield f"{files.path.parent}: {told.read(language)}"


def _untranslated(count: int) -> Text:
    subject = "1 text is" if count == 1 else f"{count} texts are"
    return Text(
        f"有 {count} 处文字没有译文，加 --untranslated 逐条列出",
        f"{subject} not translated; list them with --untranslated",
    )


def _sum(slug: str, count: int, language: str) -> str:
    if language == "en":
        return f"{slug}: {count} problem{'' if count == 1 else 's'}" if count else f"{slug}: sound"
    return f"{slug}：有 {count} 处问题" if count else f"{slug}：没有问题"
