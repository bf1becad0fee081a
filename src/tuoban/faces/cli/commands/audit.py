"""`tuoban audit`: is every journal whole, and is everything else what the journal says?"""

from dataclasses import asdict

import click

from tuoban.faces.cli.printing import print_json
from tuoban.runtime.cases.audit import AuditReport, Finding
from tuoban.runtime.cases.audit import audit as audit_cases


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def audit(as_json: bool) -> None:
    """Verify the journals of all cases. Exits with 1 if anything is not as it was written."""
    report = audit_cases()
    if as_json:
        print_json(asdict(report))
    else:
        _tell(report)
    if not report.is_clean:
        raise SystemExit(1)


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
