"""Calendars: the hours of the organisation as rows, version by version.

A calendar has no time zone of its own: it is laid in the zone of the unit that uses it. Every
change goes through `service.py`. Here may not live: units and people, who stand above.
"""
