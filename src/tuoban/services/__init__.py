"""Services: what an organisation does beside its cases - money, stock, appointments, quality.

Each is a Django app that owns its tables and meets cases through activities
(`tuoban.runtime.activities`). None reaches into the tables of another, and nothing below knows
that any of them is there.
"""
