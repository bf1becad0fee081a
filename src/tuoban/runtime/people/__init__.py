"""People: users, the tree of units, and who holds which role where.

Here live the rows behind the kernel's `Directory`. Every change goes through `service.py`, which
marks the directory as changed; `directory.snapshot()` is what the rest of the product reads.
Here may not live: anything about a process or a case.
"""
