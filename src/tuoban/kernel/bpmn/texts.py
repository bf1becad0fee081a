"""What is said of a BPMN file, in Chinese and English: what it is, and what a modeller can do."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {}
