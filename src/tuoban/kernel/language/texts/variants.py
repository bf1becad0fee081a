"""What can be wrong with a pack that extends another."""

from __future__ import annotations

from tuoban.kernel.language.notation_texts import Texts

TEXTS: Texts = {
    "bad-base": (
        "“{text}”应写成代号@版本，例如 car-aftersales@2026.1。",
        "“{text}” should be a slug and a version, such as car-aftersales@2026.1.",
    ),
    "unknown-base": (
        "找不到流程包“{name}”。会找的地方：产品自带的、旁边的文件夹、--bases 指明的文件夹；"
        "已发布的，发布时和 check --staff 时也会找。",
        "There is no pack “{name}”. It is looked for among those of the product, in the folders "
        "beside, and in those that --bases names; by publish and check --staff also among those "
        "that are published.",
    ),
    "extends-circle": (
        "流程包互相扩展，没有起点：{circle}。",
        "These packs extend one another: {circle}.",
    ),
    "too-many-bases": (
        "一个流程包后面最多有 {limit} 层基础。",
        "At most {limit} packs may stand behind one another.",
    ),
    "language-of-base": (
        "文字的语言要与基础流程包一致（{text}）；另一种语言请写在旁边的译文文件里。",
        "The texts are in the language of the base ({text}); the other language goes into the file "
        "beside the pack.",
    ),
    "unknown-setting": (
        "基础流程包里没有设置“{name}”；要新增设置，请写 type。",
        "The base has no setting “{name}”; a new one says its type.",
    ),
    "no-change": (
        "这里应是一处改动，以其中之一开头：{known}。",
        "A change should stand here, with one of: {known}.",
    ),
    "not-in-base": (
        "基础流程包里没有（或已经去掉了）“{name}”。",
        "The base does not hold “{name}”, or not any more.",
    ),
    "change-of-which": (
        "叫“{name}”的不止一处，看不出要改哪一处。",
        "More than one is called “{name}”, so that it is not plain which is meant.",
    ),
    "change-of-another-kind": (
        "“{name}”在基础流程包里是 {word}。",
        "In the base “{name}” is a {word}.",
    ),
    "change-leaves-nothing": (
        "“{name}”是所在环节里的最后一个，去掉就空了：请先添加别的，或去掉整个环节。",
        "“{name}” is the last in its block, which would be left empty: add something first, or "
        "remove the whole block.",
    ),
}
