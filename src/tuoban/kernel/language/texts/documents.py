"""What can be wrong with documents."""

from __future__ import annotations

from tuoban.kernel.language.notation_texts import Texts

TEXTS: Texts = {
    "unknown-document": ("没有“{name}”这份单据。", "There is no document “{name}”."),
    "document-never-printed": (
        "没有步骤打印“{name}”。",
        "No step prints “{name}”.",
    ),
}
