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
    "paper-made-later": (
        "“{name}”由“{step}”产生，而那一步不会在这之前办完。",
        "“{name}” is made by “{step}”, which cannot be done before this step.",
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
