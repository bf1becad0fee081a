"""Journals as former programs wrote them, which every later one must read to the same state.

`journal-<format>.json` holds one whole case: the pack's text, the entries as they stand in the
table, and the state that they add up to. The entries of a format that was released never change.
They are written once, by the first program that writes the format:

    TUOBAN_WRITE_GOLDEN=1 .venv/bin/python -m pytest tests/golden

That also brings `state` of every file up to today's shape, when the kernel's state got a new part;
look at the difference before you keep it. It takes a new `states.FORMAT`, so that stored states of
the former shape are made anew.
"""

from __future__ import annotations

import json
import os
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.runtime.shop import NINE, PACK, Shop, open_shop
from tuoban.kernel.codec import encode
from tuoban.kernel.language import compile_pack
from tuoban.runtime.cases import journal, service, states, upgrades
from tuoban.runtime.cases.models import Case, JournalEntry
from tuoban.runtime.cases.service import fire_due_timers

FOLDER = Path(__file__).parent
FILES = sorted(FOLDER.glob("journal-*.json"))
NEWEST = FOLDER / f"journal-{upgrades.FORMAT}.json"
COLUMNS = ("seq", "actor", "command", "payload", "previous", "digest")


def read(path: Path) -> tuple[dict[str, Any], list[JournalEntry]]:
    kept = json.loads(path.read_text("utf-8"))
    entries = [
        JournalEntry(at=datetime.fromisoformat(plain.pop("at")), **plain)
        for plain in kept["entries"]
    ]
    return kept, entries


def state_of(kept: dict[str, Any], entries: list[JournalEntry]) -> Any:
    return encode(states.fold(compile_pack(kept["pack"]), entries))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_former_journal_adds_up_to_the_state_it_always_had(path: Path) -> None:
    kept, entries = read(path)

    assert state_of(kept, entries) == kept["state"]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_former_journal_keeps_its_digests(path: Path) -> None:
    kept, entries = read(path)

    assert [journal.digest(kept["number"], entry) for entry in entries] == [
        entry.digest for entry in entries
    ]


def test_every_format_there_was_has_its_journal() -> None:
    assert {path.stem for path in FILES} == {
        f"journal-{number}" for number in range(1, upgrades.FORMAT + 1)
    }


@pytest.mark.django_db
@pytest.mark.skipif("TUOBAN_WRITE_GOLDEN" not in os.environ, reason="writes the golden files")
def test_write_the_golden_files() -> None:
    if not NEWEST.exists():
        write(NEWEST, play_a_case(open_shop()))
    for path in sorted(FOLDER.glob("journal-*.json")):
        kept, entries = read(path)
        state = state_of(kept, entries)
        if kept.get("state", state) != state:
            assert kept["state_format"] != states.FORMAT, "give states.FORMAT a new number"
        made = {"state_format": states.FORMAT, "state": state}
        write(path, json.loads(path.read_text("utf-8")) | made)


def write(path: Path, kept: dict[str, Any]) -> None:
    path.write_text(json.dumps(kept, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def play_a_case(shop: Shop) -> dict[str, Any]:
    """A case in which nearly everything happens, from its request to an erasure."""
    started = shop.start(level="high")
    item = shop.item(started, "look")
    shop.claim(started, "look", "lei")
    service.release(item, by=shop["lei"], at=NINE, key=shop.key())
    shop.claim(started, "look", "lei")
    service.transfer(item, to=shop["han"], reason="换人", by=shop["lei"], at=NINE, key=shop.key())
    case_id, soon = started.case_id, NINE + timedelta(minutes=5)
    service.suspend_case(case_id, reason="客户不在", by=shop["min"], at=soon, key=shop.key())
    service.resume_case(case_id, by=shop["min"], at=soon + timedelta(minutes=5), key=shop.key())
    service.extend_clock(
        case_id,
        1,
        length="10 minutes",
        reason="路堵",
        by=shop["min"],
        at=soon + timedelta(minutes=6),
        key=shop.key(),
    )
    late = NINE + timedelta(hours=2)
    fire_due_timers(late)
    shop.look(started, "han", late, remark="屏幕有裂纹")
    shop.agree(started, "han", late)
    shop.complete(shop.item(started, "mend"), "gang", late)
    service.return_to(
        shop.item(started, "approve"),
        to="look",
        reason="价格不对",
        by=shop["min"],
        at=late,
        key=shop.key(),
    )
    shop.look(started, "han", late, price="60")
    shop.agree(started, "han", late)
    shop.complete(shop.item(started, "mend"), "gang", late)
    shop.complete(shop.item(started, "approve"), "min", late, phone="13900139000")
    service.erase_personal_values(
        started.case_id,
        by=shop["root"],
        reason="客户要求",
        at=late + timedelta(days=365),
        key=shop.key(),
        field="phone",
    )
    case = Case.objects.get(pk=started.case_id)
    entries = [
        {name: getattr(entry, name) for name in COLUMNS} | {"at": entry.at.isoformat()}
        for entry in JournalEntry.objects.filter(case=case).order_by("seq")
    ]
    return {"number": case.number, "pack": PACK, "entries": entries}
