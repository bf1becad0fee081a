"""What is wrong with one entry of a form."""

from __future__ import annotations

from collections.abc import Mapping

from tuoban.kernel.definition import Text

TEXTS: Mapping[str, Text] = {
    "required": Text("请填写“{label}”。", "Please fill in “{label}”."),
    "not-text": Text("请填写文字。", "Please enter text."),
    "too-long": Text(
        "最多 {limit} 个字，现有 {length} 个。",
        "At most {limit} characters; there are {length}.",
    ),
    "not-integer": Text("请填写整数，例如 12。", "Please enter a whole number, such as 12."),
    "not-number": Text("请填写数字，例如 12.5。", "Please enter a number, such as 12.5."),
    "not-money": Text(
        "请填写金额，最多 {decimals} 位小数，例如 {example}。",
        "Please enter an amount with at most {decimals} decimals, such as {example}.",
    ),
    "too-small": Text("不能小于 {limit}{unit}。", "Must not be less than {limit}{unit}."),
    "too-large": Text("不能大于 {limit}{unit}。", "Must not be more than {limit}{unit}."),
    "default-follows": Text(
        "这一项随您在上面填的内容变了，请核对后再提交。",
        "This follows from what you entered above. Please check it, and send the form again.",
    ),
    "file-changed": Text(
        "刚被别人改过，现在是“{now}”。再次保存，以您填的为准。",
        "Somebody has changed this since: now it is “{now}”. Save again to put yours in its place.",
    ),
    "not-boolean": Text("请选择是或否。", "Please choose yes or no."),
    "not-option": Text(
        "没有“{value}”这个选项；可选：{options}。",
        "“{value}” is not one of the options: {options}.",
    ),
    "not-date": Text("请填写日期，例如 2026-11-21。", "Please enter a date, such as 2026-11-21."),
    "not-datetime": Text(
        "请填写日期和时间，例如 2026-11-21 09:30。",
        "Please enter a date and time, such as 2026-11-21 09:30.",
    ),
    "not-time": Text(
        "请填写一天中的时刻，例如 09:30。", "Please enter a time of day, such as 09:30."
    ),
    "not-percent": Text("请填写百分数，例如 30。", "Please enter a percentage, such as 30."),
    "not-duration": Text(
        "请填写时长，例如 30 分钟。", "Please enter a duration, such as 30 minutes."
    ),
    "not-length": Text(
        "请填写时长，例如 30 分钟、2 工作小时、3 工作日。",
        "Please enter a length of time, such as 30 minutes, 2 working hours, 3 workdays.",
    ),
    "not-phone": Text(
        "请填写 11 位手机号、带区号的座机号，或以 + 和国家代码开头的号码。",
        "Please enter an 11-digit mobile number, a landline with its area code, or a number that "
        "begins with + and a country code.",
    ),
    "not-person": Text(
        "没有这位在职人员，请从名单中选择。",
        "There is no such active person. Please choose from the list.",
    ),
    "not-unit": Text(
        "没有这个部门，请从名单中选择。", "There is no such unit. Please choose from the list."
    ),
    "not-customer": Text(
        "没有找到这位客户。请核对，从列出的里面选，或新登记。",
        "No such customer was found. Choose one of those listed, or enter a new one.",
    ),
    "not-asset": Text(
        "没有找到。请核对，从列出的里面选，或新登记。",
        "Nothing like that was found. Choose one of those listed, or enter a new one.",
    ),
    "not-list": Text("请填写列表，一行一项。", "Please enter a list, one entry a row."),
    "not-row": Text(
        "每一行应按栏目填写：{columns}。", "Every row should have these columns: {columns}."
    ),
    "too-many-rows": Text("最多 {limit} 行。", "At most {limit} rows."),
    "too-few-rows": Text("至少 {limit} 行。", "At least {limit} rows."),
    "not-asked": Text(
        "按目前的情况不需要填写“{label}”。", "As things stand, “{label}” is not asked for."
    ),
    "rule": Text("{text}", "{text}"),
    "unknown-field": Text("表单中没有“{field}”这一项。", "The form has no entry “{field}”."),
    "read-only": Text("“{label}”只能查看，不能修改。", "“{label}” can only be read here."),
    "not-sealed": Text(
        "“{label}”是个人信息，须封存后提交。", "“{label}” is personal and must be sealed first."
    ),
    "unchecked": Text("请确认“{text}”。", "Please confirm “{text}”."),
    "unknown-check": Text("核对表中没有第 {key} 项。", "The checklist has no line {key}."),
    "outcome-missing": Text("请选择结果：{options}。", "Please choose an outcome: {options}."),
    "unknown-outcome": Text(
        "没有“{outcome}”这个结果；可选：{options}。",
        "There is no outcome “{outcome}”. Possible: {options}.",
    ),
    "performer-missing": Text(
        "请为“{step}”指定办理人。", "Please name who is to do “{step}” next."
    ),
    "performer-unfit": Text(
        "此人不能办理“{step}”，请另选。", "They may not do “{step}”; please choose somebody else."
    ),
    "stamp-missing": Text("请确认{role}已盖章。", "The stamp of {role} is missing."),
    "signature-missing": Text("请{role}签字。", "The signature of {role} is missing."),
    "unknown-signer": Text(
        "这一步不需要{role}签字。", "This step asks for no signature of {role}."
    ),
    "unknown-stamp": Text("这一步不需要{role}盖章。", "This step asks for no stamp of {role}."),
}
