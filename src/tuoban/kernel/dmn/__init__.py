"""Decision models of the DMN standard, versions 1.2 to 1.5: XML in, decisions out.

`read_model` reads and checks a whole file, compiles it once and reports every problem with its
line and column; the `Model` then decides any number of times, within a budget of steps. Files are
taken from strangers: whatever is in one, reading it ends soon, fetches nothing and runs nothing.
"""

from tuoban.kernel.dmn.graph import Part
from tuoban.kernel.dmn.misfits import example
from tuoban.kernel.dmn.model import DEFAULT_BUDGET, Model, Outcome
from tuoban.kernel.dmn.pack_table import as_pack_table
from tuoban.kernel.dmn.plain import from_plain, to_plain
from tuoban.kernel.dmn.problems import DmnError, DmnProblem
from tuoban.kernel.dmn.reading import VERSIONS, read_model
from tuoban.kernel.dmn.run import Fitting, Note
from tuoban.kernel.dmn.texts import TEXTS
from tuoban.kernel.dmn.types import Type
from tuoban.kernel.xml_files import MAX_BYTES, Place

__all__ = [
    "DEFAULT_BUDGET",
    "MAX_BYTES",
    "TEXTS",
    "VERSIONS",
    "DmnError",
    "DmnProblem",
    "Fitting",
    "Model",
    "Note",
    "Outcome",
    "Part",
    "Place",
    "Type",
    "as_pack_table",
    "example",
    "from_plain",
    "read_model",
    "to_plain",
]
