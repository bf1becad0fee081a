"""What can be wrong with papers."""

from __future__ import annotations

from tuoban.kernel.language.notation_texts import Texts

TEXTS: Texts = {
    "unknown-paper": ("没有“{name}”这份材料。", "There is no paper “{name}”."),
    "one-of-one": ("one-of 至少要写两份材料。", "one-of takes at least two papers."),
    "paper-back-to-nobody": (
        "要退还的材料应写明 from（由谁交来）。",
        "What is returned needs a from, who brings it.",
    ),
    "paper-gone-back": (
        "“{name}”要在这一步之前退还（returned），这一步又收取它，就永远办不完。",
        "“{name}” has to have gone back before this step (returned), which asks for it all the "
        "same: it could never be completed.",
    ),
    "paper-made-later": (
        "“{name}”由“{step}”产生，而那一步不会在这之前办完。",
        "“{name}” is made by “{step}”, which cannot be done before this step.",
    ),
    "paper-of-later-call": (
        "“{name}”是子流程“{call}”的材料，而那个子流程不会在这一步之前开始。",
        "“{name}” is a paper of the process “{call}”, which cannot have begun before this step.",
    ),
    "papers-of-many": (
        "“{call}”会同时为几个元素或几次发生而进行，而“{name}”是每次调用只有一份的材料："
        "请把它写在流程包的 papers 里。",
        "“{call}” runs for several elements or occurrences at a time, while a call has “{name}” "
        "but once: declare it under the papers of the pack.",
    ),
    "no-paper-here": (
        "这里不能用材料“{name}”：字段、决策表和材料本身不看材料。",
        "The paper “{name}” cannot be read here: fields, tables and papers do not look at papers.",
    ),
    "paper-never-asked": (
        "没有步骤收取“{name}”，也没有步骤产生它。",
        "No step asks for “{name}”, and none makes it.",
    ),
}
