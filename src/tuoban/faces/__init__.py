"""What people and machines touch: the staff desk, the API and the command line.

Faces hold no rules: a view or command parses, calls one function below, and renders.
Faces do not import one another.
"""
