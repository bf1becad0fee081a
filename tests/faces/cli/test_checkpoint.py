"""`tuoban checkpoint` and `tuoban audit --against`."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from tests.runtime.shop import Shop, open_shop
from tuoban.faces.cli.commands.audit import audit
from tuoban.faces.cli.commands.checkpoint import checkpoint
from tuoban.runtime.cases.checkpoints.record import Head, digest_of
from tuoban.runtime.cases.models import Checkpoint

pytestmark = pytest.mark.django_db


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shop:
    """The shop, and an empty folder to work in."""
    monkeypatch.chdir(tmp_path)
    return open_shop()


def run(*arguments: str) -> Result:
    command = audit if arguments[0] == "audit" else checkpoint
    return CliRunner().invoke(command, list(arguments[1:]))


def test_it_is_made_handed_out_and_held_against(shop: Shop) -> None:
    case = shop.start()
    assert "公钥 key.pub / public key key.pub" in run("checkpoint", "--new-key", "key").output
    done = run("checkpoint", "--export", "file", "--key", "key")
    assert "new checkpoints: 1" in done.output
    assert "written to file: 1 checkpoints" in done.output
    shop.look(case)
    assert "new checkpoints: 1" in run("checkpoint").output
    assert "new checkpoints: 0" in run("checkpoint").output
    against = ("audit", "--against", "file", "--public-key", "key.pub")
    assert run(*against).exit_code == 0
    Checkpoint.objects.filter(number=1).delete()
    done = run(*against)
    assert done.exit_code == 1
    assert "checkpoint 1: missing: the file has it, and the database does not" in done.output
    assert "checkpoint 2: missing: no checkpoint follows number 0" in done.output


def test_what_cannot_be_used_is_told_in_one_line(shop: Shop) -> None:
    del shop
    assert "--key goes with --export" in run("checkpoint", "--key", "key").output
    assert "goes with --against" in run("audit", "--public-key", "key.pub").output
    assert "no usable key" in run("checkpoint", "--export", "file", "--key", "gone").output
    assert not Path("file").exists()
    Path("file").write_text("")
    done = run("audit", "--against", "file", "--public-key", "file")
    assert "file holds no usable key" in done.output


def forged(number: Any = 1, at: str = "x", case: str = "A", seq: Any = 1) -> bytes:
    """The line of a checkpoint whose digest is true, as far as it can be."""
    heads, digest = (Head(case, seq, "d"),), "d"
    with suppress(UnicodeEncodeError):
        digest = digest_of(number, at, "", heads)
    plain = {"checkpoint": number, "at": at, "previous": "", "digest": digest}
    return json.dumps(plain | {"heads": [list(each) for each in heads]}).encode()


HOSTILE = {
    "no text": bytes(range(11, 256)),
    "another coding": '{"checkpoints": 1}'.encode("utf-16"),
    "one long line": b"a" * 20_000_000,
    "nothing but brackets": b"[" * 1_000_000,
    "a lone surrogate": forged(case="\ud800"),
    "a lone surrogate in a moment": forged(at="\ud800"),
    "what no text of a database holds": forged(case="A\0"),
    "what moves the cursor": forged(case="\x1b[2J\r\nno findings"),
    "what turns the line around": forged(case="A\u202eB"),
    "an entry beyond any database": forged(seq=10**30),
    "an entry before the first": forged(seq=-1),
    "a checkpoint beyond any database": forged(number=10**30),
    "a checkpoint that is true": forged(number=True),
    "as many as there is no number for": b'{"checkpoints": Infinity, "digest": "x"}',
    "as many as nobody reads": b'{"checkpoints": ' + b"9" * 5000 + b', "digest": "x"}',
    "an end that cannot be signed": b'{"checkpoints": 0, "digest": "", "x": "\\ud800"}',
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_line_that_nobody_wrote_is_told_by_its_number(shop: Shop, name: str) -> None:
    shop.start()
    run("checkpoint", "--export", "file")
    whole = Path("file").read_bytes().splitlines()
    Path("file").write_bytes(b"\n".join([whole[0], HOSTILE[name], *whole[1:]]) + b"\n")
    done = run("audit", "--against", "file")
    assert (done.exit_code, type(done.exception)) == (1, SystemExit)
    assert "file: tampered: line 2 cannot be read" in done.output
    assert "1 findings" in done.output
    assert all(each.isprintable() for each in done.output.splitlines())
