"""Channels: letters that belong to no step of a case, and the words that they are made of.

`service.write` makes one of a template and queues it in the outbox (`runtime/cases/outbox`), which
sends it, tries it again and keeps its log like everything else that leaves the house. Templates are
shipped in both languages (`shipped.yaml`); an organisation may word its own. The simulated gateway
carries text messages to a telephone that is a page of the desk.
"""
