"""A pack that reads like the rules of a garage compiles as it reads."""

from __future__ import annotations

from pathlib import Path

from tuoban.kernel.definition import Link
from tuoban.kernel.language import check_pack
from tuoban.services.installed import CATALOGUE

TEXT = (Path(__file__).parent / "data" / "first_taste.yaml").read_text("utf-8")


def test_it_compiles() -> None:
    report = check_pack(TEXT, catalogue=CATALOGUE, packs=None)
    assert (report.problems, report.warnings) == ((), ())
    definition = report.definition
    assert definition is not None
    assert definition.acting(("customer",)) == ("advisor",)
    assert [each.key for each in definition.nodes.values() if isinstance(each.construct, Link)]


def test_a_pack_that_is_called_and_not_known_is_told_once() -> None:
    report = check_pack(TEXT, catalogue=CATALOGUE)
    assert [each.code for each in report.problems] == ["unknown-process"]
