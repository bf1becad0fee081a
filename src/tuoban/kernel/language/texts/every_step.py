"""What can be wrong with what is said for every step."""

from __future__ import annotations

from tuoban.kernel.language.notation_texts import Texts

TEXTS: Texts = {
    "not-for-every-step": (
        "“{key}”不能作各步的默认：{why}。",
        "“{key}” cannot hold for every step: {why}.",
    ),
    "default-of-no-step": (
        "没有步骤用到这里的“{key}”。",
        "No step takes this “{key}”.",
    ),
}
