"""`tuoban backup`: the whole installation as one file, while it goes on working."""

from pathlib import Path

import click

from tuoban.faces.cli.printing import print_json
from tuoban.faces.cli.running import check_migrated
from tuoban.runtime.backups.making import make
from tuoban.runtime.backups.problems import BackupError
from tuoban.runtime.cases.clock import now


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--json", "as_json", is_flag=True, help="Print what is in it as one JSON object.")
def backup(file: Path, as_json: bool) -> None:
    """Write everything as it stands now into FILE: database, files, and the secret key.

    Nobody has to stop working. FILE holds personal data and is its owner's alone. Exits with 1 if
    a file of a case was missing on the disk; FILE is complete otherwise.
    """
    check_migrated()
    try:
        made = make(file, now())
    except BackupError as error:
        raise click.ClickException(f"{error.words.zh} / {error.words.en}") from None
    if as_json:
        print_json(made.plain())
    else:
        click.echo(
            f"{file}：{len(made.tables)} 张表 {made.rows} 行，{made.contents} 个文件 / "
            f"{file}: {made.rows} rows of {len(made.tables)} tables, {made.contents} files"
        )
    for digest in made.missing:
        click.echo(f"缺少文件内容 / a file's content is missing: {digest}", err=True)
    if made.missing:
        raise SystemExit(1)
