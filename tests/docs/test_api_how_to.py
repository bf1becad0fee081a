"""What the page about programs shows can be typed: every command of it is answered."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from click.testing import CliRunner
from django.test import Client

from tests.runtime.shop import REQUEST, SLUG, open_shop
from tuoban.faces.cli.commands.user import user
from tuoban.runtime.cases.models import Case

PAGE = (Path(__file__).parents[2] / "docs" / "how-to" / "api.md").read_text("utf-8")
NAMES = {
    "PROCESS": SLUG,
    "REQUEST": "repair",
    '"NAME": "VALUE"': json.dumps(REQUEST, ensure_ascii=False)[1:-1],
    "OUTCOME": "found",
}
"""What stands for what is different everywhere, in the shop."""


def commands() -> Iterator[list[str]]:
    """The words of every command, in the order of the page."""
    for block in re.findall(r"^```sh\n(.+?)^```$", PAGE, re.DOTALL | re.MULTILINE):
        for line in block.replace("\\\n", " ").splitlines():
            yield shlex.split(line)


def asked(words: list[str], token: str, folder: Path) -> Any:
    """What is answered to a command of curl."""
    headers: dict[str, str] = {}
    body: str | bytes | None = None
    address = ""
    rest = iter(words[1:])
    for word in rest:
        if word == "-H":
            name, _, value = next(rest).partition(": ")
            headers[name] = value.replace("$TOKEN", token)
        elif word == "--json":
            body = next(rest)
        elif word == "--data-binary":
            body = folder.joinpath(next(rest).removeprefix("@")).read_bytes()
        elif word.startswith("$API"):
            address = (
                urlsplit(f"http://x/api/v1{word.removeprefix('$API')}")
                ._replace(scheme="", netloc="")
                .geturl()
            )
        else:
            assert word == "-s"
    kind = headers.pop("Content-Type", "application/json")
    client = Client(headers=headers)
    return client.get(address) if body is None else client.post(address, body, content_type=kind)


@pytest.mark.django_db
def test_every_command_is_answered(tmp_path: Path, settings: Any) -> None:
    settings.TUOBAN_FILES = {**settings.TUOBAN_FILES, "folder": tmp_path / "b", "scanner": ""}
    tmp_path.joinpath("photo.jpg").write_bytes(b"words")
    open_shop()
    token, file, names = "", "", dict(NAMES)
    done = []
    for words in commands():
        if words[0] == "tuoban":
            made = CliRunner().invoke(user, [*words[2 : words.index(">")]])
            assert "there is no user wang" in made.output
            token = create("mei")
        elif words[0] == "curl":
            typed = [_with(each, names | {"NUMBER": _number(), "FILE": file}) for each in words]
            if "which=pool" in words[-1]:  # one who begins cases, and one who mends
                token, names['"NAME": "VALUE"'] = create("lei"), '"price": "80"'
            answer = asked(typed, token, tmp_path)
            assert answer.status_code == 200, (typed, answer.content.decode())
            file = answer.json().get("file", file)
            done.append(typed[-1])
    assert len(done) == len(re.findall(r"^curl", PAGE, re.MULTILINE)) == 9


def create(name: str) -> str:
    command = ["token", "create", name, "ERP", "--scope", "read", "--scope", "work"]
    return CliRunner().invoke(user, command).stdout.strip()


def _number() -> str:
    return Case.objects.values_list("number", flat=True).first() or "NUMBER"


def _with(word: str, names: dict[str, str]) -> str:
    for name, meant in names.items():
        word = word.replace(name, meant)
    return word
