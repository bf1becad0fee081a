"""The page on DMN models: its model is read and its commands are run, word for word."""

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from tuoban.faces.cli.commands.decide import decide

PAGE = (Path(__file__).parents[2] / "docs" / "how-to" / "import-dmn.md").read_text("utf-8")
MODEL = re.findall(r"```xml\n(.*?)```", PAGE, re.S)[0]
SHOWN = [
    tuple(shown.removeprefix("$ ").split("\n", 1))
    for shown in re.findall(r"```console\n(.*?)```", PAGE, re.S)
]


@pytest.mark.parametrize(("command", "output"), SHOWN)
def test_a_command_of_the_page_prints_what_is_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str, output: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("callout.dmn").write_text(MODEL, "utf-8")
    program, name, *arguments = shlex.split(command)
    assert (program, name) == ("tuoban", "decide")
    assert CliRunner().invoke(decide, arguments).output == output
