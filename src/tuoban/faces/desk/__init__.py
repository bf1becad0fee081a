"""The staff web: log-in, my work, cases, notices. Chinese first, keyboard first, calm.

A view parses, calls one function of the runtime, and renders a page from a typed context.
"""
