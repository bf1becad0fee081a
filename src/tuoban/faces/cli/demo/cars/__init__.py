"""The visits of cars: `visit` says what one is, `story` how it goes, `plans` which there are.

Each part of a visit is a function that says, act by act, what people do.
"""
