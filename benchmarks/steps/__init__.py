"""Completing a step of a process, beside another engine for Python, and how it grows."""
