"""Documents in words, as they are printed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from tuoban.kernel.definition import Field, Step, Text
from tuoban.kernel.documents import Line
from tuoban.kernel.engine.printing import copies_of, may_print, printed_with
from tuoban.kernel.expressions import Expression, text_of
from tuoban.kernel.names import Names, read
from tuoban.kernel.refusals import Refused
from tuoban.runtime.cases import titles
from tuoban.runtime.cases.queries.naming import field_at, is_person
from tuoban.runtime.cases.queries.rows import DocumentSheet, PrintView
from tuoban.runtime.cases.queries.scene import Scene, open_scene
from tuoban.runtime.cases.wording import in_words, moment, same, span
from tuoban.runtime.people import directory
from tuoban.runtime.people.models import User

NOTHING = "—"
_YES_NO = {True: ("是", "yes"), False: ("否", "no")}


def printable(scene: Scene) -> tuple[PrintView, ...]:
    """The documents that the reader may print now, in the order of the pack."""
    found = []
    for node in scene.definition.nodes.values():
        if not isinstance(node.construct, Step) or not node.step.prints:
            continue
        item = printed_with(scene.state, node.key)
        if item is None or not may_print(
            scene.definition,
            scene.state,
            scene.surroundings.directory,
            node,
            scene.user.person_id,
        ):
            continue
        found += [
            PrintView(
                node.key,
                node.label,
                name,
                scene.definition.documents[name].label,
                len(copies_of(scene.state, node.key, name, item)),
                _missing(scene, name),
            )
            for name in node.step.prints
        ]
    return tuple(found)


def document_sheet(
    user: User, case_id: int, step: str, document: str, at: datetime
) -> DocumentSheet:
    """A document as it would be printed now.

    Raises:
        Refused: `unknown-case`, `not-visible` or `unknown-document`.
    """
    scene = open_scene(user, case_id, at)
    if not any((each.step, each.document) == (step, document) for each in printable(scene)):
        raise Refused("unknown-document", {"document": document[:40]})
    declared = scene.definition.documents[document]
    item = printed_with(scene.state, step) or 0
    copies = copies_of(scene.state, step, document, item)
    last = copies[-1] if copies else None
    return DocumentSheet(
        number=scene.row.number,
        title=titles.open_title(scene.row.title, scene.surroundings.opened),
        unit=scene.row.unit.name,
        time_zone=scene.row.unit.time_zone,
        step=step,
        document=document,
        label=declared.label,
        zh=_in_words(scene, declared.zh, "zh", at),
        en=_in_words(scene, declared.en, "en", at),
        copies=len(copies),
        printed_by=directory.name_of(last.by) if last is not None else "",
        printed_at=moment(last.at, scene.surroundings.zone) if last is not None else "",
        missing=_missing(scene, document),
        is_done=item not in scene.state.items,
    )


def _in_words(
    scene: Scene, lines: tuple[Line, ...], language: str, at: datetime
) -> tuple[tuple[str, str], ...]:
    names = _names(scene, at)
    return tuple(
        (line.kind, text) for line in lines for text in _texts_of(scene, line, names, language)
    )


def _names(scene: Scene, at: datetime) -> Names:
    zone = scene.surroundings.zone
    local = at.astimezone(zone)
    opened, clock = scene.surroundings.opened, {"now": local, "today": local.date()}
    return Names(scene.definition, scene.state, opened, zone, clock)


def _missing(scene: Scene, document: str) -> tuple[Text, ...]:
    """What a document names that is not there yet: a field, or a step that is not done."""
    names = _names(scene, scene.surroundings.at)
    declared = scene.definition.documents[document]
    parts = (part for line in declared.zh for part in line.parts if isinstance(part, Expression))
    paths = (_path_of(part) for part in parts if read(part, names) in (None, [], ()))
    found = (_label_of(scene, path) for path in paths if path is not None)
    return tuple(dict.fromkeys(found))


def _label_of(scene: Scene, path: tuple[str, ...]) -> Text:
    field = field_at(scene.definition, path)
    if field is not None:
        return field.label
    known = path[0] in scene.definition.nodes
    return scene.definition.label_of(path[0]) if known else same(".".join(path))


def _texts_of(scene: Scene, line: Line, names: Mapping[str, Any], language: str) -> tuple[str, ...]:
    """A line in words; one that is but a list of records gives a line for each row."""
    if len(line.parts) == 1 and isinstance(line.parts[0], Expression):
        field = _field_of(scene, line.parts[0])
        if field is not None and field.type == "list" and not field.is_plain:
            rows = read(line.parts[0], names) or ()
            return tuple(_row(scene, field, row, language) for row in rows) or (NOTHING,)
    parts = (
        part if isinstance(part, str) else _value(scene, part, names, language)
        for part in line.parts
    )
    return ("".join(parts),)


def _row(scene: Scene, field: Field, row: Mapping[str, Any], language: str) -> str:
    """The cells of a row, each with its label; those in which nothing stands are left out."""
    zone, opened = scene.surroundings.zone, scene.surroundings.opened
    colon, comma = (": ", ", ") if language == "en" else ("：", "，")
    return comma.join(
        f"{column.label.read(language)}{colon}"
        f"{in_words(scene.definition, column, row[column.name], zone, opened).read(language)}"
        for column in field.columns
        if row.get(column.name) is not None
    )


def _field_of(scene: Scene, part: Expression) -> Field | None:
    """The field that an expression is but the name of."""
    path = _path_of(part)
    return field_at(scene.definition, path) if path is not None else None


def _path_of(part: Expression) -> tuple[str, ...] | None:
    """The path that an expression is nothing but."""
    paths = tuple(part.paths)
    is_but_a_name = len(paths) == 1 and part.text.strip() == ".".join(paths[0])
    return paths[0] if is_but_a_name else None


def _value(scene: Scene, part: Expression, names: Mapping[str, Any], language: str) -> str:
    """What an expression gives, in words: as its field says, where it is but a name."""
    value = read(part, names)
    if value is None:
        return NOTHING
    path = tuple(part.text.strip().split("."))
    if path in part.paths and is_person(scene.definition, path):
        return directory.name_of(str(value))
    field = _field_of(scene, part)
    if field is None:
        return _plain(scene, value, language)
    zone, opened = scene.surroundings.zone, scene.surroundings.opened
    kept = tuple(value) if isinstance(value, list) else value
    if field.kind:  # whom or what it names; read as a name it is what is known of them
        kept = scene.state.values.get(field.name)
    return in_words(scene.definition, field, kept, zone, opened).read(language)


def _plain(scene: Scene, value: Any, language: str) -> str:
    if isinstance(value, bool):
        return same(_YES_NO[value][language == "en"]).zh
    if isinstance(value, datetime):
        return moment(value, scene.surroundings.zone)
    if isinstance(value, timedelta):
        return span(value).read(language)
    if isinstance(value, list | tuple):
        comma = ", " if language == "en" else "、"
        return comma.join(_plain(scene, each, language) for each in value)
    if isinstance(value, str | Decimal | date):
        return text_of(value)
    return NOTHING
