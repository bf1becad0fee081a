"""Customers and assets: whom an organisation works for, and the things it works on.

Cases name them by reference (`customer-5`, `asset-17`) and read dated facts about them. What a fact
is called and what it may hold, the published packs say (`kinds`). Names and telephone numbers stand
here alone, never in a case.
"""
