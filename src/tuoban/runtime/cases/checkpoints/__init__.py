"""Checkpoints: the heads of all journals in one chain, so that a case which is gone, and a journal
which ends too early, are found.

A case's own chain cannot tell that its end was cut off together with the case's row, nor that a
case was removed whole. A checkpoint lists the newest entry of every case that moved since the one
before it and is chained to that (`making`). Handed out as a file (`exporting`), signed if wished
(`keys`), it holds the organisation itself to what it had then (`checking`).
"""
