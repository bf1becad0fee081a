"""From the bytes of a DMN file to a model; every problem of the file in one go."""

from collections.abc import Iterator, Mapping

from tuoban.kernel.dmn.boxed import MAKERS, function
from tuoban.kernel.dmn.compiler import Compiler, Known, is_name, nothing
from tuoban.kernel.dmn.grammar import check_structure
from tuoban.kernel.dmn.graph import Part, read_parts
from tuoban.kernel.dmn.item_definitions import read_types
from tuoban.kernel.dmn.logic import Logic
from tuoban.kernel.dmn.model import Model
from tuoban.kernel.dmn.problems import DmnError, DmnProblem, Findings
from tuoban.kernel.dmn.xml import Element, read_xml
from tuoban.kernel.expressions import ANY, DATE, DATETIME, Shape, context_of, function_to

VERSIONS: Mapping[str, str] = {
    "http://www.omg.org/spec/DMN/20180521/MODEL/": "1.2",
    "https://www.omg.org/spec/DMN/20191111/MODEL/": "1.3",
    "https://www.omg.org/spec/DMN/20211108/MODEL/": "1.4",
    "https://www.omg.org/spec/DMN/20230324/MODEL/": "1.5",
}
"""The namespaces that are read, all in the same way: versions only added elements."""


CLOCKS: Mapping[str, Shape] = {"now": DATETIME, "today": DATE}
"""What `now()` and `today()` read; whoever asks for a decision says what time it is."""


def read_model(xml: bytes, *, lenient: bool = False) -> Model:
    """The model that a DMN file describes.

    Read leniently, a text that cannot be compiled is null, as the standard says of errors, and
    stands in the model's `warnings`. Raises `DmnError` with every problem of the file.
    """
    document = read_xml(xml)
    root = document.root
    if root.name != "definitions" or root.namespace not in VERSIONS:
        found = f"{root.name} ({root.namespace or '-'})"
        raise DmnError(DmnProblem(root.place, "not-dmn", {"found": found}))
    findings = Findings(lenient=lenient)
    for namespace, place in document.foreign.items():
        if not _is_diagram(namespace):
            findings.warn(place, "foreign-elements", namespace=namespace or "-")
    check_structure(root, findings)
    _check_languages(root, findings)
    for element in root.all("import"):
        findings.add(element.place, "import-not-supported", name=element.get("name"))
    findings.refuse()
    compiler = Compiler(findings, read_types(root, findings), _vocabulary(root), MAKERS)
    parts = read_parts(root, compiler)
    findings.refuse()
    logic = _compiled(parts, compiler)
    findings.refuse()
    return Model(VERSIONS[root.namespace], root.get("name"), parts, logic, findings.warnings)


def _is_diagram(namespace: str) -> bool:
    return namespace.rstrip("/").rsplit("/", 1)[-1] in ("DMNDI", "DC", "DI")


def _walk(root: Element) -> Iterator[Element]:
    rest = [root]
    while rest:
        element = rest.pop()
        yield element
        rest.extend(reversed(element.children))


def _check_languages(root: Element, findings: Findings) -> None:
    for element in _walk(root):
        language = element.get("expressionLanguage")
        if language and "FEEL" not in language.upper().split("/"):
            findings.add(element.place, "other-language", language=language)


def _vocabulary(root: Element) -> list[str]:
    """The names that are not one plain word and that the members of some value may have.

    Where names are given to values, only blanks count: a name such as `a-b` would turn the
    difference of two others into itself wherever it stands.
    """
    names = {
        (" ".join(element.get("name").split()), element.name == "itemComponent")
        for element in _walk(root)
        if element.name in ("itemComponent", "variable", "column", "output")
    }
    return sorted(
        {
            name
            for name, is_component in names
            if is_name(name) and (" " in name or (is_component and not name.isidentifier()))
        }
    )


def _compiled(parts: Mapping[str, Part], c: Compiler) -> Mapping[str, Logic]:
    """The logic of every decision and function; each sees the shapes of what it needs."""
    shapes: dict[str, Shape] = {}
    logic: dict[str, Logic] = {}
    for part in parts.values():
        names = {
            **CLOCKS,
            **{
                parts[id_].variable: shapes.get(id_, ANY)
                for id_ in (*part.information, *part.knowledge)
            },
        }
        made = _logic(part, Known(names), c)
        if made is not None:
            logic[part.id] = made
        shapes[part.id] = _shape(part, parts, shapes, made)
    return logic


def _logic(part: Part, known: Known, c: Compiler) -> Logic | None:
    if part.kind == "decision":
        return c.typed(c.inside(part.element, known, part.name), part.type, part.name)
    if part.kind == "businessKnowledgeModel":
        definition = part.element.child("encapsulatedLogic")
        if definition is None:
            return nothing(part.element.place, "no-logic")
        return function(c, definition, known, part.name, part.name, part.type)
    return None


def _shape(
    part: Part, parts: Mapping[str, Part], shapes: Mapping[str, Shape], made: Logic | None
) -> Shape:
    if made is not None:
        return made.shape
    if part.kind != "decisionService":
        return part.type.shape if part.type else ANY
    results = {parts[id_].variable: shapes.get(id_, ANY) for id_ in part.outputs}
    result = next(iter(results.values())) if len(results) == 1 else context_of(results)
    return function_to(part.type.shape if part.type else result)
