"""What can be told of a process before any case begins: whether its limits can be kept, and whether
an organisation has the people for it.
"""

from tuoban.kernel.outlook.promises import Promise, promises, steps_inside, without_length
from tuoban.kernel.outlook.rounds import Round, too_frequent
from tuoban.kernel.outlook.staffing import Homes, Shortage, shortages, units_of_cases
from tuoban.kernel.outlook.wording import (
    lacking_text,
    path_text,
    short_text,
    shortage_text,
    too_often_text,
    unset_text,
)

__all__ = [
    "Homes",
    "Promise",
    "Round",
    "Shortage",
    "lacking_text",
    "path_text",
    "promises",
    "short_text",
    "shortage_text",
    "shortages",
    "steps_inside",
    "too_frequent",
    "too_often_text",
    "units_of_cases",
    "unset_text",
    "without_length",
]
