"""One small pack per problem with indicators."""

from __future__ import annotations

from tests.kernel.language.support import pack


def indicators(*written: str, **sections: str) -> str:
    """A pack with these indicators, one a line."""
    return pack(indicators="".join(f"\n  {each}" for each in written), **sections)


PROBLEMS = {
    "indicator-without-measure": indicators("▸rate: {zh: 比率, over: running}"),
    "bad-over": indicators("many: {zh: 数量, count: cases, over: ▸yesterday}"),
    "done-of-what": indicators("many: {zh: 数量, count: cases, ▸over: done this day}"),
    "not-done-by-anybody": pack(
        process="""
  - stage: desk
    zh: 前台
    steps: [{step: work, zh: 办理, by: clerk}]
  - {end: done, zh: 完成}""",
        indicators="\n  many: {zh: 数量, count: cases, of: ▸desk}",
    ),
    "unknown-ledger": indicators("many: {zh: 数量, ledger: ▸stok}"),
    "bad-target": indicators("many: {zh: 数量, count: cases, target: ▸none}"),
    "unit-of-its-own": indicators("rate: {zh: 比率, share: amount > 1, ▸unit: 件}"),
    "indicator-circle": indicators(
        "▸one: {zh: 甲, is: two + 1}",
        "two: {zh: 乙, is: one - 1}",
    ),
    "personal-indicator": indicators(
        "far: {zh: 远的, share: ▸town = 1}",
        fields="{town: {type: integer, zh: 城市, personal: true}}",
        starts="[{request: ask, zh: 申请, by: [clerk, head], form: [town]}]",
    ),
}

WARNINGS = {
    "target-above-all": indicators('rate: {zh: 比率, share: amount > 1, target: ▸">= 50"}'),
}
