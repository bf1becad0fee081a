"""BPMN 2.0: a pack as a BPMN file, and a BPMN file as a pack."""

from tuoban.kernel.bpmn.into.packs import Imported, read_bpmn
from tuoban.kernel.bpmn.out.packs import beside, write_bpmn
from tuoban.kernel.bpmn.problems import BpmnError, BpmnProblem
from tuoban.kernel.xml_files import MAX_BYTES

__all__ = ["MAX_BYTES", "BpmnError", "BpmnProblem", "Imported", "beside", "read_bpmn", "write_bpmn"]
