"""The composition root: settings, URLs and the ASGI application that put the floors together.

Nothing imports it; servers and tools name it as a string (``tuoban.site.settings``).
"""
