"""Small packs for the tests: a whole one, and the means to change one section of it.

`HERE` marks in a text the place where a problem is expected.
"""

from __future__ import annotations

from tuoban.kernel.definition import Definition, Node, Step
from tuoban.kernel.language import PackProblem, Report, check_pack, compile_pack
from tuoban.services.installed import CATALOGUE

HERE = "▸"

SECTIONS = {
    "pack": "demo",
    "version": "1",
    "title": "演示",
    "roles": "{clerk: 文员, head: 主管}",
    "fields": "\n  amount: {type: integer, zh: 数量}\n  note: {type: text, zh: 说明}",
    "starts": "[{request: ask, zh: 申请, by: [clerk, head], form: [amount, note]}]",
    "process": "\n  - {step: work, zh: 办理, by: clerk}\n  - {end: done, zh: 完成}",
}


def pack(**sections: str) -> str:
    """The text of a sound pack, with some sections replaced or added (`rests_on` for rests-on)."""
    written = {**SECTIONS, **{name.replace("_", "-"): text for name, text in sections.items()}}
    return "".join(
        f"{name}:{'' if text.startswith(chr(10)) else ' '}{text.rstrip()}\n"
        for name, text in written.items()
        if text
    )


def with_step(step: str, **sections: str) -> str:
    """The text of a pack whose first step `work` carries these keys, one a line."""
    keys = "\n".join(f"    {line}" for line in step.strip("\n").splitlines())
    process = f"\n  - step: work\n    zh: 办理\n{keys}\n  - {{end: done, zh: 完成}}"
    return pack(process=process, **sections)


def process(text: str) -> str:
    """The text of a pack with this process, which is indented to its place."""
    return pack(process="\n" + "\n".join(f"  {line}" for line in text.strip("\n").splitlines()))


def split_mark(marked: str) -> tuple[str, tuple[int, int]]:
    """The text without the mark, and the line and column where it stood."""
    before, _, after = marked.partition(HERE)
    return before + after, (before.count("\n") + 1, len(before.rpartition("\n")[2]) + 1)


def found(report: Report) -> list[tuple[str, int, int]]:
    return [(each.code, each.line, each.column) for each in report.problems]


def refused(marked: str) -> PackProblem:
    """The one problem of a pack, which must stand at the mark."""
    text, place = split_mark(marked)
    report = check_pack(text, catalogue=CATALOGUE)
    assert [(each.line, each.column) for each in report.problems] == [place], report.problems
    return report.problems[0]


def warned(marked: str) -> PackProblem:
    """The one warning of a pack that compiles, which must stand at the mark."""
    text, place = split_mark(marked)
    report = check_pack(text)
    assert report.problems == ()
    assert [(each.line, each.column) for each in report.warnings] == [place], report.warnings
    return report.warnings[0]


def step(text: str) -> tuple[Node, Step]:
    """The node of the step `work` of a pack."""
    node = compile_pack(text).nodes["work"]
    return node, node.step


def compiled(text: str) -> Definition:
    return compile_pack(text)
