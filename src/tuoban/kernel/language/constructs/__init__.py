"""One module per construct of the process: how it is written. `table` joins them.

A construct is one row, `Kind`; the outline, the reading and the checks of soundness know only the
rows, so that a new construct is a new module and a new row.
"""
