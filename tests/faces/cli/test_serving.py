"""`tuoban serve` towards other machines: what it tells its administrator."""

from __future__ import annotations

from urllib.error import HTTPError
from urllib.request import Request, urlopen

from tests.support.server import Installation


def test_a_server_for_other_machines_asks_for_https_and_takes_strange_names_calmly(
    installation: Installation,
) -> None:
    installation.migrate()
    with installation.serving("serve", "--host", "0.0.0.0") as base:  # noqa: S104
        asked = Request(f"{base}/login", headers={"Host": "strange.example"})  # noqa: S310
        assert _status(asked) == 400
    log = (installation.home / "server.log").read_text("utf-8")
    assert "it needs HTTPS in front" in log
    assert "TUOBAN_ALLOWED_HOSTS" in log
    assert sum("strange.example" in line for line in log.splitlines()) == 1
    assert "Traceback" not in log


def _status(asked: Request) -> int:
    try:
        with urlopen(asked) as answer:  # noqa: S310
            return int(answer.status)
    except HTTPError as error:
        return error.code


def test_a_server_for_this_machine_asks_for_nothing(installation: Installation) -> None:
    installation.migrate()
    with installation.serving("serve"):
        pass
    assert "HTTPS" not in (installation.home / "server.log").read_text("utf-8")
