"""What can be wrong with what is said for every step."""

from __future__ import annotations

from tuoban.kernel.language.notation_texts import Texts

TEXTS: Texts = {
    "not-for-every-step": (
        "“{key}”各步不同，请写在步骤里；every-step 里可写：{known}。",
        "“{key}” differs from step to step: write it there; every-step may have: {known}.",
    ),
    "default-of-no-step": (
        "没有步骤用到这里的“{key}”。",
        "No step takes this “{key}”.",
    ),
}
