"""The runner of public suites, on a tiny suite of our own in both formats."""

import csv
from pathlib import Path

import pytest

from scripts.tck import main

SUITE = Path(__file__).parent / "suite"
EXPRESSIONS = SUITE / "expressions.jsonl"
KNOWN = """\
[deviations]
"expression 0002-values/004" = "A number is no text."
"model 0001-tax/004" = "Nobody gives the price."
"""


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> "Runner":
    return Runner(tmp_path, monkeypatch)


class Runner:
    """Runs the runner with files of its own."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.results = folder / "results" / "tck_results.csv"
        self.page = folder / "page.md"
        self.deviations = folder / "deviations.toml"
        self.monkeypatch = monkeypatch

    def __call__(self, suite: str, deviations: str = KNOWN) -> int:
        self.deviations.write_text(deviations, "utf-8")
        self.monkeypatch.setenv("TUOBAN_TCK", suite)
        paths = {"results": self.results, "page": self.page, "deviations": self.deviations}
        return main([word for name, path in paths.items() for word in (f"--{name}", str(path))])

    def rows(self) -> list[list[str]]:
        with self.results.open(encoding="utf-8", newline="") as file:
            return list(csv.reader(file))


def test_expressions_are_scored(run: Runner, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(str(EXPRESSIONS)) == 0
    said = capsys.readouterr().out
    assert '· expression 0002-values/004 : gave 1, expected "1".' in said
    assert "all results: 5 of 6 (83.3 %)" in said
    assert "results that are not null: 4 of 5 (80.0 %)" in said


def test_a_checkout_is_scored_by_its_models(
    run: Runner, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(str(SUITE)) == 0
    said = capsys.readouterr().out
    assert "model 0001-tax/004 tax: gave null, expected 7. tax: “price” is not given" in said
    assert "all results: 4 of 5 (80.0 %)" in said


def test_the_result_file_has_the_columns_of_the_tck(run: Runner) -> None:
    run(f"{SUITE}:{EXPRESSIONS}")
    rows = run.rows()
    folder, file = "compliance-level-3/0001-tax", "0001-tax-test-01"
    assert rows[:3] == [[folder, file, f"00{n}", "SUCCESS", ""] for n in (1, 2, 3)]
    assert rows[3][:4] == [folder, file, "004", "ERROR"]
    assert rows[4] == ["0001-sums", "0001-sums", "001", "SUCCESS", ""]
    assert rows[9][:4] == ["0002-values", "0002-values", "004", "ERROR"]
    assert len(rows) == 10


def test_the_page_has_every_suite_and_every_failure_with_its_reason(run: Runner) -> None:
    run(f"{SUITE}:{EXPRESSIONS}")
    page = run.page.read_text("utf-8")
    assert "| 0002-values | 3 | 4 |" in page
    assert "| 0001-tax | 4 | 5 |" in page
    assert "| expression 0002-values/004 | A number is no text. |" in page
    assert "| model 0001-tax/004 | Nobody gives the price. |" in page


def test_a_failure_without_a_listed_reason_fails_the_run(
    run: Runner, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(str(EXPRESSIONS), "[deviations]\n") == 1
    assert "✗ expression 0002-values/004" in capsys.readouterr().out


def test_a_listed_deviation_that_passes_fails_the_run(
    run: Runner, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(str(EXPRESSIONS), f'{KNOWN}"expression 0001-sums/001" = "Once so."\n') == 1
    assert "✗ expression 0001-sums/001 is listed as a deviation" in capsys.readouterr().out


def test_a_deviation_of_a_suite_that_is_not_run_is_left_alone(run: Runner) -> None:
    assert run(str(EXPRESSIONS), f'{KNOWN}"expression 0099-other/001" = "Not here."\n') == 0


@pytest.mark.parametrize(
    ("suite", "said"),
    [("", "TUOBAN_TCK is not set"), ("/nowhere", "is neither a file of expressions nor")],
)
def test_without_a_suite_the_runner_says_what_to_do(
    run: Runner, capsys: pytest.CaptureFixture[str], suite: str, said: str
) -> None:
    assert run(suite) == 2
    assert said in capsys.readouterr().err


def test_a_line_that_cannot_be_read_is_told_with_its_number(
    run: Runner, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = tmp_path / "broken.jsonl"
    broken.write_text('{"suite": "a"}\n', "utf-8")
    assert run(str(broken)) == 2
    assert "broken.jsonl:1: " in capsys.readouterr().err
