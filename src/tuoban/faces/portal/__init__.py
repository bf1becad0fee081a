"""The portal: pages for those outside the organisation, made for a phone.

Whoever comes by a signed link sees the one case that it opens, and nothing else.
"""
