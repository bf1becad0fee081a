"""China's public holidays and moved workdays, written by scripts/public_holidays.py.

A year is confirmed if it was announced and two libraries agree on each of its days; years to come
are predicted. This is a module so that the kernel has the facts without opening a file.
"""

from tuoban.kernel.calendars.holidays import Row

NAMES: dict[str, tuple[str, str]] = {
    "new-year": ("元旦", "New Year's Day"),
    "spring-festival": ("春节", "Spring Festival"),
    "tomb-sweeping-day": ("清明节", "Tomb-Sweeping Day"),
    "labour-day": ("劳动节", "Labour Day"),
    "dragon-boat-festival": ("端午节", "Dragon Boat Festival"),
    "mid-autumn-festival": ("中秋节", "Mid-Autumn Festival"),
    "national-day": ("国庆节", "National Day"),
    "victory-day": ("抗战胜利日", "Victory Day"),
}

# fmt: off
YEARS: tuple[Row, ...] = (
    (2004, True, (
        ("01-01", "01-01", "new-year"), ("01-22", "01-28", "spring-festival"),
        ("05-01", "05-07", "labour-day"), ("10-01", "10-07", "national-day"),
    ), (
        ("01-17", "01-27", "spring-festival"), ("01-18", "01-28", "spring-festival"),
        ("05-08", "05-06", "labour-day"), ("05-09", "05-07", "labour-day"),
        ("10-09", "10-06", "national-day"), ("10-10", "10-07", "national-day"),
    )),
    (2005, False, (
        ("01-01", "01-03", "new-year"), ("02-09", "02-15", "spring-festival"),
        ("05-01", "05-07", "labour-day"), ("10-01", "10-07", "national-day"),
    ), (
        ("02-05", "02-14", "spring-festival"), ("02-06", "02-15", "spring-festival"),
        ("04-30", "05-05", "labour-day"), ("05-08", "05-06", "labour-day"),
        ("10-08", "10-06", "national-day"), ("10-09", "10-07", "national-day"),
    )),
    (2006, True, (
        ("01-01", "01-03", "new-year"), ("01-29", "02-04", "spring-festival"),
        ("05-01", "05-07", "labour-day"), ("10-01", "10-07", "national-day"),
    ), (
        ("01-28", "02-02", "spring-festival"), ("02-05", "02-03", "spring-festival"),
        ("04-29", "05-04", "labour-day"), ("04-30", "05-05", "labour-day"),
        ("09-30", "10-05", "national-day"), ("10-08", "10-06", "national-day"),
        ("12-30", "2007-01-02", "new-year"), ("12-31", "2007-01-03", "new-year"),
    )),
    (2007, True, (
        ("01-01", "01-03", "new-year"), ("02-18", "02-24", "spring-festival"),
        ("05-01", "05-07", "labour-day"), ("10-01", "10-07", "national-day"),
        ("12-30", "12-31", "new-year"),
    ), (
        ("02-17", "02-22", "spring-festival"), ("02-25", "02-23", "spring-festival"),
        ("04-28", "05-04", "labour-day"), ("04-29", "05-07", "labour-day"),
        ("09-29", "10-04", "national-day"), ("09-30", "10-05", "national-day"),
        ("12-29", "12-31", "new-year"),
    )),
    (2008, True, (
        ("01-01", "01-01", "new-year"), ("02-06", "02-12", "spring-festival"),
        ("04-04", "04-06", "tomb-sweeping-day"), ("05-01", "05-03", "labour-day"),
        ("06-07", "06-09", "dragon-boat-festival"), ("09-13", "09-15", "mid-autumn-festival"),
        ("09-29", "10-05", "national-day"),
    ), (
        ("02-02", "02-11", "spring-festival"), ("02-03", "02-12", "spring-festival"),
        ("05-04", "05-02", "labour-day"), ("09-27", "09-29", "national-day"),
        ("09-28", "09-30", "national-day"),
    )),
    (2009, True, (
        ("01-01", "01-03", "new-year"), ("01-25", "01-31", "spring-festival"),
        ("04-04", "04-06", "tomb-sweeping-day"), ("05-01", "05-03", "labour-day"),
        ("05-28", "05-30", "dragon-boat-festival"), ("10-01", "10-02", "national-day"),
        ("10-03", "10-03", "mid-autumn-festival"), ("10-04", "10-08", "national-day"),
    ), (
        ("01-04", "01-02", "new-year"), ("01-24", "01-29", "spring-festival"),
        ("02-01", "01-30", "spring-festival"), ("05-31", "05-29", "dragon-boat-festival"),
        ("09-27", "10-07", "national-day"), ("10-10", "10-08", "national-day"),
    )),
    (2010, True, (
        ("01-01", "01-03", "new-year"), ("02-13", "02-19", "spring-festival"),
        ("04-03", "04-05", "tomb-sweeping-day"), ("05-01", "05-03", "labour-day"),
        ("06-14", "06-16", "dragon-boat-festival"), ("09-22", "09-24", "mid-autumn-festival"),
        ("10-01", "10-07", "national-day"),
    ), (
        ("02-20", "02-18", "spring-festival"), ("02-21", "02-19", "spring-festival"),
        ("06-12", "06-14", "dragon-boat-festival"), ("06-13", "06-15", "dragon-boat-festival"),
        ("09-19", "09-23", "mid-autumn-festival"), ("09-25", "09-24", "mid-autumn-festival"),
        ("09-26", "10-06", "national-day"), ("10-09", "10-07", "national-day"),
    )),
    (2011, True, (
        ("01-01", "01-03", "new-year"), ("02-02", "02-08", "spring-festival"),
        ("04-03", "04-05", "tomb-sweeping-day"), ("04-30", "05-02", "labour-day"),
        ("06-04", "06-04", "dragon-boat-festival"), ("06-06", "06-06", "dragon-boat-festival"),
        ("09-10", "09-12", "mid-autumn-festival"), ("10-01", "10-07", "national-day"),
    ), (
        ("01-30", "02-07", "spring-festival"), ("02-12", "02-08", "spring-festival"),
        ("04-02", "04-04", "tomb-sweeping-day"), ("10-08", "10-06", "national-day"),
        ("10-09", "10-07", "national-day"), ("12-31", "2012-01-03", "new-year"),
    )),
    (2012, True, (
        ("01-01", "01-03", "new-year"), ("01-22", "01-28", "spring-festival"),
        ("04-02", "04-04", "tomb-sweeping-day"), ("04-29", "05-01", "labour-day"),
        ("06-22", "06-22", "dragon-boat-festival"), ("06-24", "06-24", "dragon-boat-festival"),
        ("09-30", "09-30", "mid-autumn-festival"), ("10-01", "10-07", "national-day"),
    ), (
        ("01-21", "01-26", "spring-festival"), ("01-29", "01-27", "spring-festival"),
        ("03-31", "04-02", "tomb-sweeping-day"), ("04-01", "04-03", "tomb-sweeping-day"),
        ("04-28", "04-30", "labour-day"), ("09-29", "10-05", "national-day"),
    )),
    (2013, True, (
        ("01-01", "01-03", "new-year"), ("02-09", "02-15", "spring-festival"),
        ("04-04", "04-06", "tomb-sweeping-day"), ("04-29", "05-01", "labour-day"),
        ("06-10", "06-12", "dragon-boat-festival"), ("09-19", "09-21", "mid-autumn-festival"),
        ("10-01", "10-07", "national-day"),
    ), (
        ("01-05", "01-02", "new-year"), ("01-06", "01-03", "new-year"),
        ("02-16", "02-14", "spring-festival"), ("02-17", "02-15", "spring-festival"),
        ("04-07", "04-05", "tomb-sweeping-day"), ("04-27", "04-29", "labour-day"),
        ("04-28", "04-30", "labour-day"), ("06-08", "06-10", "dragon-boat-festival"),
        ("06-09", "06-11", "dragon-boat-festival"), ("09-22", "09-20", "mid-autumn-festival"),
        ("09-29", "10-04", "national-day"), ("10-12", "10-07", "national-day"),
    )),
    (2014, True, (
        ("01-01", "01-01", "new-year"), ("01-31", "02-06", "spring-festival"),
        ("04-05", "04-07", "tomb-sweeping-day"), ("05-01", "05-03", "labour-day"),
        ("06-02", "06-02", "dragon-boat-festival"), ("09-08", "09-08", "mid-autumn-festival"),
        ("10-01", "10-07", "national-day"),
    ), (
        ("01-26", "02-05", "spring-festival"), ("02-08", "02-06", "spring-festival"),
        ("05-04", "05-02", "labour-day"), ("09-28", "10-06", "national-day"),
        ("10-11", "10-07", "national-day"),
    )),
    (2015, True, (
        ("01-01", "01-03", "new-year"), ("02-18", "02-24", "spring-festival"),
        ("04-05", "04-06", "tomb-sweeping-day"), ("05-01", "05-01", "labour-day"),
        ("06-20", "06-20", "dragon-boat-festival"), ("06-22", "06-22", "dragon-boat-festival"),
        ("09-03", "09-04", "victory-day"), ("09-27", "09-27", "mid-autumn-festival"),
        ("10-01", "10-07", "national-day"),
    ), (
        ("01-04", "01-02", "new-year"), ("02-15", "02-18", "spring-festival"),
        ("02-28", "02-24", "spring-festival"), ("09-06", "09-04", "victory-day"),
        ("10-10", "10-07", "national-day"),
    )),
    (2016, True, (
        ("01-01", "01-01", "new-year"), ("02-07", "02-13", "spring-festival"),
        ("04-04", "04-04", "tomb-sweeping-day"), ("05-01", "05-02", "labour-day"),
        ("06-09", "06-11", "dragon-boat-festival"), ("09-15", "09-17", "mid-autumn-festival"),
        ("10-01", "10-07", "national-day"),
    ), (
        ("02-06", "02-11", "spring-festival"), ("02-14", "02-12", "spring-festival"),
        ("06-12", "06-10", "dragon-boat-festival"), ("09-18", "09-16", "mid-autumn-festival"),
        ("10-08", "10-06", "national-day"), ("10-09", "10-07", "national-day"),
    )),
    (2017, True, (
        ("01-01", "01-02", "new-year"), ("01-27", "02-02", "spring-festival"),
        ("04-02", "04-04", "tomb-sweeping-day"), ("05-01", "05-01", "labour-day"),
        ("05-28", "05-30", "dragon-boat-festival"), ("10-01", "10-03", "national-day"),
        ("10-04", "10-04", "mid-autumn-festival"), ("10-05", "10-08", "national-day"),
    ), (
        ("01-22", "01-27", "spring-festival"), ("02-04", "02-02", "spring-festival"),
        ("04-01", "04-03", "tomb-sweeping-day"), ("05-27", "05-29", "dragon-boat-festival"),
        ("09-30", "10-06", "national-day"),
    )),
    (2018, True, (
        ("01-01", "01-01", "new-year"), ("02-15", "02-21", "spring-festival"),
        ("04-05", "04-07", "tomb-sweeping-day"), ("04-29", "05-01", "labour-day"),
        ("06-18", "06-18", "dragon-boat-festival"), ("09-24", "09-24", "mid-autumn-festival"),
        ("10-01", "10-07", "national-day"), ("12-30", "12-31", "new-year"),
    ), (
        ("02-11", "02-15", "spring-festival"), ("02-24", "02-21", "spring-festival"),
        ("04-08", "04-06", "tomb-sweeping-day"), ("04-28", "04-30", "labour-day"),
        ("09-29", "10-04", "national-day"), ("09-30", "10-05", "national-day"),
        ("12-29", "12-31", "new-year"),
    )),
    (2019, True, (
        ("01-01", "01-01", "new-year"), ("02-04", "02-10", "spring-festival"),
        ("04-05", "04-07", "tomb-sweeping-day"), ("05-01", "05-04", "labour-day"),
        ("06-07", "06-09", "dragon-boat-festival"), ("09-13", "09-15", "mid-autumn-festival"),
        ("10-01", "10-07", "national-day"),
    ), (
        ("02-02", "02-04", "spring-festival"), ("02-03", "02-08", "spring-festival"),
        ("04-28", "05-02", "labour-day"), ("05-05", "05-03", "labour-day"),
        ("09-29", "10-04", "national-day"), ("10-12", "10-07", "national-day"),
    )),
    (2020, True, (
        ("01-01", "01-01", "new-year"), ("01-24", "02-02", "spring-festival"),
        ("04-04", "04-06", "tomb-sweeping-day"), ("05-01", "05-05", "labour-day"),
        ("06-25", "06-27", "dragon-boat-festival"), ("10-01", "10-08", "national-day"),
    ), (
        ("01-19", "01-24", "spring-festival"), ("04-26", "05-04", "labour-day"),
        ("05-09", "05-05", "labour-day"), ("06-28", "06-26", "dragon-boat-festival"),
        ("09-27", "10-07", "national-day"), ("10-10", "10-08", "national-day"),
    )),
    (2021, True, (
        ("01-01", "01-03", "new-year"), ("02-11", "02-17", "spring-festival"),
        ("04-03", "04-05", "tomb-sweeping-day"), ("05-01", "05-05", "labour-day"),
        ("06-12", "06-14", "dragon-boat-festival"), ("09-19", "09-21", "mid-autumn-festival"),
        ("10-01", "10-07", "national-day"),
    ), (
        ("02-07", "02-11", "spring-festival"), ("02-20", "02-17", "spring-festival"),
        ("04-25", "05-04", "labour-day"), ("05-08", "05-05", "labour-day"),
        ("09-18", "09-20", "mid-autumn-festival"), ("09-26", "10-06", "national-day"),
        ("10-09", "10-07", "national-day"),
    )),
    (2022, True, (
        ("01-01", "01-03", "new-year"), ("01-31", "02-06", "spring-festival"),
        ("04-03", "04-05", "tomb-sweeping-day"), ("04-30", "05-04", "labour-day"),
        ("06-03", "06-05", "dragon-boat-festival"), ("09-10", "09-12", "mid-autumn-festival"),
        ("10-01", "10-07", "national-day"), ("12-31", "12-31", "new-year"),
    ), (
        ("01-29", "01-31", "spring-festival"), ("01-30", "02-04", "spring-festival"),
        ("04-02", "04-04", "tomb-sweeping-day"), ("04-24", "05-03", "labour-day"),
        ("05-07", "05-04", "labour-day"), ("10-08", "10-06", "national-day"),
        ("10-09", "10-07", "national-day"),
    )),
    (2023, True, (
        ("01-01", "01-02", "new-year"), ("01-21", "01-27", "spring-festival"),
        ("04-05", "04-05", "tomb-sweeping-day"), ("04-29", "05-03", "labour-day"),
        ("06-22", "06-24", "dragon-boat-festival"), ("09-29", "09-29", "mid-autumn-festival"),
        ("09-30", "10-06", "national-day"), ("12-30", "12-31", "new-year"),
    ), (
        ("01-28", "01-26", "spring-festival"), ("01-29", "01-27", "spring-festival"),
        ("04-23", "05-02", "labour-day"), ("05-06", "05-03", "labour-day"),
        ("06-25", "06-23", "dragon-boat-festival"), ("10-07", "10-05", "national-day"),
        ("10-08", "10-06", "national-day"),
    )),
    (2024, True, (
        ("01-01", "01-01", "new-year"), ("02-10", "02-17", "spring-festival"),
        ("04-04", "04-06", "tomb-sweeping-day"), ("05-01", "05-05", "labour-day"),
        ("06-10", "06-10", "dragon-boat-festival"), ("09-15", "09-17", "mid-autumn-festival"),
        ("10-01", "10-07", "national-day"),
    ), (
        ("02-04", "02-15", "spring-festival"), ("02-18", "02-16", "spring-festival"),
        ("04-07", "04-05", "tomb-sweeping-day"), ("04-28", "05-02", "labour-day"),
        ("05-11", "05-03", "labour-day"), ("09-14", "09-16", "mid-autumn-festival"),
        ("09-29", "10-04", "national-day"), ("10-12", "10-07", "national-day"),
    )),
    (2025, True, (
        ("01-01", "01-01", "new-year"), ("01-28", "02-04", "spring-festival"),
        ("04-04", "04-06", "tomb-sweeping-day"), ("05-01", "05-05", "labour-day"),
        ("05-31", "06-02", "dragon-boat-festival"), ("10-01", "10-05", "national-day"),
        ("10-06", "10-06", "mid-autumn-festival"), ("10-07", "10-08", "national-day"),
    ), (
        ("01-26", "02-03", "spring-festival"), ("02-08", "02-04", "spring-festival"),
        ("04-27", "05-05", "labour-day"), ("09-28", "10-07", "national-day"),
        ("10-11", "10-08", "national-day"),
    )),
    (2026, True, (
        ("01-01", "01-03", "new-year"), ("02-15", "02-23", "spring-festival"),
        ("04-04", "04-06", "tomb-sweeping-day"), ("05-01", "05-05", "labour-day"),
        ("06-19", "06-21", "dragon-boat-festival"), ("09-25", "09-27", "mid-autumn-festival"),
        ("10-01", "10-07", "national-day"),
    ), (
        ("01-04", "01-02", "new-year"), ("02-14", "02-20", "spring-festival"),
        ("02-28", "02-23", "spring-festival"), ("05-09", "05-05", "labour-day"),
        ("09-20", "10-06", "national-day"), ("10-10", "10-07", "national-day"),
    )),
    (2027, False, (
        ("01-01", "01-01", "new-year"), ("02-05", "02-10", "spring-festival"),
        ("04-05", "04-05", "tomb-sweeping-day"), ("05-01", "05-04", "labour-day"),
        ("06-09", "06-09", "dragon-boat-festival"), ("09-15", "09-15", "mid-autumn-festival"),
        ("10-01", "10-05", "national-day"),
    ), (
    )),
    (2028, False, (
        ("01-01", "01-01", "new-year"), ("01-03", "01-03", "new-year"),
        ("01-25", "01-28", "spring-festival"), ("04-04", "04-04", "tomb-sweeping-day"),
        ("05-01", "05-02", "labour-day"), ("05-28", "05-29", "dragon-boat-festival"),
        ("10-01", "10-02", "national-day"), ("10-03", "10-03", "mid-autumn-festival"),
        ("10-04", "10-04", "national-day"),
    ), (
    )),
    (2029, False, (
        ("01-01", "01-01", "new-year"), ("02-12", "02-15", "spring-festival"),
        ("04-04", "04-04", "tomb-sweeping-day"), ("05-01", "05-02", "labour-day"),
        ("06-16", "06-16", "dragon-boat-festival"), ("06-18", "06-18", "dragon-boat-festival"),
        ("09-22", "09-22", "mid-autumn-festival"), ("09-24", "09-24", "mid-autumn-festival"),
        ("10-01", "10-03", "national-day"),
    ), (
    )),
    (2030, False, (
        ("01-01", "01-01", "new-year"), ("02-02", "02-07", "spring-festival"),
        ("04-05", "04-05", "tomb-sweeping-day"), ("05-01", "05-02", "labour-day"),
        ("06-05", "06-05", "dragon-boat-festival"), ("09-12", "09-12", "mid-autumn-festival"),
        ("10-01", "10-03", "national-day"),
    ), (
    )),
    (2031, False, (
        ("01-01", "01-01", "new-year"), ("01-22", "01-25", "spring-festival"),
        ("01-27", "01-27", "spring-festival"), ("04-05", "04-05", "tomb-sweeping-day"),
        ("04-07", "04-07", "tomb-sweeping-day"), ("05-01", "05-02", "labour-day"),
        ("06-24", "06-24", "dragon-boat-festival"), ("10-01", "10-01", "mid-autumn-festival"),
        ("10-02", "10-03", "national-day"),
    ), (
    )),
    (2032, False, (
        ("01-01", "01-01", "new-year"), ("02-10", "02-13", "spring-festival"),
        ("04-04", "04-05", "tomb-sweeping-day"), ("05-01", "05-04", "labour-day"),
        ("06-12", "06-12", "dragon-boat-festival"), ("06-14", "06-14", "dragon-boat-festival"),
        ("09-19", "09-20", "mid-autumn-festival"), ("10-01", "10-05", "national-day"),
    ), (
    )),
    (2033, False, (
        ("01-01", "01-01", "new-year"), ("01-03", "01-03", "new-year"),
        ("01-30", "02-03", "spring-festival"), ("04-04", "04-04", "tomb-sweeping-day"),
        ("05-01", "05-03", "labour-day"), ("06-01", "06-01", "dragon-boat-festival"),
        ("09-08", "09-08", "mid-autumn-festival"), ("10-01", "10-05", "national-day"),
    ), (
    )),
    (2034, False, (
        ("01-01", "01-02", "new-year"), ("02-18", "02-23", "spring-festival"),
        ("04-05", "04-05", "tomb-sweeping-day"), ("05-01", "05-02", "labour-day"),
        ("06-20", "06-20", "dragon-boat-festival"), ("09-27", "09-27", "mid-autumn-festival"),
        ("10-01", "10-04", "national-day"),
    ), (
    )),
    (2035, False, (
        ("01-01", "01-01", "new-year"), ("02-07", "02-10", "spring-festival"),
        ("02-12", "02-12", "spring-festival"), ("04-05", "04-05", "tomb-sweeping-day"),
        ("05-01", "05-02", "labour-day"), ("06-10", "06-11", "dragon-boat-festival"),
        ("09-16", "09-17", "mid-autumn-festival"), ("10-01", "10-03", "national-day"),
    ), (
    )),
    (2036, False, (
        ("01-01", "01-01", "new-year"), ("01-27", "01-31", "spring-festival"),
        ("04-04", "04-04", "tomb-sweeping-day"), ("05-01", "05-02", "labour-day"),
        ("05-30", "05-30", "dragon-boat-festival"), ("10-01", "10-03", "national-day"),
        ("10-04", "10-04", "mid-autumn-festival"), ("10-06", "10-06", "mid-autumn-festival"),
    ), (
    )),
)
