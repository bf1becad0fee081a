"""What can be wrong with messages between cases and systems."""

from __future__ import annotations

from tuoban.kernel.language.notation_texts import Texts

TEXTS: Texts = {
    "unknown-message": (
        "没有声明“{name}”这种消息（messages）。",
        "No message is called “{name}” (messages).",
    ),
    "unknown-in-message": (
        "这种消息不带“{name}”。",
        "This message carries nothing called “{name}”.",
    ),
    "message-lacks": (
        "消息“{message}”必须带“{name}”，请在 with 里写明。",
        "The message “{message}” must carry “{name}”: give it in with.",
    ),
    "message-unused": (
        "消息“{name}”没有用到。",
        "The message “{name}” is neither sent nor waited for.",
    ),
    "no-message-here": (
        "消息带来的内容（message）只能在 matching 里读；"
        "在别处，请给等待、反应起名，用那个名称来读。",
        "What a message carries (message) is read in matching only; elsewhere name the wait or "
        "reaction, and read it by that name.",
    ),
    "bad-addressee": (
        "to 写流程的标识（例如 tour-escort）或 {{system: 名称}}，“{text}”不是。",
        "to is the slug of a process (such as tour-escort) or {{system: name}}; “{text}” is not.",
    ),
    "take-unfit": (
        "字段“{name}”接不住消息里的同名内容：两边的类型和 personal 要一致，且不能是算出来的字段。",
        "The field “{name}” cannot take what the message carries: both must have the "
        "same type and be equally personal, and it must not be computed.",
    ),
    "field-hides-message": (
        "“{name}”也是消息带来的内容：要接住它，请写进 take；否则换个名称。",
        "The message carries something called “{name}” too: let the field take it (take), or call "
        "it otherwise.",
    ),
    "personal-sent": (
        "“{name}”是个人信息；消息里要把它标为 personal，并在 with 里只写它的名称。",
        "“{name}” is personal: mark what carries it as personal in the message, and give it in "
        "with by its name alone.",
    ),
    "personal-calculated": (
        "个人信息封存着传递，不能计算：这里只能写一个名称，“{name}”不是。",
        "A personal value is handed on sealed and cannot be calculated with: only a name may stand "
        "here, which “{name}” is not.",
    ),
    "not-personal-sent": (
        "消息里标为 personal 的内容，只能由个人信息给出，“{name}”不是。",
        "What is marked as personal in a message can only be given by something personal, which "
        "“{name}” is not.",
    ),
    "wait-unbounded": (
        "这条消息也许永远不来，而没有什么限定要等多久：请写 for 或 until，"
        "或让外层的块有 late，或与别的分支用 join: any 并列。",
        "This message may never come, and nothing says how long to wait: write for or until, give "
        "a block around it late, or let it stand beside another branch under join: any.",
    ),
}
