"""`tuoban restore`: an empty installation filled from a backup."""

from pathlib import Path

import click

from tuoban.faces.cli.running import alone
from tuoban.runtime.backups.problems import BackupError
from tuoban.runtime.backups.restoring import restore as fill_from
from tuoban.runtime.cases.audit import audit


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True))
def restore(file: Path) -> None:
    """Fill this empty installation from FILE, of either database, and audit it.

    Exits with 1 if anything is not as it was written.
    """
    try:
        with alone():
            taken = fill_from(file)
    except BackupError as error:
        raise click.ClickException(f"{error.words.zh} / {error.words.en}") from None
    report = audit(contents=True)
    at = f"{taken.taken_at:%Y-%m-%d %H:%M:%SZ}"
    click.echo(
        f"已恢复 {at} 的备份：{taken.rows} 行，{taken.contents} 个文件；"
        f"核对 {report.cases} 件工单，发现 {len(report.findings)} 处问题 / "
        f"restored the backup of {at}: {taken.rows} rows, {taken.contents} files; "
        f"audited {report.cases} cases, {len(report.findings)} findings"
    )
    for finding in report.findings:
        click.echo(f"{finding.number}: {finding.kind}: {finding.detail}", err=True)
    if not report.is_clean:
        raise SystemExit(1)
