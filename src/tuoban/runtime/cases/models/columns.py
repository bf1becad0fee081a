"""Widths of columns, and what stands for 'never' in them."""

from __future__ import annotations

from datetime import UTC, datetime

NEVER = datetime(9999, 1, 1, tzinfo=UTC)
"""Stands for 'no due time' in sorting columns, so that one index serves all rows."""

KEY = 100  # characters of a key that an author or a caller chooses
DIGEST = 64  # hexadecimal characters of a SHA-256
