"""What can be wrong with fields, records and forms."""

from __future__ import annotations

from tuoban.kernel.language.notation_texts import Texts

TEXTS: Texts = {
    "unknown-type-of-field": (
        "没有“{name}”这种类型，可写：{known}。",
        "There is no type “{name}”; possible: {known}.",
    ),
    "key-not-for-type": (
        "{type} 类型不能写“{key}”，它只用于：{known}。",
        "“{key}” does not go with the type {type}, only with: {known}.",
    ),
    "key-not-for-reference": (
        "{type} 类型指向登记的客户或物，不能写“{key}”。",
        "“{key}” does not go with {type}, which names something that is on file.",
    ),
    "key-not-for-file": (
        "文件由人上传，不能写“{key}”。",
        "“{key}” does not go with a file, which somebody uploads.",
    ),
    "file-not-here": (
        "这里不能是 {type} 类型；它用于工单、步骤和段落的字段，以及由它组成的列表。",
        "The type {type} does not go here; fields of cases, steps and blocks have it, and lists "
        "of it.",
    ),
    "unknown-type-of-file": (
        "没有“{name}”这种文件，可写：{known}。",
        "There is no type of file “{name}”; possible: {known}.",
    ),
    "not-a-size": (
        "“{text}”不是文件大小，请写例如 10 MB、500 KB。",
        "“{text}” is no size of a file; write for example 10 MB or 500 KB.",
    ),
    "reference-not-here": (
        "配置项、表和档案资料不能是 {type} 类型，它用于字段、记录的栏目和消息的内容。",
        "Settings, tables and facts cannot be of the type {type}; fields, columns of records and "
        "what messages carry can.",
    ),
    "reference-unfit": (
        "“{text}”不是登记的 {kind}。",
        "“{text}” is no {kind} that is on file.",
    ),
    "nothing-on-file": (
        "“{name}”不是登记的客户或物，没有资料可设定。",
        "“{name}” is no customer or asset on file, so that it has no facts to be set.",
    ),
    "kept-in-working-time": (
        "保管期限按日历算，请写天、周、月或年。",
        "How long a case is kept is counted by the calendar: write days, weeks, months or years.",
    ),
    "unknown-kind": (
        "没有“{name}”这种物，请在 kinds 里写明。",
        "There is no kind “{name}”; declare it under kinds.",
    ),
    "unknown-fact": (
        "没有“{name}”这项资料。",
        "There is no fact “{name}”.",
    ),
    "type-not-here": (
        "这里不能用 {type} 类型。",
        "The type {type} cannot be used here.",
    ),
    "type-not-of-fact": (
        "资料不能是 {type} 类型。",
        "A fact cannot be of the type {type}.",
    ),
    "rows-with-more": (
        "“{text}”的行里有“{name}”，而记录“{of}”没有这一列。",
        "The rows of “{text}” have “{name}”, which is no column of “{of}”.",
    ),
    "rows-with-other": (
        "“{text}”的行里“{name}”是{found}，而“{of}”要的是{expected}。",
        "In the rows of “{text}”, “{name}” is {found}; “{of}” needs {expected}.",
    ),
    "rows-unfit": (
        "“{text}”的每一项是{found}，而“{of}”要的是{expected}。",
        "“{text}” gives a list of which each is {found}; “{of}” needs {expected}.",
    ),
    "rows-out-of-bounds": (
        "这里写了 {count} 行，列表的 min、max 不容许。",
        "{count} rows are written here, which the min and max of the list do not allow.",
    ),
    "row-lacks": (
        "每一行都要填“{name}”，这一行没有写。",
        "“{name}” must stand in every row, and is missing in this one.",
    ),
    "kind-without-name": (
        "物以第一项资料称呼，“{name}”应是 text 类型。",
        "An asset is called by the first fact of its kind: “{name}” must be a text.",
    ),
    "fact-not-set": (
        "“{name}”不能由流程设定：它是这种物的称呼，或由系统得出。",
        "A process cannot set “{name}”: it is what the asset is called by, or the system gives it.",
    ),
    "key-not-for-list": (
        "列表不能写“{key}”。",
        "“{key}” does not go with a list.",
    ),
    "unknown-element": (
        "没有“{name}”这种记录或类型，列表可由它们组成：{known}。",
        "There is no record or type “{name}”; a list may be made of: {known}.",
    ),
    "options-of-list": (
        "只有由 choice 组成的列表才能写选项。",
        "Only a list of choices has options.",
    ),
    "key-not-in-record": (
        "记录的栏目不能写“{key}”。",
        "“{key}” cannot be said of a record's field.",
    ),
    "list-in-record": (
        "记录里不能再有列表。",
        "A record cannot hold a list.",
    ),
    "key-beside-is": (
        "算出来的字段不用人填，不能写“{key}”。",
        "Nobody enters a field that is computed, so that it takes no “{key}”.",
    ),
    "computed-in-circle": (
        "计算绕成了圈：{chain}。",
        "These are computed from one another: {chain}.",
    ),
    "computed-not-here": (
        "“{name}”是算出来的，这里要用由人填写的字段。",
        "“{name}” is computed; a field that somebody enters belongs here.",
    ),
    "no-case-in-computed": (
        "计算里不能用 case，请直接写字段名。",
        "What is computed cannot read case; write the name of the field.",
    ),
    "per-not-rows": (
        "“{name}”不是由记录组成的列表，没有可逐行核对的内容。",
        "“{name}” is not a list of records, so that it has no rows to be checked.",
    ),
    "per-on-form": (
        "“{name}”就在这一步的表单里填写，行数还没定下来，不能逐行核对；请放到后面的步骤。",
        "“{name}” is entered on this step's own form, so that its rows do not stand yet; check "
        "them in a later step.",
    ),
    "record-unused": ("记录“{name}”没有用到。", "No list is made of the record “{name}”."),
    "bound-not-whole": (
        "整数字段的“{key}”应为整数。",
        "“{key}” of an integer field must be whole.",
    ),
    "bounds-crossed": (
        "下限 {min} 大于上限 {max}。",
        "The lower bound {min} is above the upper bound {max}.",
    ),
    "default-out-of-bounds": (
        "默认值 {text} 超出了上下限。",
        "The default {text} lies outside the bounds.",
    ),
    "default-breaks-rule": (
        "默认值不合规则：{zh}。",
        "The default breaks a rule: {en}.",
    ),
    "unknown-default": (
        "“{name}”既不是选项，也不是已有的名称；选项有：{known}。",
        "“{name}” is neither an option nor a known name; the options are: {known}.",
    ),
    "field-never-asked": (
        "没有表单填写“{name}”，它将一直为空：默认值要有表单带上这个字段才生效。",
        "No form asks for “{name}”: it will always be empty, since a default is taken only by a "
        "form that carries the field.",
    ),
    "not-on-form": (
        "“{name}”不在这一步可填写的表单里，没法要求填写。",
        "“{name}” is not asked for on this step's form, so it cannot be required.",
    ),
}
