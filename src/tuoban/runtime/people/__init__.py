"""People: users, the tree of units, who holds which role where, and whose hours count.

Here live the rows behind the kernel's `Directory` and `Hours`. Every change goes through
`service.py`, which marks them as changed; `directory.snapshot()` and `hours.snapshot()` are what
the rest of the product reads.
Here may not live: anything about a process or a case.
"""
