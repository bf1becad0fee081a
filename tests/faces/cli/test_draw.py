"""`tuoban draw`: a pack as a picture."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from pathlib import Path

from click.testing import CliRunner, Result

from tuoban.faces.cli.commands.draw import draw


def run(*arguments: str) -> Result:
    return CliRunner().invoke(draw, list(arguments))


def width_of(svg: str) -> int:
    return int(ET.fromstring(svg).get("width") or 0)  # noqa: S314 - our own text


def test_a_picture_is_written_to_standard_output_or_a_file(tmp_path: Path) -> None:
    shown = run("tour-escort", "--language", "en")
    assert shown.exit_code == 0
    assert "Before departure" in shown.output
    assert width_of(shown.output) == 1200
    target = tmp_path / "tour.svg"
    assert run("tour-escort", "--language", "en", "-o", str(target)).output == ""
    assert target.read_text("utf-8") == shown.output


def test_it_wraps_at_a_width_or_never() -> None:
    assert width_of(run("tour-escort", "--width", "900").output) == 900
    assert width_of(run("tour-escort", "--in-one-row").output) > 1500


def test_a_pack_with_problems_is_not_drawn(tmp_path: Path) -> None:
    pack = tmp_path / "pack.yaml"
    pack.write_text("pack: x\nprocess:\n  - {stepp: look}\n", encoding="utf-8")
    done = run(str(tmp_path), "--language", "en", "-o", str(tmp_path / "x.svg"))
    assert done.exit_code == 1
    assert f"{pack}:3:" in done.output
    assert not (tmp_path / "x.svg").exists()


def test_what_cannot_be_found_or_written_is_told(tmp_path: Path) -> None:
    unknown = run("no-such-pack")
    assert unknown.exit_code == 1
    assert "tour-escort" in unknown.output
    nowhere = run("tour-escort", "-o", str(tmp_path / "missing" / "x.svg"))
    assert nowhere.exit_code == 1
    assert "写不了" in nowhere.output
    assert run("tour-escort", "--width", "10").exit_code == 2
