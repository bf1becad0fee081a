"""Dates, times and durations: reading, writing, ordering and calculating.

Every function takes Python's own values and the wide ones alike, and gives Python's own wherever
they can hold the result, see `wide`.
"""

from tuoban.kernel.expressions.temporal.lengths import (
    add,
    add_months,
    divide,
    divide_months,
    negated,
    ratio,
    ratio_of_months,
    scale,
    scale_months,
    seconds_of,
    subtract,
    subtract_months,
)
from tuoban.kernel.expressions.temporal.moments import (
    days_between,
    difference,
    join,
    midnight,
    shift,
    shift_date,
    shift_moment_months,
    shift_months,
    shift_time,
    time_difference,
)
from tuoban.kernel.expressions.temporal.order import (
    compare_dates,
    compare_lengths,
    compare_moments,
    compare_times,
    order,
)
from tuoban.kernel.expressions.temporal.reading import (
    read_date,
    read_datetime,
    read_duration,
    read_temporal,
    read_time,
)
from tuoban.kernel.expressions.temporal.writing import write_temporal
from tuoban.kernel.expressions.temporal.zones import offset_of, offset_zone

__all__ = [
    "add",
    "add_months",
    "compare_dates",
    "compare_lengths",
    "compare_moments",
    "compare_times",
    "days_between",
    "difference",
    "divide",
    "divide_months",
    "join",
    "midnight",
    "negated",
    "offset_of",
    "offset_zone",
    "order",
    "ratio",
    "ratio_of_months",
    "read_date",
    "read_datetime",
    "read_duration",
    "read_temporal",
    "read_time",
    "scale",
    "scale_months",
    "seconds_of",
    "shift",
    "shift_date",
    "shift_moment_months",
    "shift_months",
    "shift_time",
    "subtract",
    "subtract_months",
    "time_difference",
    "write_temporal",
]
