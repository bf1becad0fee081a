"""Small BPMN files, as other tools would write them."""

from __future__ import annotations

from tests.kernel.engine.playing import Play
from tuoban.kernel import commands as c
from tuoban.kernel.bpmn import BpmnError, Imported, read_bpmn, write_bpmn
from tuoban.kernel.definition import Definition
from tuoban.kernel.language import check_pack
from tuoban.kernel.language.showing import show

HEAD = '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="file">'


def flow(*ways: str) -> str:
    """Sequence flows, each as `from > to`, with ` | name` or ` ? condition` behind it."""
    made = []
    for at, way in enumerate(ways, start=1):
        ends, _, condition = way.partition(" ? ")
        ends, _, name = ends.partition(" | ")
        source, _, target = ends.partition(" > ")
        said = f"<conditionExpression><![CDATA[{condition}]]></conditionExpression>"
        made.append(
            f'<sequenceFlow id="{source}_{target}_{at}" name="{name}" sourceRef="{source}" '
            f'targetRef="{target}">{said if condition else ""}</sequenceFlow>'
        )
    return "".join(made)


def node(kind: str, id_: str, inside: str = "", **attributes: str) -> str:
    """A node that is called by its id in capitals."""
    told = "".join(f' {key}="{value}"' for key, value in attributes.items())
    name = "" if "Gateway" in kind or kind in ("startEvent", "endEvent") else id_.title()
    return f'<{kind} id="{id_}" name="{name}"{told}>{inside}</{kind}>'


def tasks(*ids: str) -> str:
    return "".join(node("userTask", each) for each in ids)


START, END = '<startEvent id="s"/>', '<endEvent id="e"/>'


def file(process: str, beside: str = "") -> bytes:
    return f'{HEAD}{beside}<process id="p" name="Loan">{process}</process></definitions>'.encode()


def imported(process: str, beside: str = "") -> Imported:
    return read_bpmn(file(process, beside))


def compiled(process: str, beside: str = "") -> Definition:
    """The definition of the pack that comes of it, which comes back as it is from its own file."""
    pack = imported(process, beside)
    report = check_pack(pack.text)
    assert report.definition is not None, (pack.text, [e.read("en") for e in report.problems])
    assert report.tree is not None
    again = read_bpmn(write_bpmn(report.tree).encode())
    assert again.text == show(report.tree)
    return report.definition


def process_of(process: str, beside: str = "") -> str:
    """The process section of the pack that comes of it, which compiles."""
    compiled(process, beside)
    return imported(process, beside).text.partition("\nprocess:")[2].strip("\n")


def refusals(process: str, beside: str = "") -> list[str]:
    """By what it is refused: code and element."""
    try:
        imported(process, beside)
    except BpmnError as error:
        return [f"{each.code} {each.element}".strip() for each in error.problems]
    return []


def begun(process: str, **data: object) -> Play:
    """A case of the pack that comes of it, begun by somebody who may do every step."""
    play = Play(compiled(process))
    play.carry_out(c.Start("li", "begin", "east", "P-1", data))
    return play
