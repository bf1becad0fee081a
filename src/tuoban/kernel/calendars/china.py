"""The public holidays of mainland China."""

from tuoban.kernel.calendars.data.cn import NAMES, YEARS
from tuoban.kernel.calendars.holidays import PublicHolidays, read_rows
from tuoban.kernel.text import Text

CHINA: PublicHolidays = read_rows(Text("中国", "China"), NAMES, YEARS)
"""From 2004 on; what is announced is confirmed, the years after are predicted."""
