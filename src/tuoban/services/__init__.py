"""Django apps named in the users' words (customers, parts, billing ...), each owning its tables.

A service meets a process through activities, and another service through its ``service.py``.
It may import `runtime` and `kernel`, never `faces`.
"""
