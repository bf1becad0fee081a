"""The words that a line of a play may begin with."""

from __future__ import annotations

OPERATIONS = (
    "claim", "take-next", "release", "transfer", "return", "open", "withdraw", "urge", "delegate",
    "get-back", "jump", "sign", "refuse", "add-signer", "drop-signer", "opinion",
)  # fmt: skip
PAPERS = ("hand-in", "hand-on", "strike-paper", "print")
PAUSES = ("suspend", "resume", "extend", "copy", "cancel", "add", "give-up")
CHECKS = (
    "open", "closed", "waits", "locked", "unlocked", "due", "stands-still", "told", "not-told",
    "sent", "values", "papers",
)  # fmt: skip
NO_DUE = ("none", "—")
"""What `due` may say of a step that has no limit."""
