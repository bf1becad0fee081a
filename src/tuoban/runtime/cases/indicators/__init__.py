"""Indicators: measuring what a process does across its cases.

`schedules` plans a *round* for what has come due, `rounds` goes through the cases of a process some
at a time, keeping what each gives, and makes measurements of that; `telling` tells people.

A round reads cases without locking them and measures as of its moment; a case that moves while it
goes on is read as it is by then. It costs one reading of each case that may count, however many
indicators are measured, and at most `measuring.MOST_CASES` of them.
"""
