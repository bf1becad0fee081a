"""Loading and saving a case within a command: the way that every command takes.

No other module of the cases loads or saves one, and this package alone knows the statements by
which that is done (`tables`, `work`), which go straight to the driver. The models serve whoever
reads: lists, pages, the audit.
"""

from tuoban.runtime.cases.store.cases import (
    Loaded,
    LostUpdate,
    case_columns,
    follow,
    lock,
    lock_of_item,
    new,
    priority_rank,
    save,
)

__all__ = [
    "Loaded",
    "LostUpdate",
    "case_columns",
    "follow",
    "lock",
    "lock_of_item",
    "new",
    "priority_rank",
    "save",
]
