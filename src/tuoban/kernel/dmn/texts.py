"""What can be said of a DMN file: every code with its text in both languages, zh first.

`{...}` are the facts. The codes of expressions stand with the expressions.
"""

from collections.abc import Mapping

from tuoban.kernel import xml_files

_STRUCTURE: dict[str, tuple[str, str]] = {
    "not-dmn": (
        "这不是 DMN 文件：最外层应为 definitions，命名空间为 DMN 1.2 到 1.5，这里是 {found}。",
        "This is no DMN file: the outermost element must be definitions, in the namespace of "
        "DMN 1.2 to 1.5; found {found}.",
    ),
    "unknown-element": (
        "“{of}”里不能有“{name}”。",
        "“{name}” cannot stand in “{of}”.",
    ),
    "unknown-attribute": (
        "“{element}”没有属性“{name}”，未采用。",
        "“{element}” has no attribute “{name}”; it is not used.",
    ),
    "foreign-elements": (
        "命名空间 {namespace} 的扩展内容未采用。",
        "Extensions of the namespace {namespace} are not used.",
    ),
    "element-twice": ("“{of}”里只能有一个“{name}”。", "“{of}” can have one “{name}” only."),
    "element-missing": ("“{of}”里缺少“{name}”。", "“{of}” lacks “{name}”."),
    "one-expression": ("“{of}”里只能有一个表达式。", "“{of}” can have one expression only."),
    "expression-missing": ("“{of}”里缺少表达式。", "“{of}” lacks its expression."),
    "not-supported": ("“{what}”不支持。", "“{what}” is not supported."),
    "other-language": (
        "表达式语言“{language}”不支持，只支持 FEEL。",
        "The expression language “{language}” is not supported, FEEL alone is.",
    ),
    "import-not-supported": (
        "引用了另一个模型“{name}”，不支持；请把它的内容并入本文件。",
        "Another model “{name}” is imported, which is not supported: put its content into this "
        "file.",
    ),
}

_NAMES: dict[str, tuple[str, str]] = {
    "name-missing": ("“{of}”没有名称。", "“{of}” has no name."),
    "name-taken": ("名称“{name}”用了两次。", "The name “{name}” is given twice."),
    "name-unusable": (
        "名称“{name}”在 FEEL 里无法书写，表达式读不到它；请改用字母、汉字、数字和空格。",
        "FEEL cannot write the name “{name}”, so no expression can read it: use letters, digits "
        "and spaces.",
    ),
    "id-taken": ("标识“{id}”用了两次。", "The id “{id}” is given twice."),
    "unknown-reference": (
        "“{name}”引用了“{href}”，文件里没有可引用的这一项。",
        "“{name}” refers to “{href}”; there is no such thing to refer to in the file.",
    ),
    "circle": ("互相依赖：{path}。", "They depend on one another: {path}."),
    "unknown-type-ref": (
        "没有叫“{name}”的类型，最接近的是“{nearest}”。",
        "No type is called “{name}”; the nearest is “{nearest}”.",
    ),
    "type-circle": ("类型互相依赖：{path}。", "Types build on one another: {path}."),
    "types-too-deep": (
        "类型嵌套超过 {limit} 层。",
        "Types are nested deeper than {limit} levels.",
    ),
    "one-kind-of-type": (
        "类型“{name}”只能有一种写法：typeRef、itemComponent 或 functionItem。",
        "The type “{name}” can be written in one way only: typeRef, itemComponent or functionItem.",
    ),
}

_LOGIC: dict[str, tuple[str, str]] = {
    "logic-too-deep": (
        "表达式嵌套超过 {limit} 层，请拆成几个决策。",
        "Expressions are nested deeper than {limit} levels: split the decision.",
    ),
    "too-many-names": (
        "一个表达式可用的名称超过 {limit} 个，请拆成几个决策。",
        "An expression has more than {limit} names in sight: split the decision.",
    ),
    "too-much-work": (
        "文件的表达式和名称太多，请拆成几个模型。",
        "The file has too many expressions and names: split it into several models.",
    ),
    "entry-behind-result": (
        "没有名称的一项是整个 context 的结果，应放在最后。",
        "The entry without a name is the result of the context and must be its last.",
    ),
    "cells-of-row": (
        "这一行有 {found} 格，应有 {expected} 格。",
        "This row has {found} cells; it must have {expected}.",
    ),
    "unknown-policy": (
        "没有命中策略“{policy}”；可用的有（最接近的在前）：{known}。",
        "There is no hit policy “{policy}”; there are, nearest first: {known}.",
    ),
    "table-problem": ("判定表{zh}", "Decision table: {en}"),
}

