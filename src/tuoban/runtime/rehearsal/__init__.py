"""Rehearsal: the scenarios of a pack, played on a virtual clock through the verbs that serve live
cases, and rolled back, so that no live row, number or channel is touched.

Here lives playing and telling; what a process means lives in the kernel and nowhere else.
"""

from tuoban.runtime.rehearsal.folder import PackResult, rehearse_folder
from tuoban.runtime.rehearsal.player import Line, Played, play
from tuoban.runtime.rehearsal.reading import read_scenarios
from tuoban.runtime.rehearsal.scenario import Scenario, ScenarioError

__all__ = [
    "Line",
    "PackResult",
    "Played",
    "Scenario",
    "ScenarioError",
    "play",
    "read_scenarios",
    "rehearse_folder",
]
