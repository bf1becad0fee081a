"""Background work in a real browser: ticked and tried again, dropped with a reason, on a phone."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest
from playwright.sync_api import expect

from tests.faces.desk.demo_with import log_in
from tests.support.browser import Visitors, accessibility_violations
from tests.support.server import Installation, new_installation
from tuoban.kernel.text import Text
from tuoban.runtime.cases import clock
from tuoban.runtime.jobs.retry import keeps

AWAY = keeps(Text("邮件服务器没有应答，请查看网络", "The mail server did not answer"))
INSERT = (
    "INSERT INTO jobs_job (kind, key, payload, queued_at, run_at, holds, attempts, error, dead_at,"
    " lease_until) VALUES ("
)


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    installation = new_installation(tmp_path_factory.mktemp("home"))
    installation.load_demo()
    with installation.serving("demo") as address:
        _fail_some(installation)
        yield address


def _fail_some(installation: Installation) -> None:
    """Leave behind what failed: dead jobs, one that is tried again, and the moment of a case."""
    now = clock.now()
    later = now + timedelta(minutes=50)
    rows = [
        ("recheck-case", f"recheck-case:7:{'0123456789abcdef' * 4}", None, now),
        ("forget-messages", "forget-messages@2026-03-01T00:00:00+00:00", None, now),
        ("forget-answers", "forget-answers@2026-03-01T00:00:00+00:00", later, None),
    ]
    for kind, key, run_at, dead_at in rows:
        values = (kind, key, "{}", now, run_at or now, 8, 8 if dead_at else 3, AWAY, dead_at, None)
        _write(installation, INSERT, values)
    _write(
        installation,
        "UPDATE cases_timer SET (error, next_try_at) = (",
        (AWAY, datetime(2099, 1, 1, tzinfo=UTC)),
        " WHERE id = (SELECT max(id) FROM cases_timer)",
    )


def _write(
    installation: Installation, begin: str, values: tuple[object, ...], end: str = ""
) -> None:
    url = installation.environment.get("TUOBAN_DATABASE_URL")
    mark = "%s" if url else "?"
    statement = f"{begin}{', '.join([mark] * len(values))}){end}"
    if url:
        with psycopg.connect(url) as connection:
            connection.execute(statement.encode(), values)
        return
    plain = [f"{each:%Y-%m-%d %H:%M:%S}" if isinstance(each, datetime) else each for each in values]
    path = next(Path(installation.home).glob("*.sqlite3"))
    with sqlite3.connect(path, timeout=15) as file:
        file.execute(statement, plain)
    file.close()


def test_what_failed_is_tried_again_and_dropped(visitors: Visitors, address: str) -> None:
    visitors.expect("422")
    page = visitors.arrive()
    log_in(page, address, "admin")
    page.get_by_role("link", name="后台任务").first.click()
    expect(page.get_by_role("heading", name="后台任务")).to_be_visible()
    expect(page.get_by_text("邮件服务器没有应答").first).to_be_visible()
    expect(page.get_by_role("heading", name="工单到时该做的事")).to_be_visible()
    assert accessibility_violations(page) == []

    page.get_by_role("checkbox", name="重新核算一件工单").check()
    page.get_by_role("button", name="重试所选").press("Enter")
    expect(page.get_by_text("将重试 1 项任务。")).to_be_visible()

    row = page.locator("[data-row]").filter(has_text="清理旧的消息")
    row.get_by_role("button", name="放弃").click()
    expect(page.get_by_role("heading", name="放弃后台任务")).to_be_visible()
    page.get_by_role("button", name="放弃 1 项任务").click()
    expect(page.get_by_text("请写明放弃的原因")).to_be_visible()
    assert accessibility_violations(page) == []
    page.get_by_label("原因").fill("当月的消息已另行清理")
    page.get_by_label("原因").press("Enter")
    expect(page.get_by_text("已放弃 1 项任务。")).to_be_visible()

    phone = visitors.arrive(width=360, height=740)
    log_in(phone, address, "admin")
    for which in ("trouble", "over", "all"):
        phone.goto(f"{address}/desk/background?which={which}")
        assert phone.evaluate("document.documentElement.scrollWidth") <= 360
        assert accessibility_violations(phone) == []
    expect(phone.get_by_text("当月的消息已另行清理")).to_be_visible()


def test_it_works_without_scripts(visitors: Visitors, address: str) -> None:
    page = visitors.arrive(has_scripts=False)
    log_in(page, address, "admin")
    page.goto(f"{address}/desk/background")
    row = page.locator("[data-row]").filter(has_text="forget-answers@")
    row.get_by_role("button", name="放弃").click()
    page.get_by_label("原因").fill("不再需要")
    page.get_by_role("button", name="放弃 1 项任务").click()
    expect(page.get_by_text("已放弃 1 项任务。")).to_be_visible()
