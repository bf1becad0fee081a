"""Rehearsing the scenarios of all packs that ship."""
