"""What goes out of the house to people: kept in the case's own transaction, sent by the worker.

A row says who is told by which channel. The words and the address of what a step tells are looked
up when it is sent; those of a letter that belongs to no step are written into a row beside it
(`writing.py`), of which what is secret is forgotten when it has gone out.
How it is carried stands behind `carriers.Carrier`.
"""
