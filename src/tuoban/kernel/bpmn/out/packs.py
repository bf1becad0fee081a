"""A whole pack as one BPMN file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from tuoban.kernel.bpmn.extension import written
from tuoban.kernel.bpmn.namespaces import CALLED, FEEL, MAIN, MESSAGE, OWN, PREFIXES, ROLE
from tuoban.kernel.bpmn.out.constructs import Names, text_at
from tuoban.kernel.bpmn.out.drawing import Flow, element, extended
from tuoban.kernel.bpmn.out.flows import Drawer, items_of, value_at
from tuoban.kernel.bpmn.out.interchange import diagram
from tuoban.kernel.bpmn.xml import Element, write_xml
from tuoban.kernel.language import Report
from tuoban.kernel.language.showing import show_translations
from tuoban.kernel.language.tree import Mapping, Scalar


def write_bpmn(
    pack: Mapping, *, translations: str | None = None, scenarios: str | None = None
) -> str:
    """The pack as BPMN 2.0, as one XML text.

    Args:
        pack: its tree, with its bases merged into it, which compiles.
        translations, scenarios: the texts of the files beside it, which travel along.
    """
    language = text_at(pack, "language") or "zh"
    called = value_at(pack, "processes")
    pairs = called.pairs if isinstance(called, Mapping) else ()
    names = Names(frozenset(each.key.text for each in pairs))
    counted: Counter[str] = Counter()
    drawer = Drawer(language, names, counted)
    own = written("pack", pack, ("process", "processes"))
    own.attributes["language"] = language
    files = [
        Element("file", OWN, attributes={"name": name}, text=text)
        for name, text in (("translations", translations), ("scenarios", scenarios))
        if text is not None
    ]
    main = drawer.flow(items_of(value_at(pack, "process")))
    processes = [_process(MAIN, drawer.label_of(pack, "title"), main, own, *files)]
    diagrams = [diagram(MAIN, main)]
    for pair in pairs:
        if isinstance(pair.value, Mapping):
            called_drawer = Drawer(language, names, counted, prefix=f"{pair.key.text}.")
            flow = called_drawer.flow(items_of(value_at(pair.value, "steps")))
            processes.append(_called(pair.key.text, pair.value, drawer, flow))
            diagrams.append(diagram(f"{CALLED}{pair.key.text}", flow))
    root = element("definitions", *_declared(pack, drawer), *processes, *diagrams)
    root.attributes = {
        "id": "definitions",
        "targetNamespace": f"{OWN}:{text_at(pack, 'pack')}",
        "expressionLanguage": FEEL,
        "exporter": "Tuoban",
    }
    return write_xml(root, PREFIXES)


def beside(report: Report, translations: str | None) -> str | None:
    """The file of translations that travels along: that beside the pack, or, where its bases were
    merged into it, theirs as well.

    Args:
        translations: the text of the file beside the pack.
    """
    if not report.bases or not report.translations:
        return translations
    return show_translations(report.translations)


def _called(name: str, process: Mapping, drawer: Drawer, flow: Flow) -> Element:
    own = written("called", process, ("steps",))
    own.attributes["process"] = name
    return _process(f"{CALLED}{name}", drawer.label(process) or name, flow, own)


def _process(id_: str, name: str, flow: Flow, *own: Element) -> Element:
    made = element("process", extended(*own), *flow.elements(), id=id_, name=name)
    made.attributes["isExecutable"] = "true"
    return made


def _declared(pack: Mapping, drawer: Drawer) -> Iterator[Element]:
    """Roles as resources, and messages."""
    for section, prefix, kind in (("roles", ROLE, "resource"), ("messages", MESSAGE, "message")):
        node = value_at(pack, section)
        for pair in node.pairs if isinstance(node, Mapping) else ():
            name = pair.key.text
            label = pair.value.text if isinstance(pair.value, Scalar) else ""
            if isinstance(pair.value, Mapping):
                label = drawer.label(pair.value)
            yield element(kind, id=f"{prefix}{name}", name=label or name)
