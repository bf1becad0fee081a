"""What is typed into a field for files becomes files: references are looked up."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any

from tuoban.kernel.definition import Field
from tuoban.kernel.expressions import Filed
from tuoban.kernel.refusals import Problem, refuse_invalid
from tuoban.runtime.files import service
from tuoban.runtime.files.models import Blob, StoredFile


def filed(stored: StoredFile) -> Filed:
    """The value of a file."""
    blob = stored.blob
    assert blob is not None  # noqa: S101 - erased ones are never found
    return Filed(stored.ref, blob.digest, stored.name, blob.size, blob.type)


def with_files(
    fields: Mapping[str, Field | None],
    data: Mapping[str, Any],
    *,
    refuse: bool = True,
    found: Callable[[Collection[str]], Mapping[str, StoredFile]] = service.found,
) -> dict[str, Any]:
    """The data with files for what means some. What means none stays, for the decision to tell so.

    Args:
        refuse: what is infected.
        found: gives files by reference, those that may be known of.

    Raises:
        Refused: `invalid` with `file-infected` beside a field.
    """
    wanted = {name: field for name, field in fields.items() if field and field.holds_files}
    if not wanted:
        return dict(data)
    refs = {ref for name in wanted for ref in _texts(data.get(name))}
    stored = found(refs) if refs else {}
    if refuse:
        _refuse_infected(wanted, data, stored)
    known = {ref: filed(each) for ref, each in stored.items()}
    return {
        name: _read(wanted[name], raw, known) if name in wanted else raw
        for name, raw in data.items()
    }


def _refuse_infected(
    fields: Mapping[str, Field], data: Mapping[str, Any], stored: Mapping[str, StoredFile]
) -> None:
    problems = [
        Problem("file-infected", name, {"name": stored[ref].name})
        for name in fields
        for ref in _texts(data.get(name))
        if ref in stored and _is_infected(stored[ref])
    ]
    if problems:
        raise refuse_invalid(problems)


def _is_infected(stored: StoredFile) -> bool:
    return stored.blob is not None and stored.blob.scan == Blob.INFECTED


def _read(field: Field, raw: Any, known: Mapping[str, Filed]) -> Any:
    written = list(_written(raw))
    found = [known.get(each, each) if isinstance(each, str) else each for each in written]
    if field.type == "list":
        return found if raw is not None else None
    return found[-1] if found else None


def _texts(raw: Any) -> Iterator[str]:
    return (each for each in _written(raw) if isinstance(each, str))


def _written(raw: Any) -> Iterator[Any]:
    """One by one, what was typed or is a file already: references stand in a text with blanks
    between them, in a list, or in rows as a form sends them."""
    if isinstance(raw, str):
        yield from raw.split()
    elif isinstance(raw, list | tuple):
        for each in raw:
            yield from _written(each)
    elif isinstance(raw, Mapping) and not isinstance(raw, Filed):
        yield from _written(raw.get(""))
    elif raw is not None:
        yield raw


def files_in(value: Any) -> Iterator[Filed]:
    """The files that a value holds."""
    if isinstance(value, Filed):
        yield value
    elif isinstance(value, list | tuple):
        yield from (each for each in value if isinstance(each, Filed))
