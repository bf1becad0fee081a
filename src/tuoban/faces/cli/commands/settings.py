"""`tuoban settings`: what packs leave to the organisation."""

import click

from tuoban.faces.cli.commands.publish import checked_pack
from tuoban.faces.cli.packs import find_pack
from tuoban.kernel.language import PackText, compile_pack
from tuoban.kernel.refusals import Refused
from tuoban.kernel.settings import entries
from tuoban.runtime.cases import definitions
from tuoban.runtime.cases import settings as service
from tuoban.runtime.cases.clock import now
from tuoban.services.installed import CATALOGUE


@click.command()
@click.argument("pack")
@click.argument("values", nargs=-1, metavar="[NAME=VALUE]...")
def settings(pack: str, values: tuple[str, ...]) -> None:
    """Show or set the settings of PACK: a published slug, or a folder or file.

    A setting with a value for each option is written NAME.OPTION=VALUE. NAME= with nothing behind
    takes the value away, so that the pack's own counts. Cases that start from now on have the new
    values; those that are under way keep theirs.
    """
    found = pack_called(pack)
    if values:
        _set(found, dict(_split(each) for each in values))
    _show(found)


def pack_called(name: str) -> service.Pack:
    """The pack as it stands in a folder, which may not be published yet, else as it is published.

    Raises:
        click.ClickException: there is neither.
    """
    try:
        find_pack(name)
    except click.ClickException:
        try:
            return definitions.settable(definitions.latest(name))
        except Refused:
            pass
        raise
    files = checked_pack(name)
    bases = definitions.KnownPacks(files.bases())
    definition = compile_pack(
        files.text,
        translations=files.translations,
        bases=bases,
        catalogue=CATALOGUE,
        packs=None,
    )
    return service.Pack(definition, PackText(files.text, files.translations), bases)


def _split(word: str) -> tuple[str, str]:
    name, sign, value = word.partition("=")
    if not sign:
        raise click.BadParameter(f"请写成 名称=值 / write NAME=VALUE: {word}")
    return name.strip(), value


def _set(pack: service.Pack, typed: dict[str, str]) -> None:
    try:
        service.change(pack, typed, at=now())
    except Refused as refused:
        lines = [f"{refused.read('zh')} / {refused.read('en')}"]
        lines += (
            f"{each.place}: {each.read('zh')} / {each.read('en')}" for each in refused.problems
        )
        raise click.ClickException("\n".join(lines)) from None


def _show(pack: service.Pack) -> None:
    given = service.given(pack.slug)
    shown = list(entries(pack.definition))
    if not shown:
        click.echo(f"{pack.slug}: 没有设置 / no settings")
    for entry in shown:
        value = entry.value(given)
        text = entry.text(value).en if value is not None else "—"
        if value is None:
            note = "  必须设定 / must be set"
        elif entry.key in given and value == given[entry.key]:
            note = "  本单位设定 / set here"
        else:
            note = ""
        click.echo(f"{entry.key} = {text}{note}  # {entry.label.zh} / {entry.label.en}")
