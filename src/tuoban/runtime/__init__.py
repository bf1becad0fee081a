"""Live cases and the people who carry them: the only place that turns kernel events into rows.

It knows nothing of parts, money or surveys, and imports nothing from `services` or `faces`.
"""
