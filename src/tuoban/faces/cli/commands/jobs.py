"""`tuoban jobs`: background work, what of it failed, and what is done about that."""

from __future__ import annotations

import json
from typing import Any

import click

from tuoban.runtime.cases.clock import now
from tuoban.runtime.cases.queries.background import JobRow, job_ids, job_rows
from tuoban.runtime.jobs import service
from tuoban.runtime.jobs.queries import FILTERS, JobFilter
from tuoban.runtime.people import queries

AT_MOST = 1_000


@click.group(invoke_without_command=True)
@click.option("--dead", is_flag=True, help="Those that were given up: the same as --which dead.")
@click.option("--which", type=click.Choice(FILTERS), default="all", show_default=True)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@click.pass_context
def jobs(context: click.Context, dead: bool, which: JobFilter, as_json: bool) -> None:
    """Show background work, the oldest first, at most 1000; or decide about one job."""
    if context.invoked_subcommand is not None:
        return
    at = now()
    reader = queries.administrator_of_the_machine()
    ids = job_ids(at, reader, which="dead" if dead else which)[:AT_MOST]
    for row in reversed(job_rows(ids, at, reader)):
        click.echo(_as_json(row) if as_json else _line(row))


@jobs.command()
@click.argument("job_id", type=int, metavar="ID")
def retry(job_id: int) -> None:
    """Try a job again that failed, now and with all its attempts anew."""
    if not service.retry(job_id, at=now()):
        raise click.ClickException(_not(job_id))
    click.echo(f"{job_id}：将重试 / is tried again")


@jobs.command()
@click.argument("job_id", type=int, metavar="ID")
@click.option("--reason", required=True, help="Why; it is kept with the job.")
def drop(job_id: int, reason: str) -> None:
    """Give a job up for good."""
    if not 1 <= len(reason.strip()) <= service.LONGEST_REASON:
        raise click.ClickException(
            f"理由须为 1 到 {service.LONGEST_REASON} 个字符 / "
            f"a reason has 1 to {service.LONGEST_REASON} characters"
        )
    if not service.drop(job_id, reason=reason, at=now()):
        raise click.ClickException(_not(job_id))
    click.echo(f"{job_id}：已放弃 / is dropped")


def _not(job_id: int) -> str:
    return (
        f"{job_id} 没有可做的：不存在、正在办理、已办完或已放弃，或没有失败过 / "
        f"nothing is to be done about {job_id}: there is no such job, it is under way, done or "
        "dropped, or it has not failed"
    )


def _line(row: JobRow) -> str:
    parts = (
        str(row.id),
        row.state,
        f"{row.run_at:%Y-%m-%d %H:%M}",
        row.key,
        row.number or "—",
        f"{row.attempts}×",
        row.why.en if row.why is not None else "",
    )
    return "  ".join(parts).rstrip()


def _as_json(row: JobRow) -> str:
    told: dict[str, Any] = {
        "id": row.id,
        "state": row.state,
        "key": row.key,
        "kind": {"zh": row.kind.zh, "en": row.kind.en},
        "case": row.number or None,
        "queued_at": row.queued_at.isoformat(),
        "run_at": row.run_at.isoformat(),
        "over_at": row.over_at.isoformat() if row.over_at is not None else None,
        "attempts": row.attempts,
        "error": {"zh": row.why.zh, "en": row.why.en} if row.why is not None else None,
        "decisions": [
            {"what": each.what, "by": each.by, "reason": each.reason, "at": each.at.isoformat()}
            for each in row.decisions
        ],
    }
    return json.dumps(told, ensure_ascii=False)