_RUN: dict[str, tuple[str, str]] = {
    "unknown-decision": (
        "模型里没有“{name}”，最接近的是“{nearest}”。",
        "The model has no “{name}”; the nearest is “{nearest}”.",
    ),
    "unknown-input": (
        "模型里没有输入“{name}”，最接近的是“{nearest}”。",
        "The model has no input “{name}”; the nearest is “{nearest}”.",
    ),
    "input-missing": ("没有给出“{name}”", "“{name}” is not given"),
    "misfit": (
        "“{what}”的值是 {found}，不符合类型 {type}，例如可写 {example}",
        "the value of “{what}” is {found}, which does not conform to the type {type}: write, for "
        "example, {example}",
    ),
    "misfit-tests": (
        "“{what}”的值是 {found}，不符合类型 {type}，可取的值是 {tests}",
        "the value of “{what}” is {found}, which does not conform to the type {type}: it allows "
        "{tests}",
    ),
    "no-logic": ("没有写出逻辑", "no logic is written"),
    "faulty": ("逻辑有误，无法计算", "the logic is faulty and cannot be evaluated"),
    "no-match": (
        "筛选条件既不是是/否，也不是位置",
        "what is to match is neither true nor false nor a position",
    ),
    "not-a-function-here": ("调用的不是函数", "what is invoked is not a function"),
    "wrong-bindings": (
        "调用要给出的参数是：{expected}",
        "the parameters to be given are: {expected}",
    ),
    "table-without-result": (
        "判定表没有结果：{zh}（规则 {rules}）",
        "the table has no result: {en} (rules {rules})",
    ),
}

_AS_TABLE: dict[str, tuple[str, str]] = {
    "as-table-no-table": (
        "“{name}”不是判定表，流程包的 tables 里只能写判定表。",
        "“{name}” is no decision table, and `tables` of a pack holds decision tables alone.",
    ),
    "as-table-name": (
        "“{name}”改不成流程包里的名称，请先在 DMN 里改名（小写字母、汉字、数字、下划线）。",
        "“{name}” cannot be respelt as a name of a pack: rename it in the DMN file (small letters, "
        "Chinese characters, digits, underscores).",
    ),
    "as-table-names-meet": (
        "“{name}”和“{other}”在流程包里会成为同一个名称，请先在 DMN 里改名。",
        "“{name}” and “{other}” would become one name in a pack: rename one in the DMN file.",
    ),
    "as-table-structured": (
        "“{text}”读的是一组内容中的一项，流程包的字段没有下级，请先在 DMN 里改成单个输入。",
        "“{text}” reads a member of a context; fields of a pack have none: make it an input of its "
        "own in the DMN file.",
    ),
    "as-table-function": (
        "判定表调用“{name}”，流程包的判定表不能调用模型里的函数。",
        "The table calls “{name}”; a table of a pack cannot call a function of the model.",
    ),
    "as-table-type": (
        "流程包没有“{name}”要的类型：{type}。",
        "A pack has no type for “{name}”: {type}.",
    ),
    "as-table-input-values": (
        "输入“{text}”限定了可取的值，流程包只能限定字段，不能限定算式。",
        "The input “{text}” has allowed values; a pack can bound a field, not a calculation.",
    ),
    "as-table-output-values": (
        "输出“{name}”可取的值不能写成流程包的选项：{values}。",
        "The allowed values of the output “{name}” cannot be options of a pack: {values}.",
    ),
    "as-table-result-type": (
        "决策的类型 {type} 会改变判定表的结果，流程包的判定表不会。",
        "The type of the decision, {type}, would change what the table gives; a pack does not.",
    ),
}

TEXTS: Mapping[str, tuple[str, str]] = {
    **xml_files.TEXTS,
    **_STRUCTURE,
    **_NAMES,
    **_LOGIC,
    **_RUN,
    **_AS_TABLE,
}
