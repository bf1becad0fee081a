"""One small pack per problem with papers."""

from __future__ import annotations

from tests.kernel.language.support import pack, with_step


def papers(declared: str, asked: str) -> str:
    """A pack with these papers, of which its one step asks for these."""
    return with_step(f"by: clerk\npapers: {asked}", papers=f"\n  {declared}")


def called(declared: str, line: str = "{call: sub, as: one}", asked: str = "[deed]") -> str:
    """A pack with a called process that declares these papers, of which its step asks for these."""
    steps = f"[{{step: work, zh: 办理, by: clerk, form: [sum], papers: {asked}}}]"
    fields = "{sum: {type: integer, zh: 数}}"
    return pack(
        processes=f"{{sub: {{zh: 子, papers: {{{declared}}}, fields: {fields}, steps: {steps}}}}}",
        process=f"\n  - {line}\n  - {{end: done, zh: 完成}}",
    )


PROBLEMS = {
    "unknown-paper": papers("deed: {zh: 契据, from: head}", "[▸deeds]"),
    "one-of-one": papers("deed: {zh: 契据, from: head}", "[{one-of: ▸[deed]}]"),
    "paper-back-to-nobody": papers("deed: {zh: 契据, ▸returned: true}", "[deed]"),
    "paper-gone-back": papers("deed: {zh: 契据, from: head, returned: work}", "[▸deed]"),
    "paper-made-later": papers("deed: {zh: 契据, made-by: work}", "[▸deed]"),
    "paper-of-later-call": called(
        "deed: {zh: 契据, from: head}",
        "{step: open, zh: 开办, by: clerk, papers: [▸one.deed]}\n  - {call: sub, as: one}",
    ),
    "papers-of-many": called(
        "▸deed: {zh: 契据, from: head}",
        "{each: one, zh: 逐一, in: '[1, 2]', steps: [{call: sub, as: two}]}",
    ),
    "no-paper-here": pack(
        papers="{deed: {zh: 契据, from: head, when: ▸lease.received},"
        " lease: {zh: 租约, from: head}}",
        process="[{step: work, zh: 办理, by: clerk, papers: all}, {end: done, zh: 完成}]",
    ),
}

PROBLEMS["unknown-document"] = with_step("by: clerk\nprint: [▸receipt]")

WARNINGS = {
    "document-never-printed": pack(documents="{▸receipt: {zh: 收据, text: 收到}}"),
    "paper-never-asked": pack(papers="{▸deed: {zh: 契据, from: head}}"),
}
