"""Print the reference pages that follow from tables in the code into `docs/reference/`."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from tuoban.kernel.dmn import TEXTS as DMN_TEXTS
from tuoban.kernel.expressions import CODES
from tuoban.kernel.expressions.builtins import BUILTINS
from tuoban.kernel.expressions.builtins.guide import GUIDE, Guide
from tuoban.kernel.language.texts import TEXTS as PACK_TEXTS
from tuoban.kernel.refusals import TEXTS as REFUSALS
from tuoban.runtime.cases.refusals import TEXTS as RUNTIME_REFUSALS

FOLDER = Path(__file__).parents[1] / "docs" / "reference"
MADE = "<!-- Made by scripts/reference.py from the code; edit the tables there. -->\n"


def _table(rows: Iterable[tuple[str, str, str]]) -> str:
    lines = ["| code | 中文 | English |", "|---|---|---|"]
    for code, zh, en in rows:
        lines.append(f"| `{code}` | {_cell(zh)} | {_cell(en)} |")
    return "\n".join(lines) + "\n"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def refusals() -> str:
    """Every answer that says why a command is not carried out."""
    known = {**REFUSALS, **RUNTIME_REFUSALS}
    rows = _table((code, known[code].zh, known[code].en) for code in sorted(known))
    return (
        f"{MADE}\n# Refusals\n\nA refused command changes nothing. Its answer has a stable code, "
        "the facts in `{braces}`, and this text.\n\n" + rows
    )


def problems() -> str:
    """Everything that can be wrong with a pack."""
    pack = _table((code, *PACK_TEXTS[code]) for code in sorted(PACK_TEXTS))
    inside = _table((code, *CODES[code]) for code in sorted(CODES))
    model = _table((code, *DMN_TEXTS[code]) for code in sorted(DMN_TEXTS))
    return (
        f"{MADE}\n# Problems of a pack\n\n`tuoban check` reports every problem of a file at once, "
        f"with line and column.\n\n## Of the pack\n\n{pack}\n## Inside an expression\n\n{inside}"
        f"\n## Of a DMN file\n\n{model}"
    )


def builtins() -> str:
    """Every function that an expression may call, with what it is for and examples."""
    families = "\n".join(
        f"## {family}\n\n" + "\n".join(_function(name, entries[name]) for name in entries)
        for family, entries in GUIDE.items()
    )
    return (
        f"{MADE}\n# Built-in functions\n\nWhat [expressions](expressions.md) may call. In a "
        "signature, a name followed by `?` may be left out, a type followed by `?` may be null, "
        "`|` is either type, and `...` any number of them; a result `same` is the first argument's "
        "type, `element` that of its elements. Every example is evaluated by the tests.\n\n"
        + families
    )


def _function(name: str, guide: Guide) -> str:
    signatures = "\n".join(f"- `{form.signature}`" for form in BUILTINS[name])
    examples = "\n".join(guide.examples)
    meaning = f"{guide.zh}。 {guide.en[0].upper()}{guide.en[1:]}."
    return f"### {name}\n\n{meaning}\n\n{signatures}\n\n```feel\n{examples}\n```\n"


PAGES: Mapping[str, str] = {
    "refusals.md": refusals(),
    "problems.md": problems(),
    "built-in-functions.md": builtins(),
}


if __name__ == "__main__":
    for name, text in PAGES.items():
        (FOLDER / name).write_text(text, encoding="utf-8")
