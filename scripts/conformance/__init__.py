"""Runs FEEL and DMN against public suites of test cases, and tells how far they agree."""
