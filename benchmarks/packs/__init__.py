"""Checking packs of many steps."""
