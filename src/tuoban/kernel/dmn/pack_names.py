"""The names of a model as a pack spells them, and the texts that name them."""

import re
from collections.abc import Callable, Iterable, Iterator

from tuoban.kernel.dmn.problems import Findings
from tuoban.kernel.expressions import syntax as s
from tuoban.kernel.expressions import to_text
from tuoban.kernel.expressions.parsing import parse, parse_tests
from tuoban.kernel.language.names import RESERVED, read_name, read_option
from tuoban.kernel.language.problems import Findings as PackFindings
from tuoban.kernel.language.tree import START, Scalar
from tuoban.kernel.xml_files import Place

_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_BREAKS = re.compile(r"[^\w]+")


def are_options(texts: Iterable[str]) -> bool:
    """Whether these texts can be the keys of options."""
    return all(read_option(Scalar(START, text), PackFindings("")) for text in texts)


def respelt(name: str) -> str:
    """The name in the spelling of packs, "" where it has none."""
    spelt = _BREAKS.sub("_", _CAMEL.sub("_", name)).strip("_").lower()
    return spelt if read_name(Scalar(START, spelt), PackFindings(""), RESERVED) else ""


class PackNames:
    """Respells the names that a table reads; what cannot be is reported once.

    `used` are the names that were met, in their order.
    """

    def __init__(
        self, names: Iterable[str], functions: set[str], place: Place, findings: Findings
    ) -> None:
        self.names = tuple(names)
        self.functions = functions
        self.place = place
        self.findings = findings
        self.used: dict[str, None] = {}
        self._spelt: dict[str, str] = {}
        self._reported: set[str] = set()

    def own(self, name: str) -> str:
        """The name in the pack."""
        if name not in self._spelt:
            spelt = respelt(name)
            other = next((old for old, new in self._spelt.items() if new == spelt != ""), None)
            if other is not None:
                self._report("as-table-names-meet", name, other=other)
            elif not spelt:
                self._report("as-table-name", name)
            self._spelt[name] = spelt
        return self._spelt[name]

    def expression(self, text: str) -> str:
        """An expression of the table with the pack's names, on one line."""
        return self._written(text, parse)

    def tests(self, text: str) -> str:
        """Unary tests of the table, likewise."""
        return self._written(text, parse_tests)

    def _written(self, text: str, read: Callable[..., s.Node]) -> str:
        tree = read(text, (*self.names, *self.functions))
        for node in sorted(_named(tree), key=lambda one: -one.start):
            if isinstance(node, s.Path):
                if isinstance(node.source, s.Name) and node.source.name in self.names:
                    self._report("as-table-structured", text[node.start : node.end], what="text")
            elif node.name in self.functions:
                self._report("as-table-function", node.name)
            elif node.name in self.names:
                self.used[node.name] = None
                text = text[: node.start] + self.own(node.name) + text[node.end :]
        if "\n" in text or "//" in text or "/*" in text:
            return to_text(read(text))
        return text.strip()

    def _report(self, code: str, name: str, *, what: str = "name", **facts: str) -> None:
        if name not in self._reported:
            self._reported.add(name)
            self.findings.add(self.place, code, **{what: name}, **facts)


def _named(tree: s.Node) -> Iterator[s.Name | s.Path]:
    rest = [tree]
    while rest:
        node = rest.pop()
        if isinstance(node, s.Name | s.Path):
            yield node
        rest.extend(s.children(node))
