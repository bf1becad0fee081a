"""The control-flow patterns of van der Aalst and others, each written as a pack and played.

A test is named by the number and the name of its pattern; the page
`docs/reference/control-flow-patterns.md` says the same of every pattern, and a test holds the two
together.
"""
