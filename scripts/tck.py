"""`make tck`: score FEEL and DMN on public suites of test cases.

The suites are named by TUOBAN_TCK. Exits with 1 where a failure is not listed with its reason in
`scripts/tck_deviations.toml`, or a listed one is none any more; with 2 where there is no suite.
"""

import argparse
import os
import sys
import tomllib
from collections.abc import Sequence
from pathlib import Path

from scripts.conformance.judging import Verdict, judge_all
from scripts.conformance.report import (
    Comparison,
    compare,
    key_of,
    not_null,
    page,
    tally,
    write_results,
)
from scripts.conformance.suites import SuiteError, read_suite

ROOT = Path(__file__).parents[1]
VARIABLE = "TUOBAN_TCK"
UNSET = (
    f"{VARIABLE} is not set. Give it the path of a checkout of the DMN TCK, or of a file of single "
    "expressions; docs/reference/feel-conformance.md tells the formats."
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the suites, write the files, print the score; the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--deviations", type=Path, default=ROOT / "scripts/tck_deviations.toml")
    parser.add_argument("--results", type=Path, default=ROOT / "var/tck/tck_results.csv")
    parser.add_argument("--page", type=Path, default=ROOT / "docs/reference/feel-conformance.md")
    chosen = parser.parse_args(arguments)
    paths = [Path(path) for path in os.environ.get(VARIABLE, "").split(os.pathsep) if path]
    if not paths:
        print(UNSET, file=sys.stderr)
        return 2
    try:
        verdicts = [each for path in paths for each in judge_all(read_suite(path))]
    except SuiteError as error:
        print(error, file=sys.stderr)
        return 2
    deviations: dict[str, str] = tomllib.loads(chosen.deviations.read_text("utf-8"))["deviations"]
    write_results(verdicts, chosen.results)
    chosen.page.write_text(page(verdicts, deviations), encoding="utf-8")
    comparison = compare(verdicts, deviations)
    _print(verdicts, comparison)
    return 1 if comparison.unlisted or comparison.obsolete else 0


def _print(verdicts: Sequence[Verdict], comparison: Comparison) -> None:
    for each in verdicts:
        if not each.passed:
            mark = "✗" if each in comparison.unlisted else "·"
            print(f"{mark} {key_of(each)} {each.case.part}: {each.detail}")
    for key in comparison.obsolete:
        print(f"✗ {key} is listed as a deviation and passes: take it off the list")
    print(f"all results: {tally(verdicts).text}")
    print(f"results that are not null: {tally(not_null(verdicts)).text}")


if __name__ == "__main__":
    sys.exit(main())
