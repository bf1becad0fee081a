"""The public models, where there are any, and the script that tries them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from scripts.bpmn_models import VARIABLE, models, outcomes
from tests.kernel.bpmn.building import END, START, file, flow, node, tasks
from tuoban.kernel.bpmn.into.counterparts import COUNTERPARTS
from tuoban.kernel.bpmn.into.reading import NODES

FOLDER = os.environ.get(VARIABLE)


def test_a_model_is_imported_or_refused_with_reasons(tmp_path: Path) -> None:
    (tmp_path / "fine.bpmn").write_bytes(file(START + tasks("a") + END + flow("s > a", "a > e")))
    service = START + node("serviceTask", "a") + END + flow("s > a", "a > e")
    (tmp_path / "service.bpmn").write_bytes(file(service))
    told = [each for model in models(tmp_path) for each in outcomes(model)]
    assert [(name, fine, lines[0]) for name, fine, lines in told] == [
        ("fine.bpmn", True, "imported, 1 warnings, 20 walks to: closed"),
        ("service.bpmn", True, "refused"),
    ]


@pytest.mark.skipif(not FOLDER, reason=f"{VARIABLE} names no folder")
def test_public_models_come_in_or_are_refused() -> None:
    for model in models(Path(FOLDER or "")):
        for name, fine, told in outcomes(model):
            assert fine, (name, told)


def test_the_table_tells_of_every_node() -> None:
    assert set(COUNTERPARTS) >= NODES
