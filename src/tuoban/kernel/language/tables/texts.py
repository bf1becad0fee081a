"""What can be wrong with the tables of a pack, beside what can be wrong with any table."""

from __future__ import annotations

from tuoban.kernel.language.notation_texts import Texts

ALREADY_TOLD = frozenset({"output-listed-twice", "table-without-outputs", "value-not-allowed"})
"""Codes of tables that a pack tells in other words."""

TABLES: Texts = {
    "table-not-drawn": (
        "这里应画一张表：写 rules: |，从下一行起每行用 | 分格，第一行是表头。",
        "A table should be drawn here: write rules: |, and from the next line on rows of cells "
        "between |, the first of which is the head.",
    ),
    "row-without-bars": (
        "表的每一行都要以半角的 | 开头和结尾。",
        "Every row of a table begins and ends with |.",
    ),
    "remark-not-last": (
        "备注列 # 只能是最后一列。",
        "The column of remarks, #, can only be the last.",
    ),
    "input-after-output": (
        "输入“{text}”要写在输出（=>）的左边；若它是输出，请写“=> {text}”。",
        "The input “{text}” must stand left of the outputs (=>); if it is an output, write "
        "“=> {text}”.",
    ),
    "table-without-outputs": (
        "表头里没有输出。输出的名称前要写 =>，例如“=> {name}”。",
        "The head has no output. The name of an output follows on an arrow, as in “=> {name}”.",
    ),
    "output-not-decided": (
        "表头里没有输出“=> {name}”。",
        "The head of the table has no output “=> {name}”.",
    ),
    "output-of-no-type": (
        "从格子里看不出输出“{name}”是什么类型，请在 outputs 里写明 type。",
        "The cells do not tell of which type the output “{name}” is; declare it in outputs.",
    ),
    "personal-output": (
        "输出用到了个人信息“{name}”，会以明文留存。请改用不含个人信息的内容。",
        "The output reads “{name}”, which is personal, and would be kept in the clear. Use "
        "something that is not personal.",
    ),
    "unknown-table": ("没有“{name}”这张判定表。", "There is no table “{name}”."),
    "table-unused": (
        "判定表“{name}”没有用到，流程里没有 decide: {name}。",
        "The table “{name}” is not used: nothing in the process says decide: {name}.",
    ),
    "table-gap": (
        "判定表“{name}”没有规则适用于：{example}。请补一条规则，或给输出写 default。",
        "No rule of the table “{name}” fits: {example}. Add a rule, or give its outputs a default.",
    ),
    "rules-overlap": (
        "规则 {second} 与规则 {first} 会同时适用，例如：{example}。请把两条规则区分开，"
        "或写 hit: first，由上面的一条算数。",
        "Rule {second} fits together with rule {first}, for example: {example}. Tell the two "
        "apart, or write hit: first, by which the upper one counts.",
    ),
    "rule-never-decides": (
        "规则 {rule} 永远轮不到：没有合适的值，或总有别的规则先适用。",
        "Rule {rule} never decides: no value fits it, or other rules always come first.",
    ),
}
