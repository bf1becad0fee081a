"""`stage`: a named block, left when its steps are done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tuoban.kernel.engine.constructs.row import Row, enter_body, leave_when_done
from tuoban.kernel.engine.returning import revive

if TYPE_CHECKING:
    pass


ROW = Row(enter=enter_body, region_done=leave_when_done, reopen=revive)
