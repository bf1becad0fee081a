"""Databases, servers and browsers for the tests."""
