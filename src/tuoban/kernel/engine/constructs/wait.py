"""`wait`: the case goes on by itself, once time has gone by or a condition holds."""

from __future__ import annotations

from tuoban.kernel.engine.constructs.row import Row
from tuoban.kernel.engine.waiting import begin

ROW = Row(enter=begin)
