"""Print the reference pages that follow from tables in the code into `docs/reference/`."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from tuoban.faces.cli.packs import every_slug, read_pack
from tuoban.kernel.activities import Activity
from tuoban.kernel.bpmn.into.counterparts import COUNTERPARTS
from tuoban.kernel.bpmn.into.making import mapping
from tuoban.kernel.bpmn.namespaces import OWN
from tuoban.kernel.bpmn.out.constructs import ROWS
from tuoban.kernel.bpmn.out.notes import NOTED
from tuoban.kernel.bpmn.texts import TEXTS as BPMN_TEXTS
from tuoban.kernel.definition import Definition
from tuoban.kernel.diagram import lay, outline, to_svg
from tuoban.kernel.dmn import TEXTS as DMN_TEXTS
from tuoban.kernel.expressions import CODES
from tuoban.kernel.expressions.builtins import BUILTINS
from tuoban.kernel.expressions.builtins.guide import GUIDE, Guide
from tuoban.kernel.language import compile_pack
from tuoban.kernel.language.texts import TEXTS as PACK_TEXTS
from tuoban.kernel.refusals import TEXTS as REFUSALS
from tuoban.runtime.cases.refusals import TEXTS as RUNTIME_REFUSALS
from tuoban.services.installed import CATALOGUE

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


def activities() -> str:
    """Every activity that a step may do."""
    parts = "\n".join(_activity(CATALOGUE.activities[key]) for key in sorted(CATALOGUE.activities))
    facts = "\n".join(
        f"| `case.{each.name}` | {each.label.zh} | {each.label.en} |"
        for each in CATALOGUE.facts.values()
    )
    ledgers = "\n".join(
        f"| `{name}` | {each.label.zh} | {each.label.en} | {each.hint.en if each.hint else ''} |"
        for name, each in CATALOGUE.ledgers.items()
    )
    return (
        f"{MADE}\n# Activities\n\nWhat `do` on a step may name, see "
        "[the pack language](pack-language.md#what-a-service-does). *Keys* stand on the step "
        "beside `do`; *asks* are entries of its form, *gives* what is read through the step.\n\n"
        f"{parts}\n{_becomes()}\n"
        "## What is known of a case\n\n| name | 中文 | English |\n|---|---|---|\n"
        f"{facts}\n\n## Ledgers\n\nWhat [indicators](pack-language.md#indicators) read by "
        f"`ledger`.\n\n| name | 中文 | English | `of` |\n|---|---|---|---|\n{ledgers}\n"
    )


def _becomes() -> str:
    """What is undone of each activity, and when."""
    rows = "\n".join(
        f"| `{key}` | {_returned_past(each)} | "
        f"{'stands' if each.keeps or each.lasts else 'undone, when its turn comes'} |"
        for key, each in sorted(CATALOGUE.activities.items())
    )
    return (
        "## What becomes of it\n\nWhen work "
        "[goes back](operations.md#return-退回-and-straight-back-直送) to before its step, and "
        "when its process ends with what was done [undone](operations.md#cancel-作废), in one "
        "order, the latest first. What follows alone from something that stands is undone when "
        "work goes back: an amount that was asked for is asked for no more, and parts that were "
        "put back and are in stock still are issued as before.\n\n"
        "| activity | work goes back past it | cancelled, or ended with `undo` |\n|---|---|---|\n"
        f"{rows}\n"
    )


def _returned_past(activity: Activity) -> str:
    return "stands; done again, it settles the difference" if activity.keeps else "undone"


def _activity(activity: Activity) -> str:
    keys = [
        f"`{each.name}`{'' if each.required else ' (may be left out)'}" for each in activity.takes
    ]
    asks = [f"`{each.name}` {each.label.en}" for each in activity.asks]
    gives = [f"`{each.name}` {each.label.en}" for each in activity.fields]
    outcomes = [f"`{each.key}` {each.label.en}" for each in activity.outcomes]
    lines = [
        f"- {name}: {', '.join(found)}"
        for name, found in (
            ("keys", keys),
            ("asks", asks),
            ("gives", gives),
            ("outcomes", outcomes),
        )
        if found
    ]
    lines += ["- keeps: it stands when work goes back"] if activity.keeps else []
    lines += ["- may be done by the system, on a step without `by`"] if activity.unattended else []
    meaning = activity.meaning
    sentence = f"{meaning.zh}。 {meaning.en[0].upper()}{meaning.en[1:]}."
    title = f"{activity.key} {activity.label.zh}"
    return f"## {title}\n\n{sentence}\n\n" + "\n".join(lines) + "\n"


def bpmn() -> str:
    """What of a pack is what of a BPMN file."""
    return (
        f"{MADE}\n# BPMN 2.0\n\nHow packs and BPMN files are exchanged is told in "
        "[a guide](../how-to/bpmn.md), what is proved of an imported model in "
        "[an explanation](../explanation/bpmn.md).\n\n## From a pack\n\n"
        f"| construct | BPMN |\n|---|---|\n{_drawn()}\n"
        f"Extension elements are of the namespace `{OWN}`. `tuoban:pack` on the process holds the "
        "sections of the pack, `tuoban:called` those of a called process, `tuoban:construct` on a "
        "node, `tuoban:branch` on a flow and `tuoban:reaction` on an event everything that the "
        "pack says there: an element for each key, in their order. `tuoban:drawn` stands for what "
        'the diagram shows; a value that is no plain text has `as="part"` and is written as in '
        "packs. `tuoban:file` holds translations and scenarios. A text annotation tells of "
        f"{', '.join(f'`{key}`' for key in NOTED)}, and of `same-as`, `not`, `person`, `agree` and "
        "`in` under `by`.\n\n"
        "Where such an element stands, it says what its node is; its name, the conditions on "
        "flows, whether an event interrupts, and what lies between gateways are read from the "
        "diagram.\n\n"
        f"## Into a pack\n\n| element | becomes |\n|---|---|\n{_elements()}\n"
        f"## What is told\n\n{_table((code, *BPMN_TEXTS[code]) for code in BPMN_TEXTS)}"
    )


def _drawn() -> str:
    kinds = {
        word: dict.fromkeys(
            row.kind(mapping({word: "x", **beside})) for beside in ({"by": "x"}, {"do": "x"})
        )
        for word, row in ROWS.items()
    }
    rows = {word: ", ".join(f"`{kind}`" for kind in found) for word, found in kinds.items()}
    rows["choose"] = "two `exclusiveGateway`; in a `subProcess` where more is said of it"
    rows["parallel"] = (
        "two `parallelGateway`, or `inclusiveGateway` where a branch has `when`; a "
        "`complexGateway` joins `any` or so many"
    )
    rows["during"] = "`boundaryEvent` of a step, event sub-process of a block"
    rows["undo"] = "compensation: a `boundaryEvent`, and a `subProcess` for compensation"
    rows["roles"], rows["messages"] = "`resource`", "`message`"
    return "".join(f"| `{word}` | {told} |\n" for word, told in rows.items())


def _elements() -> str:
    return "".join(f"| `{kind}` | {_cell(told)} |\n" for kind, told in COUNTERPARTS.items())


def processes() -> str:
    """Every process of the product as a picture."""
    parts = "\n".join(
        f"## {each.title.zh} {each.title.en}\n\n"
        f"![{each.title.zh}]({each.slug}.zh.svg)\n\n![{each.title.en}]({each.slug}.en.svg)\n"
        for each in _shipped()
    )
    return (
        f"{MADE}\n# The processes of the product\n\nWhat [`tuoban draw`](../../how-to/draw.md) "
        "makes of every pack; the signs are explained there.\n\n" + parts
    )


def pictures() -> Mapping[str, str]:
    """The files of those pictures."""
    return {
        f"processes/{each.slug}.{language}.svg": f"{_picture(each, language)}\n"
        for each in _shipped()
        for language in ("zh", "en")
    }


def _picture(definition: Definition, language: str) -> str:
    told = ("  " * line.depth + line.text for line in outline(definition, language=language))
    drawing = lay(definition, language=language, width=1200)
    return to_svg(drawing, title=definition.title.read(language), told=told, language=language)


def _shipped() -> Iterator[Definition]:
    for slug in every_slug():
        files = read_pack(slug)
        yield compile_pack(
            files.text, translations=files.translations, bases=files.bases(), catalogue=CATALOGUE,
            packs=None,
        )  # fmt: skip


PAGES: Mapping[str, str] = {
    "bpmn.md": bpmn(),
    "activities.md": activities(),
    "refusals.md": refusals(),
    "problems.md": problems(),
    "built-in-functions.md": builtins(),
    "processes/index.md": processes(),
    **pictures(),
}


if __name__ == "__main__":
    (FOLDER / "processes").mkdir(exist_ok=True)
    for name, text in PAGES.items():
        (FOLDER / name).write_text(text, encoding="utf-8")
