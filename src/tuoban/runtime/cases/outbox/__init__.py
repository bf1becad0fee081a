"""What goes out of the house to people: kept in the case's own transaction, sent by the worker.

A row says who is told by which channel; its words and its address are looked up when it is sent.
How it is carried stands behind `carriers.Carrier`.
"""
