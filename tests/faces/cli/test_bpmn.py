"""`tuoban bpmn`: packs as BPMN files, and back."""

from pathlib import Path

from click.testing import CliRunner, Result

from tests.kernel.bpmn.building import END, START, file, flow, node, tasks
from tests.support.server import Installation
from tuoban.faces.cli.commands.bpmn import bpmn
from tuoban.runtime.cases.folders import PRODUCT


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(bpmn, [str(each) for each in arguments])


def test_a_pack_goes_out_and_comes_back_with_scenarios_that_still_play(
    installation: Installation, tmp_path: Path
) -> None:
    out, back = tmp_path / "visit.bpmn", tmp_path / "outpatient-reengineering"
    done = installation.run("bpmn", "export", back.name, "-o", str(out))
    assert (done.returncode, done.stderr) == (0, "")
    assert list(installation.home.iterdir()) == []  # no installation is needed
    assert run("import", out, "-o", back).exit_code == 0
    scenarios = PRODUCT / back.name / "scenarios.yaml"
    assert (back / "scenarios.yaml").read_text("utf-8") == scenarios.read_text("utf-8")
    played = installation.run("rehearse", str(back))
    assert played.returncode == 0, played.stdout


def test_nothing_is_written_over(tmp_path: Path) -> None:
    model = tmp_path / "loan.bpmn"
    model.write_bytes(file(START + tasks("a") + END + flow("s > a", "a > e")))
    assert run("import", model, "-o", tmp_path / "loan").exit_code == 0
    again = run("import", model, "-o", tmp_path / "loan", "--language", "en")
    assert again.exit_code == 1
    assert "is there already, and is not written over" in again.output


def test_every_refusal_is_a_line_with_its_place_and_nothing_is_written(tmp_path: Path) -> None:
    model = tmp_path / "loan.bpmn"
    process = START + node("serviceTask", "a") + node("scriptTask", "b") + END
    model.write_bytes(file(process + flow("s > a", "a > b", "b > e")))
    done = run("import", model, "-o", tmp_path / "loan", "--language", "en")
    assert done.exit_code == 1
    told = done.stderr.splitlines()
    assert told[0].startswith(f"{model}:1:")
    assert "a “A”: The service task does not say" in told[0]
    assert told[-1] == f"{model}: 2 problems"
    assert not (tmp_path / "loan").exists()


def test_warnings_are_told_and_the_text_is_printed(tmp_path: Path) -> None:
    model = tmp_path / "loan.bpmn"
    model.write_bytes(file(START + tasks("a") + END + flow("s > a", "a > e")))
    done = run("import", model, "--slug", "car-loan", "--language", "en")
    assert done.stdout.startswith("pack: car-loan\nversion: 1\n")
    assert "It stands in no lane and has no performer" in done.stderr
