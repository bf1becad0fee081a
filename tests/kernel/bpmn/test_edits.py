"""Whatever is edited in a file that this program has written changes what comes in, is told of, or
refuses the file; save what means nothing, which is listed here."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.kernel.bpmn.test_drawn import TREE, changed
from tuoban.kernel.bpmn import BpmnError, read_bpmn, write_bpmn
from tuoban.kernel.bpmn.into.reading import NODES
from tuoban.kernel.bpmn.namespaces import MODEL, OWN, PREFIXES
from tuoban.kernel.bpmn.xml import Element, read_xml, write_xml
from tuoban.kernel.language.showing import show

ADDED = {
    "calledElement": "x", "cancelActivity": "false", "completionQuantity": "2", "default": "x",
    "eventGatewayType": "Parallel", "exporter": "x", "gatewayDirection": "Mixed",
    "implementation": "x", "instantiate": "true", "isClosed": "true", "isExecutable": "false",
    "isForCompensation": "true", "isImmediate": "false", "isInterrupting": "false",
    "messageRef": "x", "parallelMultiple": "true", "processType": "Public", "startQuantity": "2",
    "triggeredByEvent": "true",
}  # fmt: skip
"""Attributes of BPMN that change how something runs, or that another tool may write."""
NOTHING_IS_SAID = {
    ("definitions", "id"): "nothing refers to it",
    ("definitions", "targetNamespace"): "a file stands alone",
    ("definitions", "expressionLanguage"): "every expression says its own",
    ("definitions", "exporter"): "which tool wrote a file changes nothing in how it is read",
    ("process", "id"): "nothing refers to it",
    ("sequenceFlow", "id"): "where it is no default, nothing refers to it",
    ("association", "id"): "nothing refers to it",
    ("association", "sourceRef"): "a note says what stands beside it in an extension element",
    ("association", "associationDirection"): "it has one meaning",
    ("association", ""): "a note says what stands beside it in an extension element",
    ("text", ""): "a note says what stands beside it in an extension element",
    ("incoming", ""): "the flows say it",
    ("outgoing", ""): "the flows say it",
    ("extensionElements", ""): "the drawing says as much",
    ("boundaryEvent", "cancelActivity"): "where it is of compensation, it has no meaning",
    ("gateway", "gatewayDirection"): "the flows say it",
    ("adHocSubProcess", "ordering"): "that is how it is where nothing is written",
    ("standardLoopCharacteristics", "testBefore"): "that is how it is where nothing is written",
    ("expression", "language"): "the file says it, where the expression does not",
    ("userTask", "id"): "it has a name in an extension element",
    ("subProcess", "id"): "it has a name in an extension element",
}
"""By the element and the attribute, or the element as a whole, why an edit may say nothing."""
KINDS = {
    "exclusiveGateway": "gateway", "inclusiveGateway": "gateway", "complexGateway": "gateway",
    "conditionExpression": "expression", "loopCondition": "expression", "timeDate": "expression",
    "timeDuration": "expression", "activationCondition": "expression",
}  # fmt: skip


def outcome(root: Element) -> object:
    """What comes in, with what is told; None where the file is refused."""
    try:
        pack = read_bpmn(write_xml(root, PREFIXES).encode())
    except BpmnError:
        return None
    told = [each.code for each in pack.warnings]
    return pack.text, pack.translations, pack.scenarios, told


def file() -> Element:
    return read_xml(write_bpmn(TREE, translations="a: b\n", scenarios="[]").encode())


def parts(root: Element, namespace: str) -> list[tuple[Element, Element]]:
    """One element of each kind in each surrounding, each with what it stands in."""
    found: dict[tuple[object, ...], tuple[Element, Element]] = {}
    for parent in root.walk():
        for each in parent.children:
            inner = tuple(sorted({e.name for child in each.children for e in child.children}))
            key = (parent.name, each.name, bool(each.peek("name")), len(each.attributes), inner)
            if each.namespace == namespace:
                found.setdefault(key, (each, parent))
    return list(found.values())


def edits(element: Element) -> Iterator[tuple[str, str]]:
    """Edit an element in every way, one after the other; what was done, as attribute and value."""
    for key, value in list(element.attributes.items()):
        if key.startswith("{"):
            continue
        element.attributes[key] = _opposite(value)
        yield key, element.attributes[key]
        del element.attributes[key]
        yield key, ""
        element.attributes[key] = value
    is_run = element.name in NODES | {"process", "sequenceFlow"}
    for key in ADDED.keys() - element.attributes.keys() if is_run else ():
        element.attributes[key] = ADDED[key]
        yield key, ADDED[key]
        del element.attributes[key]
    if element.text.strip():
        text = element.text
        for element.text in (f"{text} x", ""):
            yield "", "text"
        element.text = text
    if element.name in NODES:
        name = element.name
        for element.name in NODES - {name}:
            yield "kind", element.name
        element.name = name


def _opposite(value: str) -> str:
    return {"true": "false", "false": "true"}.get(value, f"{value}x")


@pytest.mark.long
def test_no_edit_of_what_is_drawn_passes_without_a_word() -> None:
    root = file()
    before, silent = outcome(root), set[tuple[str, str, str]]()
    for element, parent in [(root, root), *parts(root, MODEL)]:
        name = element.name
        for key, value in edits(element):
            if outcome(root) == before:
                silent.add((KINDS.get(name, name), key, value))
        if parent is not root:
            at = parent.children.index(element)
            del parent.children[at]
            if outcome(root) == before:
                silent.add((name, "", "removed"))
            parent.children.insert(at, element)
    unexplained = {each for each in silent if each[:2] not in NOTHING_IS_SAID}
    assert unexplained == set()


@pytest.mark.long
def test_no_edit_of_what_is_written_passes_without_a_word() -> None:
    """But of names and conditions of choices, which are read where they are drawn."""
    root = file()
    before = outcome(root)
    for element, _ in parts(root, OWN):
        if element.name in ("note", "plain-end"):
            continue
        for change in ("attribute", "text", "part"):
            attributes, text = dict(element.attributes), element.text
            if change == "attribute":
                element.attributes["added"] = "x"
            elif change == "text" and not element.children:
                element.text = f"{text} x"
            else:
                element.children.append(Element("added", OWN, text="x"))
            is_drawn = change == "text" and element.name in ("title", "en", "when")
            assert outcome(root) != before or is_drawn, (element.name, change)
            element.attributes, element.text = attributes, text
            element.children = [each for each in element.children if each.name != "added"]


def codes(*changes: tuple[str, str]) -> list[str]:
    return [each.code for each in read_bpmn(changed(*changes)).warnings]


LANGUAGE = r'(language=")[^"]*'


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (('isExecutable="true"', 'isExecutable="false"'), "not-executable"),
        (('isExecutable="true"', ""), "not-executable"),
        ((r"(<bpmn:conditionExpression[^>]*)" + LANGUAGE, r"\1\2js"), "condition-read"),
        ((r'<bpmn:endEvent (id="done-\d+">)(.*?)endEvent>',
          r"<bpmn:intermediateThrowEvent \1\2intermediateThrowEvent>"), "drawn-left"),
        ((r' default="flow-\d+"', ""), "taken-as-default"),
        ((r' default="flow-\d+"', ' default="gone"'), "default-unknown"),
        ((r'<bpmn:message id="message-paid"[^>]*>', ""), "declared-left"),
        ((' isForCompensation="true"', ""), "undo-unmarked"),
        ((' name="Big"', ""), "name-kept"),
        ((' name="Much"', ""), "name-kept"),
        ((' name="Late"', ""), "name-kept"),
        ((' name="Tiny"', ""), "name-kept"),
        ((' name="Paid"', ""), "name-kept"),
        (('(id="check")', r'\1 isClosed="true"'), "attribute-left"),
        (('(id="pause")', r'\1 isForCompensation="true"'), "attribute-left"),
        (('(<tuoban:construct)', r'\1 added="x"'), "attribute-left"),
    ],
)  # fmt: skip
def test_an_edit_that_comes_to_nothing_is_told_of(change: tuple[str, str], told: str) -> None:
    assert told in codes(change)
    assert read_bpmn(changed(change)).text == show(TREE)


@pytest.mark.parametrize(
    ("change", "refused"),
    [
        ((r"(<bpmn:timeDuration[^>]*)" + LANGUAGE, r"\1\2js"), "drawn-otherwise"),
        (('(userTask id="big")', r'\1 isForCompensation="true"'), "undo-of-nothing"),
        (("(<tuoban:construct>)", r"\1more"), "extension-unread"),
        (("(<tuoban:en>)", r"\1<tuoban:more/>"), "extension-unread"),
    ],
)
def test_an_edit_that_lets_it_run_otherwise_is_refused(
    change: tuple[str, str], refused: str
) -> None:
    with pytest.raises(BpmnError) as error:
        read_bpmn(changed(change))
    assert refused in [each.code for each in error.value.problems]


def test_what_is_declared_is_called_as_it_is_drawn() -> None:
    pack = read_bpmn(changed((' name="Ann"', ' name="Anna"'), (' name="Paid"', ' name="Settled"')))
    assert "\n  a: Anna\n  b: Ben\n" in pack.text
    assert "messages: {paid: {en: Settled}}" in pack.text
    assert pack.warnings == ()


def test_a_new_task_waits_for_a_message_that_is_declared() -> None:
    task = '<bpmn:receiveTask id="new" name="New" messageRef="message-paid"/>'
    pack = read_bpmn(
        changed(
            ("(<bpmn:startEvent)", task + r"\1"),
            (r'<bpmn:intermediateCatchEvent id="pause".*?</bpmn:intermediateCatchEvent>', ""),
            ('targetRef="pause"', 'targetRef="new"'),
            ('sourceRef="pause"', 'sourceRef="new"'),
        )
    )
    assert "{wait: new, message: paid, en: New}" in pack.text
    assert "messages: {paid: {en: Paid}}" in pack.text
