"""Files are not attached or taken, and comments stay as they are."""

from __future__ import annotations

from collections.abc import Mapping

from tuoban.kernel.definition import Text

TEXTS: Mapping[str, Text] = {
    "not-to-attach": Text(
        "附件由参与办理这张工单的人或负责人添加。",
        "Files are attached by those who act on the case, or by those in charge.",
    ),
    "unknown-attachment": Text(
        "没有这个附件，或已经撤回；请刷新后重试。",
        "There is no such attachment, or it was withdrawn. Reload and try again.",
    ),
    "not-to-withdraw": Text(
        "附件由添加它的人或负责人撤回。",
        "An attachment is withdrawn by whoever attached it, or by those in charge.",
    ),
    "comment-stands": Text(
        "评论只能由本人在发表后 10 分钟内修改；请另发一条。",
        "A comment is changed by its author alone, within 10 minutes. Please write another one.",
    ),
    "not-file": Text(
        "没有这个文件，或已过期清除，请重新上传。",
        "There is no such file, or it was tidied away. Please upload it again.",
    ),
    "file-too-large": Text(
        "“{name}”太大，最多 {limit} MB。", "“{name}” is too large; {limit} MB at most."
    ),
    "file-gone": Text(
        "有文件已过期清除，请重新上传。", "A file was tidied away; please upload it again."
    ),
    "file-waits": Text(
        "“{name}”正在查毒，请稍后再试。",
        "“{name}” is being looked at for viruses; try again in a moment.",
    ),
    "file-infected": Text(
        "“{name}”查出病毒，不能使用。", "A virus was found in “{name}”; it cannot be used."
    ),
    "file-empty": Text("“{name}”是空的。", "“{name}” is empty."),
    "file-type-unknown": Text(
        "“{name}”不是可以上传的文件类型（按内容判断：{type}）。",
        "“{name}” is of a type that is not taken (by its content: {type}).",
    ),
    "file-not-accepted": Text(
        "“{name}”的类型不符，这里只收：{accepted}。",
        "“{name}” is of another type; taken here: {accepted}.",
    ),
    "file-not-kept": Text(
        "“{name}”没有存下来，服务器存储出了问题，请稍后再试或告诉管理员。",
        "“{name}” could not be stored. Try again later, or tell the administrator.",
    ),
    "too-many-files": Text("一次最多上传 {limit} 个文件。", "At most {limit} files at once."),
}
