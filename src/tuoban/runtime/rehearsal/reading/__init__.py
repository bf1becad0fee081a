"""Reading scenarios, with the pack's own notation: plain values are text and every problem has its
place.
"""

from __future__ import annotations

from tuoban.kernel.definition import Text
from tuoban.kernel.language.notation import read
from tuoban.kernel.language.problems import Findings
from tuoban.kernel.language.tree import START
from tuoban.runtime.rehearsal import scenario as s
from tuoban.runtime.rehearsal.reading.scenarios import read_scenario
from tuoban.runtime.rehearsal.reading.shapes import Reader

__all__ = [
    "read_scenarios",
]


def read_scenarios(text: str, file: str = "scenarios.yaml") -> tuple[s.Scenario, ...]:
    """All scenarios of a file.

    Raises:
        ScenarioError: with every problem that was found.
    """
    findings = Findings(file)
    root = read(text, findings)
    if findings.problems:
        raise s.ScenarioError(
            tuple(Text(each.read("zh"), each.read("en")) for each in findings.problems)
        )
    reader = Reader(file)
    found = [read_scenario(reader, node) for node in reader.items(root)]
    if not found and not reader.problems:
        reader.problem(START, "文件里没有场景", "the file holds no scenario")
    if reader.problems:
        raise s.ScenarioError(tuple(reader.problems))
    return tuple(each for each in found if each is not None)
