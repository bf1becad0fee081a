"""`tuoban check`: compile packs and show all their problems."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import click

from tuoban.faces.cli.packs import PackFiles, every_slug, in_folders, read_pack
from tuoban.kernel.definition import Text
from tuoban.kernel.language import Bases, CalledPacks, Report, check_pack
from tuoban.kernel.language.showing import show
from tuoban.runtime.cases.folders import TRANSLATIONS_FILES
from tuoban.services.installed import CATALOGUE


@click.command()
@click.argument("packs", nargs=-1)
@click.option("--language", type=click.Choice(["zh", "en"]), default="zh", show_default=True)
@click.option("--untranslated", is_flag=True, help="List every text without a translation.")
@click.option("--show", "shown", is_flag=True, help="Print each pack whole, as one text.")
@click.option(
    "--staff",
    "staffed",
    is_flag=True,
    help="Hold each pack against the people and the settings of this installation, too.",
)
@in_folders
def check(
    packs: tuple[str, ...],
    language: str,
    untranslated: bool,
    shown: bool,
    staffed: bool,
    folders: tuple[Path, ...],
) -> None:
    """Check PACKS (slugs, folders or files; all of the product's own if none is named).

    Every problem is one line, FILE:LINE:COLUMN: what is wrong. Exits with 1 if there is any;
    warnings alone, such as texts without a translation, do not refuse a pack.

    A pack that extends another is checked with it, and --show prints what comes of both; what is
    said of it then goes to standard error.
    """
    asked = _Asked(language, untranslated, shown, staffed, folders)
    if staffed:
        from tuoban.faces.cli.main import open_installation

        open_installation()
    are_sound = [_check(name, asked) for name in packs or every_slug()]
    if not all(are_sound):
        raise SystemExit(1)


@dataclass(frozen=True, slots=True)
class _Asked:
    language: str
    each_text: bool
    shown: bool
    staffed: bool
    folders: tuple[Path, ...]


def _check(name: str, asked: _Asked) -> bool:
    files, language = read_pack(name), asked.language
    report = check_pack(
        files.text,
        file=str(files.path),
        translations=files.translations,
        bases=(known := _bases(files, asked)),
        packs=CalledPacks(known, CATALOGUE),
        catalogue=CATALOGUE,
    )
    problems = [*(each.read(language) for each in report.problems), *_name(files, report, language)]
    for problem in problems:
        click.echo(problem, err=asked.shown)
    warnings = [
        *_warnings(files, report, language, each_text=asked.each_text),
        *(_of_staff(files, report, language) if asked.staffed else ()),
    ]
    for warning in warnings:
        click.echo(f"{warning} ({'warning' if language == 'en' else '提醒'})", err=asked.shown)
    click.echo(_sum(files.slug, len(problems), language), err=asked.shown or bool(problems))
    if asked.shown and report.tree is not None:
        click.echo(show(report.tree), nl=False)
    return not problems


def _bases(files: PackFiles, asked: _Asked) -> Bases:
    """The packs that it may extend; held against an installation, also those published there."""
    at_hand = files.bases(asked.folders)
    if not asked.staffed:
        return at_hand
    from tuoban.runtime.cases.definitions import KnownPacks

    return KnownPacks(at_hand)


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
        if name not in TRANSLATIONS_FILES or report.untranslated:
            told = Text(f"没有文件 {name}", f"there is no {name}")
            yield f"{files.path.parent}: {told.read(language)}"


def _of_staff(files: PackFiles, report: Report, language: str) -> Iterator[str]:
    from tuoban.runtime.cases.outlook import outlook_of

    if report.definition is not None:
        for warning in outlook_of(report.definition).of_organisation:
            yield f"{files.path}: {warning.read(language)}"


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
