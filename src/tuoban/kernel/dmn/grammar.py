"""What may stand where in a DMN file: the schema of the standard as a table.

It covers the versions 1.2 to 1.5, which differ by additions alone. Rows say which attributes an
element may have and, by name, which kinds of children: `*` any number, `?` at most one, `!` exactly
one. `@` stands for a boxed expression. The order of children is not asked for.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from tuoban.kernel.dmn.problems import Findings
from tuoban.kernel.dmn.xml import Element

BOXED = (
    "literalExpression", "decisionTable", "context", "invocation", "functionDefinition", "list",
    "relation", "conditional", "filter", "for", "some", "every",
)  # fmt: skip
"""The boxed expressions; each is of a kind of its own name."""

_SILENT = "silent"
"""The kind of what has no part in deciding: descriptions, sources, authorities, drawings."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A type of the schema. `children` maps a name to the kind and the number of such children."""

    attributes: frozenset[str]
    children: Mapping[str, tuple[str, str]]
    boxed: str


def _kind(attributes: str = "", children: str = "") -> Kind:
    rows: dict[str, tuple[str, str]] = {
        "description": (_SILENT, "?"), "extensionElements": (_SILENT, "?"),
    }  # fmt: skip
    boxed = ""
    for word in children.split():
        name, number = word[:-1], word[-1]
        if name == "@":
            boxed = number
            continue
        names, _, kind = name.partition(":")
        rows |= {each: (kind or each, number) for each in names.split(",")}
    return Kind(frozenset({"id", "label", *attributes.split()}), rows, boxed)


_SILENT_OF_DRG = (
    "authorityRequirement:silent* "
    "supportedObjective,impactedPerformanceIndicator,decisionMaker,decisionOwner:silent* "
    "usingProcess,usingTask:silent* "
)
_TESTS = _kind("typeRef expressionLanguage", "text:text!")
_ITEM = _kind("name typeRef")
_REFERENCE = _kind("href")
_QUANTIFIED = _kind("typeRef iteratorVariable", "in:child! satisfies:child!")

KINDS: dict[str, Kind] = {
    "definitions": _kind(
        "name namespace expressionLanguage typeLanguage exporter exporterVersion",
        "import* itemDefinition* inputData* decision* businessKnowledgeModel* decisionService* "
        "knowledgeSource,textAnnotation,association,group,elementCollection:silent* "
        "performanceIndicator,organizationUnit:silent*",
    ),
    "import": _kind("name namespace locationURI importType"),
    "itemDefinition": _kind(
        "name typeLanguage isCollection",
        "typeRef:text? allowedValues:tests? typeConstraint:tests? itemComponent:itemDefinition* "
        "functionItem?",
    ),
    "functionItem": _kind("outputTypeRef", "parameters:item*"),
    "inputData": _kind("name", "variable:item?"),
    "decision": _kind(
        "name",
        "question,allowedAnswers:silent? variable:item? informationRequirement* "
        f"knowledgeRequirement* {_SILENT_OF_DRG} @?",
    ),
    "businessKnowledgeModel": _kind(
        "name",
        "variable:item? encapsulatedLogic:functionDefinition? knowledgeRequirement* "
        f"{_SILENT_OF_DRG}",
    ),
    "decisionService": _kind(
        "name",
        "variable:item? outputDecision,encapsulatedDecision,inputDecision,inputData:reference*",
    ),
    "informationRequirement": _kind("", "requiredDecision,requiredInput:reference?"),
    "knowledgeRequirement": _kind("", "requiredKnowledge:reference!"),
    "reference": _REFERENCE,
    "item": _ITEM,
    "tests": _TESTS,
    "text": Kind(frozenset(), {}, ""),
    "child": _kind("typeRef", "@!"),
    "literalExpression": _kind(
        "typeRef expressionLanguage", "text:text? importedValues:importedValues?"
    ),
    "context": _kind("typeRef", "contextEntry*"),
    "contextEntry": _kind("", "variable:item? @!"),
    "invocation": _kind("typeRef", "@! binding*"),
    "binding": _kind("", "parameter:item! @?"),
    "functionDefinition": _kind("typeRef kind", "formalParameter:item* @?"),
    "list": _kind("typeRef", "@*"),
    "relation": _kind("typeRef", "column:item* row:list*"),
    "conditional": _kind("typeRef", "if:child! then:child! else:child!"),
    "filter": _kind("typeRef", "in:child! match:child!"),
    "for": _kind("typeRef iteratorVariable", "in:child! return:child!"),
    "some": _QUANTIFIED,
    "every": _QUANTIFIED,
    "decisionTable": _kind(
        "typeRef hitPolicy aggregation preferredOrientation outputLabel",
        "input* output* annotation:annotationClause* rule*",
    ),
    "input": _kind("", "inputExpression:literalExpression! inputValues:tests?"),
    "output": _kind("name typeRef", "outputValues:tests? defaultOutputEntry:literalExpression?"),
    "annotationClause": _kind("name"),
    "rule": _kind(
        "", "inputEntry:tests* outputEntry:literalExpression* annotationEntry:annotation*"
    ),
    "annotation": _kind("", "text:text?"),
}

LATER = frozenset({"importedValues"})
"""Kinds of the standard that are not carried out."""


def check_structure(root: Element, findings: Findings) -> None:
    """Report every element and attribute that cannot stand where it stands, or is missing."""
    rest = [(root, KINDS["definitions"])]
    while rest:
        element, kind = rest.pop()
        _check_attributes(element, kind, findings)
        rest.extend(_check_children(element, kind, findings))


def _check_attributes(element: Element, kind: Kind, findings: Findings) -> None:
    for name in element.attributes:
        if name not in kind.attributes:
            findings.warn(element.place, "unknown-attribute", element=element.name, name=name)


def _check_children(element: Element, kind: Kind, findings: Findings) -> list[tuple[Element, Kind]]:
    known: list[tuple[Element, Kind]] = []
    counts: Counter[str] = Counter()
    for child in element.children:
        found = kind.children.get(child.name)
        if found is None and kind.boxed and child.name in BOXED:
            counts["@"] += 1
            known.append((child, KINDS[child.name]))
        elif found is None:
            findings.add(child.place, "unknown-element", name=child.name, of=element.name)
        elif found[0] in LATER:
            findings.add(child.place, "not-supported", what=child.name)
        elif found[0] != _SILENT:
            counts[child.name] += 1
            known.append((child, KINDS[found[0]]))
    _check_counts(element, kind, counts, findings)
    return known


def _check_counts(element: Element, kind: Kind, counts: Counter[str], findings: Findings) -> None:
    for name, (_, number) in kind.children.items():
        if number != "*" and counts[name] > 1:
            findings.add(element.place, "element-twice", name=name, of=element.name)
        if number == "!" and not counts[name]:
            findings.add(element.place, "element-missing", name=name, of=element.name)
    if kind.boxed in ("!", "?") and counts["@"] > 1:
        findings.add(element.place, "one-expression", of=element.name)
    if kind.boxed == "!" and not counts["@"]:
        findings.add(element.place, "expression-missing", of=element.name)
