"""Cases: live cases as rows, and the only place that turns kernel events into them.

`service/` holds the verbs (one command, one transaction), `queries/` the reads, `audit.py`
the proof. Here may not live: a branch about what a process means (that is the kernel's), or
anything of parts, money or surveys (that is the services').
"""
