"""One small pack per problem with papers."""

from __future__ import annotations

from tests.kernel.language.support import pack, with_step


def papers(declared: str, asked: str) -> str:
    """A pack with these papers, of which its one step asks for these."""
    return with_step(f"by: clerk\npapers: {asked}", papers=f"\n  {declared}")


PROBLEMS = {
    "unknown-paper": papers("deed: {zh: 契据, from: head}", "[▸deeds]"),
    "one-of-one": papers("deed: {zh: 契据, from: head}", "[{one-of: ▸[deed]}]"),
    "paper-back-to-nobody": papers("deed: {zh: 契据, ▸returned: true}", "[deed]"),
    "paper-made-later": papers("deed: {zh: 契据, made-by: work}", "[▸deed]"),
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
