"""What is said of `do` and its keys, in both languages."""

from __future__ import annotations

from tuoban.kernel.language.notation_texts import Texts

TEXTS: Texts = {
    "unknown-activity": (
        "没有“{name}”这种业务。",
        "There is no activity “{name}”.",
    ),
    "activity-field-taken": (
        "业务“{activity}”自带“{name}”，流程包里已有同名的内容：请换个名称。",
        "The activity “{activity}” brings “{name}”, and something in the pack is called so: "
        "call it otherwise.",
    ),
    "personal-activity": (
        "业务的结果以明文记入经过，不能用个人信息“{name}”。",
        "What an activity results in stands in the journal in the clear, so it cannot use the "
        "personal value “{name}”.",
    ),
    "rows-without": (
        "“{text}”的每行没有“{column}”，“{key}”要用到它。",
        "The rows of “{text}” have no “{column}”, which “{key}” needs.",
    ),
    "not-by-system": (
        "这一步没有写 by，由系统自动办理，不能有 {key}。",
        "Without by the system does this step by itself, so that it cannot have {key}.",
    ),
}
