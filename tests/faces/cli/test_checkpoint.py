"""`tuoban checkpoint` and `tuoban audit --against`."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.runtime.shop import Shop, open_shop
from tuoban.faces.cli.commands.audit import audit
from tuoban.faces.cli.commands.checkpoint import checkpoint
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
