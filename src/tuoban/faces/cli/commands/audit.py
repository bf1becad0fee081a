"""`tuoban audit`: is every journal whole, and is everything else what the journal says?"""

from dataclasses import asdict, replace
from pathlib import Path

import click
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from tuoban.faces.cli.printing import print_json
from tuoban.runtime.cases.audit import AuditReport, Finding, of_checkpoints
from tuoban.runtime.cases.audit import audit as audit_cases
from tuoban.runtime.cases.checkpoints import keys
from tuoban.runtime.cases.checkpoints.checking import check_against


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option("--against", metavar="FILE", help="Also hold all against exported checkpoints.")
@click.option("--public-key", metavar="FILE", help="FILE must be signed by the key of this.")
@click.option("--contents", is_flag=True, help="Also read every file on disk that a case has.")
def audit(as_json: bool, contents: bool, against: str | None, public_key: str | None) -> None:
    """Verify the journals of all cases. Exits with 1 if anything is not as it was written."""
    if public_key and not against:
        raise click.UsageError("--public-key 要与 --against 一起用 / goes with --against")
    report = audit_cases(contents=contents)
    if against:
        found = tuple(of_checkpoints(check_against(Path(against), _key(public_key))))
        report = replace(report, findings=report.findings + found)
    if as_json:
        print_json(asdict(report))
    else:
        _tell(report)
    if not report.is_clean:
        raise SystemExit(1)


def _key(path: str | None) -> Ed25519PublicKey | None:
    try:
        return keys.public_key(Path(path)) if path else None
    except keys.KeyFileError as error:
        raise click.ClickException(f"{error.words.zh} / {error.words.en}") from None


def _tell(report: AuditReport) -> None:
    for finding in report.findings:
        click.echo(_line(finding))
    found = len(report.findings)
    click.echo(
        f"{report.cases} 件工单，{report.entries} 条记录，发现 {found} 处问题 / "
        f"{report.cases} cases, {report.entries} entries, {found} findings"
    )


def _line(finding: Finding) -> str:
    place = finding.number if finding.seq is None else f"{finding.number} #{finding.seq}"
    return f"{place}: {finding.kind}: {finding.detail}"
