"""The same case in SpiffWorkflow. It changes a workflow in place, so that whole cases are played.

Measured is what its documentation has an application do when a person has finished a task: give it
the data, run it, and let the engine go on; looking for the task beforehand is not.
"""

from __future__ import annotations

from importlib.metadata import version
from time import process_time
from typing import Any

from benchmarks.steps.process import BPMN, PLAY, PROCESS

CASES = 10
"""Cases in one round."""


def specification() -> Any:
    """The process, parsed from its BPMN."""
    from SpiffWorkflow.bpmn.parser import (  # type: ignore[import-not-found]  # noqa: PLC0415
        BpmnParser,
    )

    parser = BpmnParser()
    parser.add_bpmn_file(str(BPMN))
    return parser.get_spec(PROCESS)


def seconds(process: Any) -> float:
    """Seconds of CPU for one completion, the mean of some cases.

    Raises:
        RuntimeError: a case did not come to its end.
    """
    from SpiffWorkflow.bpmn.workflow import (  # type: ignore[import-not-found]  # noqa: PLC0415
        BpmnWorkflow,
    )
    from SpiffWorkflow.util.task import (  # type: ignore[import-not-found]  # noqa: PLC0415
        TaskState,
    )

    took = 0.0
    for _ in range(CASES):
        workflow = BpmnWorkflow(process)
        workflow.do_engine_steps()
        for step, data in PLAY:
            ready = workflow.get_tasks(state=TaskState.READY, manual=True)
            task = next(each for each in ready if each.task_spec.bpmn_id == step)
            before = process_time()
            task.data.update(data)
            task.run()
            workflow.do_engine_steps()
            took += process_time() - before
        if not workflow.is_completed():
            raise RuntimeError("the case did not come to its end")
    return took / CASES / len(PLAY)


def known_as() -> str:
    """The library and its installed version."""
    return f"SpiffWorkflow {version('SpiffWorkflow')}"
