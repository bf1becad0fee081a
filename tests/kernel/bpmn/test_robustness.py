"""However a file was changed, it becomes a pack or is refused; nothing else happens."""

from __future__ import annotations

import random
import re

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.kernel.bpmn.building import END, START, file, flow, node
from tests.kernel.bpmn.test_writing import shipped
from tuoban.kernel.bpmn import BpmnError, read_bpmn, write_bpmn
from tuoban.kernel.language import check_pack

_ELEMENT = re.compile(r'<bpmn:(?P<kind>\w+) id="(?P<id>[^"]+)"')
_KINDS = (
    "task", "userTask", "serviceTask", "subProcess", "exclusiveGateway", "parallelGateway",
    "inclusiveGateway", "eventBasedGateway", "complexGateway", "startEvent", "endEvent",
    "intermediateCatchEvent", "intermediateThrowEvent", "boundaryEvent", "callActivity",
    "adHocSubProcess", "sequenceFlow", "process",
)  # fmt: skip


def changed(text: str, seed: int) -> str:
    """The file with some lines left out, doubled or moved, and some kinds and ends exchanged."""
    chance = random.Random(seed)  # noqa: S311 - it draws no secrets
    lines = text.split("\n")
    for _ in range(chance.randint(1, 6)):
        at, to = chance.randrange(len(lines)), chance.randrange(len(lines))
        act = chance.randrange(5)
        if act == 0:
            del lines[at]
        elif act == 1:
            lines.insert(to, lines[at])
        elif act == 2:
            lines[at], lines[to] = lines[to], lines[at]
        elif act == 3:
            whole = "\n".join(lines)
            old = chance.choice(_ELEMENT.findall(whole) or [("task", "x")])[0]
            new = chance.choice(_KINDS)
            whole = re.sub(f"(</?bpmn:){old}(?=[ >/])", rf"\1{new}", whole)
            lines = whole.split("\n")
        else:
            ids = [found["id"] for found in map(_ELEMENT.search, lines) if found]
            if len(ids) > 1:
                one, other = chance.sample(ids, 2)
                for n, line in enumerate(lines):
                    lines[n] = re.sub(rf'Ref="{re.escape(one)}"', f'Ref="{other}"', line)
    return "\n".join(lines)


def read(data: bytes) -> None:
    try:
        imported = read_bpmn(data)
    except BpmnError as error:
        if any(each.read("zh") == each.read("en") for each in error.problems):
            raise
        return
    check_pack(imported.text, packs=None)


@settings(deadline=None)
@given(st.integers(0, 2**32))
def test_a_changed_file_is_read_or_refused(seed: int) -> None:
    read(changed(write_bpmn(shipped("tour-escort")), seed).encode())


@st.composite
def graphs(draw: st.DrawFn) -> bytes:
    """Any nodes with any flows between them."""
    kinds = draw(
        st.lists(
            st.sampled_from(
                ("task", "exclusiveGateway", "parallelGateway", "inclusiveGateway",
                 "eventBasedGateway", "boundaryEvent", "endEvent", "intermediateCatchEvent")
            ),
            min_size=2,
            max_size=9,
        )
    )  # fmt: skip
    ids = [f"n{n}" for n in range(len(kinds))]
    made = START + END
    for key, kind in zip(ids, kinds, strict=True):
        inside = "<messageEventDefinition/>" if kind in ("boundaryEvent", _CATCH) else ""
        beside = {"attachedToRef": draw(st.sampled_from(ids))} if kind == "boundaryEvent" else {}
        made += node(kind, key, inside, **beside)
    ends = st.tuples(st.sampled_from(["s", *ids]), st.sampled_from([*ids, "e"]))
    flows = draw(st.lists(ends, min_size=2, max_size=16))
    said = draw(st.lists(st.sampled_from(["", " | yes", " ? x > 1"]), min_size=16, max_size=16))
    ways = [f"{one} > {other}{said[n]}" for n, (one, other) in enumerate(flows)]
    return file(made + flow(*ways))


_CATCH = "intermediateCatchEvent"


@settings(deadline=None)
@given(graphs())
def test_any_graph_is_read_or_refused(data: bytes) -> None:
    read(data)
