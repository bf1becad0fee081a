"""Pages on which hours are edited: calendars, whose they are, and people's own.

A page of hours is one form. Everything that is not saved yet stands in it, so each button sends the
whole form, what it asks for is done to what was typed, and the page is shown anew.
"""
