"""Import BPMN models that are not in this repository, and tell what became of each.

Their folder is named by TUOBAN_BPMN. A model that holds several processes is tried with each. Exits
with 1 where a pack does not compile, or does not come back from its own file; with 2 where there is
no folder.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

from tuoban.kernel.bpmn import BpmnError, Imported, read_bpmn, write_bpmn
from tuoban.kernel.language import check_pack
from tuoban.kernel.language.showing import show

VARIABLE = "TUOBAN_BPMN"
SEVERAL = "process-several"


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
    return True, [f"imported, {len(imported.warnings)} warnings"]


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
