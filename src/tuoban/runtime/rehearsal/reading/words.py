"""The words that a line of a play may begin with, and what may stand beside each."""

from __future__ import annotations

OPERATIONS = {
    "claim": (),
    "take-next": (),
    "release": (),
    "transfer": ("to", "reason"),
    "return": ("to", "reason", "direct"),
    "open": (),
    "withdraw": ("reason",),
    "urge": ("reason",),
    "delegate": ("to", "reason"),
    "get-back": (),
    "jump": ("to", "reason"),
    "sign": ("stamp",),
    "refuse": ("reason",),
    "add-signer": ("to", "when", "reason"),
    "drop-signer": ("to",),
    "opinion": ("agrees", "reason"),
}
"""What may be done with a piece of work; beside any, `of` says which one."""
PAPERS = {
    "hand-in": ("originals", "copies", "note"),
    "hand-on": ("to", "originals", "copies", "note"),
    "strike-paper": ("reason",),
    "print": ("with",),
}
PAUSES = {
    "suspend": ("reason",),
    "resume": (),
    "extend": ("limit", "by", "reason"),
    "copy": ("to", "reason"),
    "cancel": ("reason",),
    "add": ("reason",),
    "give-up": ("reason",),
}
CORRECT = {"correct": ("value", "reason", "in")}
CHECKS = (
    "open", "closed", "waits", "locked", "unlocked", "due", "stands-still", "told", "not-told",
    "sent", "values", "papers", "indicators", "ended",
)  # fmt: skip
HAPPENINGS = ("clock", "hours", "message", "answered")
"""What happens by itself."""
NO_DUE = ("none", "—")
"""What `due` may say of a step that has no limit."""
