"""Rehearsals that people ask for at a page: what was asked and what came of it, kept as rows.

A play never touches the live database: it would hold its lock for as long as it lasts, and its cast
may be called as people of the organisation are. So it is played by a program of its own (`apart`),
on an installation that is thrown away (`installation`), and only what that says is kept.
"""
