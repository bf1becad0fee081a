"""Item definitions: the model's own types, in the order in which they build on one another."""

from collections.abc import Mapping
from dataclasses import replace

from tuoban.kernel.dmn.order import in_order
from tuoban.kernel.dmn.problems import Findings
from tuoban.kernel.dmn.types import (
    ANYTHING,
    MAX_LEVELS,
    Type,
    constrained,
    feel_type,
    function_type,
    list_type,
    structure,
)
from tuoban.kernel.dmn.xml import Element
from tuoban.kernel.expressions import ExpressionError, Shape, choice_of, compile_tests
from tuoban.kernel.expressions import syntax as s
from tuoban.kernel.expressions.limits import Meter
from tuoban.kernel.expressions.reader import Reader
from tuoban.kernel.expressions.types import NamedType, is_instance, parse_type


class Types:
    """The types of a model by name."""

    def __init__(self, findings: Findings) -> None:
        self.own: dict[str, Type] = {}
        self.named: dict[str, NamedType] = {}
        self._findings = findings

    def add(self, name: str, definition: Type) -> None:
        self.own[name] = definition
        self.named[name] = definition.named

    def find(self, element: Element, attribute: str = "typeRef") -> Type | None:
        """The type that an attribute names; None where it names none or an unknown one."""
        return self.resolve(element.get(attribute), element)

    def resolve(self, name: str, at: Element) -> Type | None:
        """The type called `name`; what is not known is reported."""
        if not name:
            return None
        found = self.own.get(name) or feel_type(name)
        if found is None and "<" in name and not self._findings.is_full:
            found = self._written(name)
        if found is None:
            nearest = self._findings.nearest(name, [*self.own, "number", "string", "boolean"])
            self._findings.fault(at.place, "unknown-type-ref", name=name, nearest=nearest)
        return found

    def _written(self, text: str) -> Type | None:
        """A type spelled out, `list<number>`."""
        # The reader is given no type that the text does not name: there may be thousands.
        named = {name: type_ for name, type_ in self.named.items() if name in text}
        try:
            reader = Reader(text, (), named)
            written = parse_type(reader)
        except ExpressionError:
            return None
        if reader.token.kind != "end":
            return None

        def contains(value: object, meter: Meter) -> bool:
            return is_instance(value, written, meter, self.named)

        element = self._written(_inside(text)) if written.name == "list" and written.of else None
        shape = Shape(_WRITTEN_KINDS.get(written.name, "any"))
        return Type(text, shape, contains, element=element)


_WRITTEN_KINDS = {"list": "list", "range": "range", "context": "context", "function": "function"}


def _inside(text: str) -> str:
    return text[text.index("<") + 1 : text.rindex(">")]


def read_types(root: Element, findings: Findings) -> Types:
    """The types that the item definitions of a model make."""
    types = Types(findings)
    elements: dict[str, Element] = {}
    for element in root.all("itemDefinition"):
        name = element.get("name")
        if not name:
            findings.add(element.place, "name-missing", of="itemDefinition")
        elif name in elements or feel_type(name):
            findings.add(element.place, "name-taken", name=name)
        else:
            elements[name] = element
    needs = {name: _names_in(element) & elements.keys() for name, element in elements.items()}
    order, circle = in_order(needs)
    if circle:
        findings.add(elements[circle[0]].place, "type-circle", path=" → ".join(circle))
        for name in elements:
            types.add(name, ANYTHING)
    for name in order:
        definition = _definition(elements[name], types, findings)
        if definition.levels > MAX_LEVELS:
            findings.add(elements[name].place, "types-too-deep", limit=str(MAX_LEVELS))
            definition = ANYTHING
        types.add(name, definition)
    return types


def _names_in(element: Element) -> set[str]:
    """The names of types that stand anywhere in an item definition."""
    found: set[str] = set()
    rest = [element]
    while rest:
        one = rest.pop()
        found |= {one.get("outputTypeRef"), one.get("typeRef")}
        if one.name == "typeRef":
            found.add(one.text.strip())
        rest.extend(one.children)
    return found


def _definition(element: Element, types: Types, findings: Findings) -> Type:
    name = element.get("name")
    base = _base(element, types, findings)
    allowed, constraint = element.child("allowedValues"), element.child("typeConstraint")
    if allowed is not None:
        base = _allowed(base, allowed, types, findings)
    if element.get("isCollection") == "true":
        base = list_type(name, base)
    if constraint is not None:
        base = _constrained(base, constraint, types, findings)
    return replace(base, name=name)


def _base(element: Element, types: Types, findings: Findings) -> Type:
    reference, function = element.child("typeRef"), element.child("functionItem")
    components = element.all("itemComponent")
    if sum((reference is not None, function is not None, bool(components))) > 1:
        findings.add(element.place, "one-kind-of-type", name=element.get("name"))
    if components:
        return structure(element.get("name"), _members(components, types, findings))
    if function is not None:
        result = types.find(function, "outputTypeRef") or ANYTHING
        return function_type(element.get("name"), len(function.all("parameters")), result)
    if reference is not None:
        return types.resolve(reference.text.strip(), reference) or ANYTHING
    return ANYTHING


def _members(components: list[Element], types: Types, findings: Findings) -> Mapping[str, Type]:
    members: dict[str, Type] = {}
    for component in components:
        name = component.get("name")
        if not name:
            findings.add(component.place, "name-missing", of="itemComponent")
        elif name in members:
            findings.add(component.place, "name-taken", name=name)
        else:
            members[name] = _definition(component, types, findings)
    return members


def _allowed(base: Type, element: Element, types: Types, findings: Findings) -> Type:
    """Allowed values are those of the elements where the type is a list (DMN 1.5, 7.3.3)."""
    if base.element is not None:
        return list_type(base.name, _constrained(base.element, element, types, findings))
    return _constrained(base, element, types, findings)


def _constrained(base: Type, element: Element, types: Types, findings: Findings) -> Type:
    text = element.child("text")
    if text is None or not text.text.strip():
        return base
    try:
        tests = compile_tests(text.text, {}, base.shape, types.named)
    except ExpressionError as error:
        findings.add(text.at(error.position), error.code, **error.facts)
        return base
    return constrained(base, tests, _choice(base, tests.tree))


def _choice(base: Type, tests: s.UnaryTests) -> Shape | None:
    """The shape of a text that must be one of a few."""
    options = [one.value for one in tests.tests if isinstance(one, s.Text)]
    if base.shape.kind == "text" and not tests.negated and len(options) == len(tests.tests) > 0:
        return choice_of(*options)
    return None
