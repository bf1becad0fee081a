"""The page about decision tables is true: its pack, what it says of it, and its scenario."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.runtime.shop import NINE
from tuoban.faces.cli.commands.check import check
from tuoban.kernel.language import check_pack
from tuoban.runtime.cases import definitions, service
from tuoban.runtime.cases.queries import case_page
from tuoban.runtime.people.service import create_unit, create_user, grant
from tuoban.runtime.rehearsal import play, read_scenarios

PAGE = (Path(__file__).parents[2] / "docs" / "how-to" / "decision-tables.md").read_text("utf-8")


def blocks(kind: str) -> list[str]:
    found = re.findall(rf"```{kind}\n(.*?)```", PAGE, re.DOTALL)
    assert found, kind
    return [str(each) for each in found]


PACK = blocks("yaml pack")[0]
MISSING_ROW = '| false | "office", "home" | <= 10 | 4 hours |'
LAST_ROW = '      | false   | "office", "home" | > 10   | 2 hours    |\n'


def warnings(text: str) -> list[str]:
    report = check_pack(text)
    assert report.problems == ()
    return [each.read("en") for each in report.warnings]


def printed(text: str, where: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What `tuoban check lift-repairs --language en` prints of the pack."""
    folder = where / "lift-repairs"
    folder.mkdir()
    (folder / "pack.yaml").write_text(text, "utf-8")
    monkeypatch.chdir(where)
    done = CliRunner().invoke(check, ["lift-repairs", "--language", "en"])
    assert done.exit_code == 0
    return done.output.splitlines()


def test_the_gap_is_told_as_the_page_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert len(warnings(PACK)) == 1
    lines = printed(PACK, tmp_path, monkeypatch)
    assert lines[0] == blocks("text")[0].strip()
    assert lines[-1] == "lift-repairs: sound"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (LAST_ROW, f"{LAST_ROW}      {MISSING_ROW}\n"),
        ("limit: {type: duration}", "limit: {type: duration, default: 4 hours}"),
    ],
)
def test_either_way_out_closes_it(old: str, new: str) -> None:
    assert (MISSING_ROW if MISSING_ROW in new else new) in PAGE
    assert warnings(PACK.replace(old, new)) == []


def test_the_overlap_is_told_as_the_page_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wider = PACK.replace(LAST_ROW, "      | false | - | > 10 | 2 hours |\n")
    assert blocks("text")[1].strip() in printed(wider, tmp_path, monkeypatch)


@pytest.mark.django_db
@pytest.mark.parametrize("trapped", [True, False])
def test_the_case_page_tells_it_in_the_words_of_the_page(trapped: bool) -> None:
    unit = create_unit("hq", "总部", "Head office")
    ann = create_user("ann", "安妮", at=NINE)
    grant(ann, "operator", unit)
    definitions.publish("lift-repairs", PACK, None, NINE)
    data = {"place": "Main street 1", "trapped": trapped, "kind": "home", "floors": 5}
    case = service.start_case("lift-repairs", "fault", by=ann, data=data, at=NINE, key="1")
    told = {each.sentence.en for each in case_page(ann, case.case_id, NINE).timeline}
    quoted = {" ".join(each.split()) for each in re.findall(r"\*(“.*?)\*", PAGE, re.DOTALL)}
    assert any(sentence.startswith(each) for sentence in told for each in quoted)
    assert len(quoted) == 2


@pytest.mark.django_db
def test_the_scenario_plays() -> None:
    (scenario,) = read_scenarios(blocks("yaml scenarios")[0])
    assert not [each.text.en for each in play(scenario, PACK, "").lines if each.failed]
