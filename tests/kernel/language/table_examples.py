"""One small pack per code that decision tables may meet, with its place marked."""

from __future__ import annotations

from tests.kernel.language.support import pack

FIELDS = """
  amount: {type: integer, zh: 数量, required: true, min: 0}
  note: {type: text, zh: 说明}
  level: {type: choice, zh: 级别, required: true, options: {i: 一, ii: 二}}
  owner: {type: text, zh: 客户, personal: true}
"""
STARTS = "[{request: ask, zh: 申请, by: [clerk, head], form: [amount, note, level, owner]}]"
PROCESS = """
  - decide: fee
  - {step: work, zh: 办理, by: clerk}
  - {end: done, zh: 完成}"""
OUTPUTS = "{price: {type: money, zh: 价格}}"
DRAWN = """
| amount | => price |
| < 5    | 10       |
| >= 5   | 20       |
"""


def with_table(
    drawn: str = DRAWN, *, outputs: str = OUTPUTS, hit: str = "unique", process: str = PROCESS
) -> str:
    """The text of a pack whose process decides by this table."""
    rows = "\n".join(f"      {line}" for line in drawn.strip("\n").splitlines())
    table = f"\n  fee:\n    zh: 收费\n    hit: {hit}\n"
    table += f"    outputs: {outputs}\n" if outputs else ""
    return pack(
        fields=FIELDS, starts=STARTS, tables=f"{table}    rules: |\n{rows}", process=process
    )


PROBLEMS = {
    "table-not-drawn": with_table().replace("rules: |\n", "rules: ▸>\n"),
    "row-without-bars": with_table("| amount | => price |\n▸amount | 3 |\n| - | 1 |"),
    "cells-miscounted": with_table("| amount | => price |\n| ▸5 |\n| - | 1 |"),
    "remark-not-last": with_table("| amount | ▸# | => price |\n| - | - | 1 |", outputs=""),
    "input-after-output": with_table("| => price | ▸amount |\n| - | 1 |"),
    "output-not-decided": with_table(
        outputs="{price: {type: money, zh: 价格}, ▸prise: {type: money, zh: 价}}"
    ),
    "output-of-no-type": with_table("| amount | => ▸price |\n| - | [1, 2] |", outputs=""),
    "personal-output": with_table(
        "| amount | => price |\n| - | ▸owner |", outputs="{price: {type: text, zh: 价格}}"
    ),
    "unknown-table": with_table(process=PROCESS.replace("- decide: fee", "- {decide: ▸fe}")),
    "table-without-outputs": with_table("| ▸amount |\n| 5 |", outputs=""),
    "table-without-rules": with_table("| ▸amount | => price |\n|---|---|"),
    "combines-one-output": with_table(
        "| amount | => price | => other |\n| - | 1 | 2 |",
        hit="▸sum",
        outputs="{price: {type: money, zh: 价格}, other: {type: money, zh: 其他}}",
    ),
    "no-priorities": with_table("| amount | => price |\n| - | 1 |", hit="▸priority"),
    "default-unused": with_table(
        "| amount | => ▸price |\n| - | 1 |",
        hit="count",
        outputs="{price: {type: money, zh: 价格, default: 1}}",
    ),
}

WARNINGS = {
    "table-gap": with_table("| amount | => price |\n| > 5 | 1 |").replace("  fee:", "  ▸fee:"),
    "rules-overlap": with_table("| amount | => price |\n| - | 1 |\n| ▸> 5 | 1 |"),
    "rule-never-decides": with_table("| amount | => price |\n| - | 1 |\n| ▸> 5 | 1 |", hit="first"),
    "table-unused": with_table(
        process=PROCESS.replace("  - decide: fee\n", "").lstrip("\n").join(["\n", ""])
    ).replace("  fee:", "  ▸fee:"),
}
