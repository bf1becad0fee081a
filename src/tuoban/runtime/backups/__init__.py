"""Backups: an installation as one file, and an empty place filled from it, on either database.

It stands above everything that keeps rows, and knows none of their meanings.
"""
