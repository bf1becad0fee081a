"""`tuoban publish`: make packs available for new cases."""

import click

from tuoban.faces.cli.packs import read_pack
from tuoban.kernel.language import PackError
from tuoban.kernel.refusals import Refused
from tuoban.runtime.cases import definitions
from tuoban.runtime.cases.clock import now


@click.command()
@click.argument("packs", nargs=-1, required=True)
def publish(packs: tuple[str, ...]) -> None:
    """Publish PACKS (slugs, folders or files). A published version never changes."""
    for name in packs:
        click.echo(publish_pack(name))


def publish_pack(name: str) -> str:
    """Publish one pack; the line that says so.

    Raises:
        click.ClickException: the pack has problems, or its version stands with another text.
    """
    files = read_pack(name)
    try:
        row = definitions.publish(files.slug, files.text, files.translations, now())
    except PackError as error:
        raise click.ClickException(f"{files.path}\n{error.read('zh')}\n{error}") from None
    except Refused as refused:
        raise click.ClickException(f"{refused.read('zh')} / {refused.read('en')}") from None
    except ValueError as error:
        raise click.ClickException(str(error)) from None
    return f"已发布 / published: {row}"
