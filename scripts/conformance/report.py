"""What the runner tells: the result file of the TCK, the page of the reference, the score."""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from scripts.conformance.judging import Verdict

HEAD = """\
<!-- Made by `make tck`; reasons of failures stand in scripts/tck_deviations.toml. -->

# Conformance of FEEL and DMN

`make tck` runs the test cases of a public suite, whose path is in the environment variable
`TUOBAN_TCK`: a checkout of the DMN TCK (the folder that holds `TestCases`), or a file of single
expressions, one JSON object a line:

```json
{"suite": "0105-feel-math", "case": "001", "expression": "10+5", "expected": {"decimal": "15"}}
```

`expected` is `null` or has its kind as the only key: `boolean`, `decimal`, `string`, `date`,
`time`, `dateTime`, `duration`, `list` or `context`. Several paths are separated by `:`. Numbers
count as equal within 1e-8. The results are written to `var/tck/tck_results.csv` as the TCK wants
them: folder, file, case, `SUCCESS` or `ERROR`, and what went wrong.
"""


@dataclass(frozen=True, slots=True)
class Tally:
    passed: int
    total: int

    @property
    def text(self) -> str:
        share = f"{100 * self.passed / self.total:.1f} %" if self.total else "-"
        return f"{self.passed} of {self.total} ({share})"


def tally(verdicts: Sequence[Verdict]) -> Tally:
    return Tally(sum(each.passed for each in verdicts), len(verdicts))


def not_null(verdicts: Sequence[Verdict]) -> list[Verdict]:
    """Those whose expected result is not null; null is easily had."""
    return [each for each in verdicts if each.case.expected is not None]


def key_of(verdict: Verdict) -> str:
    """The name by which a deviation is listed; cases of models and expressions differ."""
    kind = "model" if verdict.case.model else "expression"
    return f"{kind} {verdict.case.suite}/{verdict.case.case}"


@dataclass(frozen=True, slots=True)
class Comparison:
    """Failures held against the list of known deviations, by their names."""

    unlisted: tuple[Verdict, ...]
    obsolete: tuple[str, ...]


def compare(verdicts: Sequence[Verdict], deviations: Mapping[str, str]) -> Comparison:
    """Failures that are not listed, and listed ones of which all results are as expected now."""
    failed = {key_of(each) for each in verdicts if not each.passed}
    run = {key_of(each) for each in verdicts}
    unlisted = tuple(
        each for each in verdicts if not each.passed and key_of(each) not in deviations
    )
    obsolete = tuple(key for key in deviations if key in run and key not in failed)
    return Comparison(unlisted, obsolete)


def write_results(verdicts: Sequence[Verdict], path: Path) -> None:
    """Write the result file of the TCK: a line for each case, which may have several results."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, quoting=csv.QUOTE_ALL, lineterminator="\n")
        for (folder, name, case), results in groupby(
            verdicts, key=lambda each: (each.case.folder, each.case.file, each.case.case)
        ):
            details = [each.detail for each in results if not each.passed]
            writer.writerow(
                (folder, name, case, "ERROR" if details else "SUCCESS", " ".join(details))
            )


def page(verdicts: Sequence[Verdict], deviations: Mapping[str, str]) -> str:
    """The reference page: the score, the failures with their reasons, a row for each suite."""
    lines = [
        HEAD,
        "## Score",
        "",
        f"- all results: {tally(verdicts).text}",
        f"- results that are not null: {tally(not_null(verdicts)).text}",
        "",
        "## Deviations",
        "",
        *_failures(verdicts, deviations),
        "",
        "## Suites",
        "",
        "| suite | passed | of |",
        "|---|--:|--:|",
    ]
    by_suite: dict[str, list[Verdict]] = {}
    for each in verdicts:
        by_suite.setdefault(each.case.suite, []).append(each)
    for suite in sorted(by_suite):
        one = tally(by_suite[suite])
        lines.append(f"| {suite} | {one.passed} | {one.total} |")
    return "\n".join(lines) + "\n"


def _failures(verdicts: Sequence[Verdict], deviations: Mapping[str, str]) -> list[str]:
    failed = [each for each in verdicts if not each.passed]
    if not failed:
        return ["None."]
    rows = [
        f"| {key} | {deviations.get(key, 'not explained yet')} |"
        for key in dict.fromkeys(key_of(each) for each in failed)
    ]
    return ["| case | why |", "|---|---|", *rows]
