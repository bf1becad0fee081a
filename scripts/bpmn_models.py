"""Import BPMN models that are not in this repository, and tell what became of each.

Their folder is named by TUOBAN_BPMN. A model that holds several processes is tried with each. What
becomes a pack is written as BPMN again, read again, and gone through at random from its start to
its end. Warnings are told with -v. Exits with 1 where a pack does not compile, does not come back
from its own file or does not come to its end; with 2 where there is no folder.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

from scripts.bpmn_walks import Stuck, walk
from tuoban.kernel.bpmn import BpmnError, Imported, read_bpmn, write_bpmn
from tuoban.kernel.language import check_pack
from tuoban.kernel.language.showing import show
from tuoban.kernel.refusals import Refused

VARIABLE = "TUOBAN_BPMN"
SEVERAL = "process-several"
WALKS = 20
"""How often each model is gone through."""


def models(folder: Path) -> list[Path]:
    """The models of a folder and its sub-folders."""
    return sorted(each for each in folder.rglob("*") if each.suffix.lower() == ".bpmn")


def outcomes(file: Path) -> Iterator[tuple[str, bool, list[str]]]:
    """What becomes of a model: for each process of it its name, whether all is well with it, and
    what there is to tell."""
    data = file.read_bytes()
    try:
        yield file.name, *_held(read_bpmn(data))
    except BpmnError as error:
        ids = [each.element for each in error.problems if each.code == SEVERAL]
        if not ids:
            yield file.name, True, _refusal(error)
        for each in ids:
            name = f"{file.name} --process {each}"
            try:
                yield name, *_held(read_bpmn(data, process=each))
            except BpmnError as refused:
                yield name, True, _refusal(refused)


def _refusal(error: BpmnError) -> list[str]:
    return ["refused", *error.read("en").splitlines()]


def _held(imported: Imported) -> tuple[bool, list[str]]:
    report = check_pack(imported.text)
    if report.tree is None or report.problems:
        return False, ["no pack", *(each.read("en") for each in report.problems)]
    again = read_bpmn(write_bpmn(report.tree).encode()).text
    if again != show(report.tree):
        return False, ["does not come back as it was"]
    if report.definition is None:
        return False, ["no pack"]
    ends = set[str]()
    for seed in range(WALKS):
        try:
            ends.add(walk(report.definition, seed) or "without an outcome")
        except (Stuck, Refused) as error:
            said = error.read("en") if isinstance(error, Refused) else str(error)
            return False, [f"does not come to its end (walk {seed}): {said}"]
    told = f"imported, {len(imported.warnings)} warnings, {WALKS} walks to: "
    warned = [each.read("en") for each in imported.warnings] if "-v" in sys.argv[1:] else []
    return True, [told + ", ".join(sorted(ends)), *warned]


def main() -> int:
    folder = Path(os.environ.get(VARIABLE, ""))
    if not os.environ.get(VARIABLE) or not folder.is_dir():
        print(f"{VARIABLE} names no folder of BPMN models.", file=sys.stderr)
        return 2
    is_well = True
    for file in models(folder):
        for name, fine, told in outcomes(file):
            is_well = is_well and fine
            print(f"{name}: {told[0]}")
            for line in told[1:]:
                print(f"    {line}")
    return 0 if is_well else 1


if __name__ == "__main__":
    sys.exit(main())
