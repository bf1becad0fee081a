"""Files that people upload: their content by digest, what it is, and whether it is free of harm.

Nothing here knows of cases. What refers to a file (`runtime/cases/filing/`) keeps it from being
tidied away.
"""
