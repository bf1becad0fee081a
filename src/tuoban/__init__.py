"""Tuoban (妥办, "handled properly"): runs an organisation's service processes.

The floors, top to bottom, and imports only go down: ``site`` (composition root), ``faces``,
``services``, ``runtime``, ``kernel``. ``packs`` is data, not code. `.importlinter` holds this.
"""

__version__ = "0.1.0"
