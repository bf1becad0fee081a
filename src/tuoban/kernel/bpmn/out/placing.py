"""Where the shapes of a flow lie: in columns by what comes after what, in rows by branch.

BPMN draws what a drawing of a process leaves out - the beginning and the end of each sub-process,
a gateway wherever ways come together - so that it is laid out by itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from tuoban.kernel.bpmn.out.drawing import Arrow, Flow, Shape

EVENT, GATEWAY = 36, 50
TASK_WIDTH, TASK_HEIGHT = 120, 80
GAP_X, GAP_Y = 50, 40
PADDING = 40
"""Around what lies in a sub-process."""
NOTE_WIDTH, NOTE_LINE, NOTE_LETTERS = 160, 16, 20
IN_A_ROW = 4
"""So many shapes that nothing leads to lie beside one another."""

Points = list[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Bounds:
    id: str
    x: int
    y: int
    width: int
    height: int
    kind: str = ""

    def moved(self, dx: int, dy: int) -> Bounds:
        return Bounds(self.id, self.x + dx, self.y + dy, self.width, self.height, self.kind)


@dataclass(slots=True)
class Placed:
    """A flow with its shapes, and those inside them, in their places."""

    width: int = 0
    height: int = 0
    shapes: list[Bounds] = field(default_factory=list)
    lines: list[tuple[str, Points]] = field(default_factory=list)

    def take(self, other: Placed, dx: int, dy: int) -> None:
        self.shapes += [each.moved(dx, dy) for each in other.shapes]
        self.lines += [(key, [(x + dx, y + dy) for x, y in line]) for key, line in other.lines]


def place(flow: Flow) -> Placed:
    """Lay a flow out; its top left corner is at 0, 0."""
    return _Placer(flow).place()


@dataclass(slots=True)
class _Cell:
    """A shape with its note above it."""

    shape: Shape
    width: int
    height: int
    note: int = 0
    """The height of the note."""
    inner: Placed | None = None


@dataclass(slots=True)
class _Placer:
    flow: Flow
    _cells: dict[str, _Cell] = field(default_factory=dict)
    _rank: dict[str, int] = field(default_factory=dict)
    _row: dict[str, int] = field(default_factory=dict)
    _taken: set[tuple[int, int]] = field(default_factory=set)
    _bends: dict[str, int] = field(default_factory=dict)
    """The rows along which arrows run that pass columns by."""

    def place(self) -> Placed:
        shapes = self.flow.shapes
        notes = {each.of: _note_height(each.text) for each in self.flow.notes}
        for each in shapes.values():
            self._cells[each.id] = _cell(each, notes.get(each.id, 0))
        linked = self._linked()
        self._columns(linked)
        for key in linked:
            self._put(key)
        for arrow in self.flow.arrows:
            self._lead(arrow)
        return self._drawn(linked)

    def _at(self, key: str) -> str:
        """The shape in whose place it is: itself, or what it is attached to."""
        shape = self.flow.shapes[key]
        return shape.host or key

    def _linked(self) -> list[str]:
        """The shapes that arrows lead to or from, in their order, but what is attached."""
        found = {self._at(end) for each in self.flow.arrows for end in (each.source, each.target)}
        return [key for key in self.flow.shapes if key in found]

    def _ways(self) -> list[tuple[str, str]]:
        return [(self._at(each.source), each.target) for each in self.flow.arrows]

    def _columns(self, linked: list[str]) -> None:
        """The column of each: behind all that lead to it."""
        coming = dict.fromkeys(linked, 0)
        going: dict[str, list[str]] = {}
        for source, target in self._ways():
            coming[target] += 1
            going.setdefault(source, []).append(target)
        waiting = [key for key in linked if not coming[key]]
        self._rank = dict.fromkeys(linked, 0)
        while waiting:
            key = waiting.pop()
            for target in going.get(key, ()):
                self._rank[target] = max(self._rank[target], self._rank[key] + 1)
                coming[target] -= 1
                if not coming[target]:
                    waiting.append(target)

    def _put(self, key: str) -> None:
        """Give it the row of what leads to it, or the next that is free."""
        rows = [
            self._row[self._at(each.source)] + (1 if self.flow.shapes[each.source].host else 0)
            for each in self.flow.arrows
            if each.target == key and self._at(each.source) in self._row
        ]
        row = min(rows, default=0)
        if self.flow.shapes[key].kind == "endEvent" and self._is_beside(key):
            row += 1
        while (self._rank[key], row) in self._taken:
            row += 1
        self._row[key] = row
        self._taken.add((self._rank[key], row))

    def _is_beside(self, key: str) -> bool:
        """Whether it is one of several ways out of a gateway, so that the others go on straight."""
        sources = {each.source for each in self.flow.arrows if each.target == key}
        return any(each.source in sources and each.target != key for each in self.flow.arrows)

    def _lead(self, arrow: Arrow) -> None:
        """Find a row for an arrow that passes columns by."""
        first, last = self._rank[self._at(arrow.source)], self._rank[arrow.target]
        between = range(first + 1, last)
        if not between:
            return
        row = self._row[self._at(arrow.source)]
        while any((rank, row) in self._taken for rank in between):
            row += 1
        self._taken |= {(rank, row) for rank in between}
        self._bends[arrow.id] = row

    # Coordinates

    def _drawn(self, linked: list[str]) -> Placed:
        placed = Placed()
        last = max(self._rank.values(), default=-1)
        columns = _offsets(dict(self._widths(linked)), GAP_X, last)
        middles, bottom = self._heights(linked)
        boxes: dict[str, Bounds] = {}
        for key in linked:
            cell = self._cells[key]
            left, width = columns[self._rank[key]]
            middle = middles[self._row[key]]
            x = left + (width - cell.width) // 2
            boxes[key] = Bounds(key, x, middle - cell.height // 2, cell.width, cell.height)
        right = max((left + width for left, width in columns.values()), default=0)
        loose = [k for k, each in self.flow.shapes.items() if k not in boxes and not each.host]
        end = self._loose(loose, bottom + GAP_Y if linked else 0, boxes)
        placed.width = max(right, *(each.x + each.width for each in boxes.values()), 0)
        placed.height = max(end, bottom)
        for key, box in boxes.items():
            self._take(placed, key, box)
        known = {each.id: each for each in placed.shapes}
        for arrow in self.flow.arrows:
            bend = self._bends.get(arrow.id)
            along = middles[bend] if bend is not None else None
            placed.lines.append((arrow.id, _line(known[arrow.source], known[arrow.target], along)))
        for event, handler in self.flow.handlers:
            placed.lines.append((f"{event}.line", _line(known[event], known[handler], None)))
        return placed

    def _widths(self, linked: list[str]) -> Iterator[tuple[int, int]]:
        widths: dict[int, int] = {}
        for key in linked:
            cell = self._cells[key]
            width = max(cell.width, NOTE_WIDTH if cell.note else 0)
            widths[self._rank[key]] = max(width, widths.get(self._rank[key], 0))
        yield from widths.items()

    def _heights(self, linked: list[str]) -> tuple[dict[int, int], int]:
        """The middle of each row, and where the last ends."""
        above: dict[int, int] = {}
        below: dict[int, int] = {}
        for key in linked:
            cell, row = self._cells[key], self._row[key]
            above[row] = max(above.get(row, 0), cell.height // 2 + _with_gap(cell.note))
            below[row] = max(below.get(row, 0), cell.height - cell.height // 2)
        middles: dict[int, int] = {}
        at = 0
        for row in range(max((*self._row.values(), *self._bends.values()), default=-1) + 1):
            middles[row] = at + above.get(row, 10)
            at = middles[row] + below.get(row, 10) + GAP_Y
        return middles, max(at - GAP_Y, 0)

    def _loose(self, keys: list[str], top: int, boxes: dict[str, Bounds]) -> int:
        """Place what nothing leads to below the rest; where that ends."""
        for start in range(0, len(keys), IN_A_ROW):
            row = [self._cells[key] for key in keys[start : start + IN_A_ROW]]
            note = max(_with_gap(each.note) for each in row)
            left = 0
            for cell in row:
                key = cell.shape.id
                boxes[key] = Bounds(key, left, top + note, cell.width, cell.height)
                left += max(cell.width, NOTE_WIDTH if cell.note else 0) + GAP_X
            top += note + max(each.height for each in row) + GAP_Y
        return max(top - GAP_Y, 0)

    def _take(self, placed: Placed, key: str, box: Bounds) -> None:
        """Take up a shape, with what is in it, what is attached to it, and its note."""
        cell = self._cells[key]
        kind = cell.shape.kind
        placed.shapes.append(Bounds(key, box.x, box.y, box.width, box.height, kind))
        if cell.inner is not None:
            placed.take(cell.inner, box.x + PADDING, box.y + PADDING)
        attached = [each for each in self.flow.shapes.values() if each.host == key]
        for at, each in enumerate(attached, start=1):
            x = box.x + box.width * at // (len(attached) + 1) - EVENT // 2
            y = box.y + box.height - EVENT // 2
            placed.shapes.append(Bounds(each.id, x, y, EVENT, EVENT, each.kind))
            if self._cells[each.id].note:
                self._note(placed, each.id, x, y + EVENT + 2)
        if cell.note:
            self._note(placed, key, box.x, box.y - _with_gap(cell.note))

    def _note(self, placed: Placed, of: str, x: int, y: int) -> None:
        cell = self._cells[of]
        placed.shapes.append(Bounds(f"{of}.note", x, y, NOTE_WIDTH, cell.note, "textAnnotation"))
        shape = next(each for each in placed.shapes if each.id == of)
        placed.lines.append(
            (f"{of}.note.line", [(shape.x + shape.width // 2, shape.y), (x + 20, y + cell.note)])
        )


def _cell(shape: Shape, note: int) -> _Cell:
    if shape.inside is not None:
        inner = place(shape.inside)
        width = max(inner.width + 2 * PADDING, TASK_WIDTH)
        return _Cell(shape, width, max(inner.height + 2 * PADDING, TASK_HEIGHT), note, inner)
    if shape.kind.endswith("Event"):
        return _Cell(shape, EVENT, EVENT, note)
    if shape.kind.endswith("Gateway"):
        return _Cell(shape, GATEWAY, GATEWAY, note)
    return _Cell(shape, TASK_WIDTH, TASK_HEIGHT, note)


def _note_height(text: str) -> int:
    lines = sum(1 + len(line) // NOTE_LETTERS for line in text.split("\n"))
    return 8 + NOTE_LINE * lines


def _with_gap(note: int) -> int:
    return note + 10 if note else 0


def _offsets(sizes: dict[int, int], gap: int, last: int) -> dict[int, tuple[int, int]]:
    found, at = {}, 0
    for number in range(last + 1):
        size = sizes.get(number, 0)
        found[number] = (at, size)
        at += size + gap
    return found


def _line(source: Bounds, target: Bounds, along: int | None) -> Points:
    """An arrow of level and upright pieces, `along` the row in which it passes columns by."""
    ends = (target.x, target.y + target.height // 2)
    if source.kind == "boundaryEvent":
        start = (source.x + source.width // 2, source.y + source.height)
        middle = ends[1] if along is None else along
        points = [start, (start[0], middle)]
    else:
        start = (source.x + source.width, source.y + source.height // 2)
        bend = start[0] + GAP_X // 2
        points = [start]
        if along is not None and along != start[1]:
            points += [(bend, start[1]), (bend, along)]
        elif along is None and ends[1] != start[1]:
            bend = max(target.x - GAP_X // 2, start[0])
            points += [(bend, start[1])]
    if along is not None and along != ends[1]:
        points += [(ends[0] - GAP_X // 2, along)]
    if points[-1][1] != ends[1]:
        points += [(points[-1][0], ends[1])]
    return list(_distinct([*points, ends]))


def _distinct(points: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    last: tuple[int, int] | None = None
    for each in points:
        if each != last:
            yield each
        last = each
