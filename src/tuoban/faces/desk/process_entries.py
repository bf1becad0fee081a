"""The entries of a process's forms in words: what is entered, of which kind, and when."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from tuoban.faces.reader import page_language
from tuoban.kernel.definition import Definition, Field
from tuoban.kernel.diagram import Conditions
from tuoban.kernel.expressions import Expression
from tuoban.kernel.expressions import syntax as s
from tuoban.kernel.text import Text


@dataclass(frozen=True, slots=True)
class EntryShown:
    """One entry as people will see it.

    Attributes:
        kind: what is entered, or that nothing is.
        marks: in a word each, such as that it is required.
        details: in a sentence each, such as when it is shown.
        columns: what each row of a list has.
    """

    name: str
    label: str
    kind: str
    marks: tuple[str, ...]
    details: tuple[str, ...]
    options: tuple[str, ...]
    hint: str
    columns: tuple[EntryShown, ...]


class Words:
    """Says what stands in a definition, as seen from one of its nodes (empty: from a start), in the
    language of the page."""

    def __init__(self, definition: Definition, node: str) -> None:
        self.definition = definition
        self.language = page_language()
        self._node = node
        self._conditions = Conditions(definition, node, self.language)

    def read(self, text: Text) -> str:
        """A label."""
        return text.read(self.language)

    def node(self, key: str) -> str:
        return self.read(self.definition.nodes[key].label)

    def roles(self, keys: Iterable[str]) -> list[str]:
        return [self.read(self.definition.roles[key].label) for key in keys]

    def field(self, name: str) -> Field | None:
        """What a name means there, where that is a field."""
        return self.definition.field_at(self._node or None, name)

    def expression(self, given: Expression) -> str:
        """A condition or a value."""
        return self._conditions.read(given)

    def default(self, field: Field, given: Expression) -> str:
        """What a field begins with; a plain text without its quotes, an option by its label."""
        if isinstance(given.tree, s.Boolean):
            return _("Yes") if given.tree.value else _("No")
        if not isinstance(given.tree, s.Text):
            return self.expression(given)
        option = field.option(given.tree.value)
        return self.read(option) if option is not None else given.tree.value

    def if_(self, told: str, condition: Expression | None) -> str:
        """What is told, and under which condition it holds."""
        if condition is None:
            return told
        return _("%(told)s (if %(condition)s)") % {
            "told": told,
            "condition": self.expression(condition),
        }


def entry_shown(
    words: Words, field: Field, *, required: bool = False, read_only: bool = False
) -> EntryShown:
    """A field as an entry of a form.

    Args:
        required: the form asks for it, whatever the field says of itself.
        read_only: the form only shows it.
    """
    is_told = read_only or field.computed is not None
    return EntryShown(
        name=field.name,
        label=words.read(field.label) or field.name,
        kind=_kind(words, field),
        marks=tuple(_marks(field, is_required=required, is_told=is_told)),
        details=tuple(_details(words, field, is_told=is_told)),
        options=tuple(words.read(label) for _key, label in field.options),
        hint=words.read(field.hint) if field.hint is not None else "",
        columns=()
        if field.is_plain
        else tuple(entry_shown(words, column) for column in field.columns),
    )


def _marks(field: Field, *, is_required: bool, is_told: bool) -> Iterator[str]:
    if field.computed is not None:
        yield _("computed")
    elif is_told:
        yield _("only shown")
    elif is_required or field.required:
        yield _("required")
    if field.personal:
        yield _("personal")


def _details(words: Words, field: Field, *, is_told: bool) -> Iterator[str]:
    if field.computed is not None:
        yield _("Always: %(value)s") % {"value": words.expression(field.computed)}
    if field.show_when is not None:
        yield _("Shown if: %(condition)s") % {"condition": words.expression(field.show_when)}
    if is_told:
        return
    if field.default is not None:
        yield _("Begins with: %(value)s") % {"value": words.default(field, field.default)}
    bounds = _bounds(field)
    if bounds:
        yield bounds
    if field.accept:
        yield _("Taken: %(kinds)s") % {"kinds": ", ".join(field.accept)}
    if field.max_size:
        yield _("At most %(size)s") % {"size": filesizeformat(field.max_size)}
    for rule in field.rules:
        told = words.read(rule.otherwise)
        yield (_("Warns: %(told)s") if rule.warns else _("Refuses: %(told)s")) % {"told": told}


def _bounds(field: Field) -> str:
    """From where to where; of a list, how many rows."""
    low, high = (f"{each:f}" if each is not None else "" for each in (field.minimum, field.maximum))
    if field.type == "list":
        low, high = (_("%(count)s rows") % {"count": each} if each else "" for each in (low, high))
    if low and high:
        return _("From %(least)s to %(most)s") % {"least": low, "most": high}
    if low:
        return _("At least %(least)s") % {"least": low}
    return _("At most %(most)s") % {"most": high} if high else ""


def _kind(words: Words, field: Field) -> str:
    if field.type == "list":
        if not field.is_plain:
            return _("list, of which each row has")
        return _("list of: %(kind)s") % {"kind": _kind(words, field.columns[0])}
    if field.kind and field.kind in words.definition.asset_kinds:
        label = words.read(words.definition.asset_kinds[field.kind].label)
        return _("%(kind)s from the files") % {"kind": label}
    if field.long:
        return _("text of several lines")
    told = _KINDS[field.type]()
    unit = words.read(field.unit_words) if field.type != "percent" else ""
    return _("%(kind)s, in %(unit)s") % {"kind": told, "unit": unit} if unit else told


_KINDS: Mapping[str, Callable[[], str]] = {
    "text": lambda: pgettext("kind of entry", "text"),
    "phone": lambda: pgettext("kind of entry", "telephone number"),
    "integer": lambda: pgettext("kind of entry", "whole number"),
    "number": lambda: pgettext("kind of entry", "number"),
    "percent": lambda: pgettext("kind of entry", "percentage"),
    "money": lambda: pgettext("kind of entry", "amount of money"),
    "boolean": lambda: pgettext("kind of entry", "yes or no"),
    "choice": lambda: pgettext("kind of entry", "one of"),
    "date": lambda: pgettext("kind of entry", "date"),
    "datetime": lambda: pgettext("kind of entry", "date and time"),
    "time": lambda: pgettext("kind of entry", "time of day"),
    "duration": lambda: pgettext("kind of entry", "length of time"),
    "person": lambda: pgettext("kind of entry", "person of the organisation"),
    "unit": lambda: pgettext("kind of entry", "unit of the organisation"),
    "customer": lambda: pgettext("kind of entry", "customer from the files"),
    "asset": lambda: pgettext("kind of entry", "asset from the files"),
    "file": lambda: pgettext("kind of entry", "file"),
    "image": lambda: pgettext("kind of entry", "picture"),
}
"""What is entered, by the type of a field."""
