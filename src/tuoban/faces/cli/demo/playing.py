"""Playing stories: many cases at once on one virtual clock, each act at its moment.

A story is a generator. It yields the moment at which it goes on, and what stands behind the yield
happens then. What lies beyond the end of the play never happens: so cases are left under way.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from tuoban.runtime.cases import service
from tuoban.runtime.cases.outbox.sending import send_due
from tuoban.runtime.cases.queries.asked import lines_of, shown_to_signers
from tuoban.runtime.cases.queries.finding import find_open, find_to_sign
from tuoban.runtime.jobs.carriers.rows import run_due
from tuoban.runtime.people.models import User
from tuoban.runtime.people.queries import find_user

Story = Iterator[datetime]


class Stands(Exception):
    """The case is left where it is: nobody goes on with it."""


def play(
    stories: Iterable[Story], until: datetime, tell: Callable[[datetime], None] = lambda _: None
) -> None:
    """Play all that happens until a moment, in the order in which it happens.

    Args:
        tell: is called with the moment of each act.
    """
    coming: list[tuple[datetime, int, Story]] = []
    for number, story in enumerate(stories):
        _go_on(coming, number, story)
    while coming and coming[0][0] <= until:
        moment, number, story = heapq.heappop(coming)
        let_time_pass(moment)
        _go_on(coming, number, story)
        tell(moment)
    let_time_pass(until)
    # They look at cases by the clock on the wall, and so once the play has come there.
    while run_due(until):
        pass


def _go_on(coming: list[tuple[datetime, int, Story]], number: int, story: Story) -> None:
    try:
        moment = next(story, None)
    except Stands:
        return
    if moment is not None:
        heapq.heappush(coming, (moment, number, story))


def let_time_pass(until: datetime) -> None:
    """Every timer fires at its own moment, so that nothing was handled late; texts go out."""
    while (due := service.next_due()) is not None and due <= until:
        if not service.fire_due_timers(due):
            break
    while send_due(until):
        pass


class InPlay:
    """A case that is played: what people do with it, at the moment `at`.

    Args:
        key: a request key that no other case of the demo has.
        stands_at: the step that nobody does any more; empty: none.
    """

    def __init__(self, key: str, stands_at: str = "") -> None:
        self._key = key
        self._stands_at = stands_at
        self._acts = 0
        self._case = 0

    def begin(
        self, slug: str, request: str, who: str, at: datetime, unit: str | None = None, **data: Any
    ) -> None:
        """Somebody begins the case."""
        by, key = person(who), self._next_key()
        outcome = service.start_case(slug, request, by=by, unit=unit, data=data, at=at, key=key)
        self._case = outcome.case_id

    def claim(self, step: str, who: str, at: datetime) -> None:
        """Somebody takes work from their pool."""
        service.claim(self._open(step), by=person(who), at=at, key=self._next_key())

    def complete(
        self,
        step: str,
        who: str,
        at: datetime,
        outcome: str | None = None,
        *,
        signed: str = "",
        papers: Mapping[str, tuple[str, str]] | None = None,
        **data: Any,
    ) -> None:
        """Somebody does a step, with every line of its checklist ticked.

        Args:
            signed: the name with which the customer signs; empty: they sign nothing.
        """
        item = self._open(step)
        signature = service.SignatureInput(name=signed, strokes=[])
        service.complete(
            item,
            outcome=outcome,
            data=data,
            checked=lines_of(item),
            signatures={"customer": signature} if signed else {},
            papers=papers,
            by=person(who),
            at=at,
            key=self._next_key(),
        )

    def sign(self, step: str, who: str, at: datetime) -> None:
        """Somebody of the house signs what was completed."""
        item = find_to_sign(self._case, step)
        shown = shown_to_signers(item)
        service.sign(item, shown=shown, by=person(who), at=at, key=self._next_key())

    def send_back(self, step: str, to: str, who: str, at: datetime, reason: str) -> None:
        """Somebody sends the work back to a step that was done."""
        item, by, key = self._open(step), person(who), self._next_key()
        service.return_to(item, to=to, reason=reason, by=by, at=at, key=key)

    def react(self, reaction: str, who: str, at: datetime, **data: Any) -> None:
        """Somebody presses the button of a reaction."""
        by, key = person(who), self._next_key()
        service.react(self._case, reaction, data=data, by=by, at=at, key=key)

    def hand_on(self, paper: str, who: str, at: datetime) -> None:
        """Somebody gives the customer a paper back."""
        by, key = person(who), self._next_key()
        service.hand_on(self._case, paper, to="customer", originals="1", by=by, at=at, key=key)

    def cancel(self, who: str, at: datetime, reason: str) -> None:
        """Somebody cancels the case."""
        by, key = person(who), self._next_key()
        service.cancel_case(self._case, reason=reason, by=by, at=at, key=key)

    def _open(self, step: str) -> int:
        if step == self._stands_at:
            raise Stands
        return find_open(self._case, step)

    def _next_key(self) -> str:
        self._acts += 1
        return f"{self._key}-{self._acts}"


def person(name: str) -> User:
    """Somebody of the demo by their user name. Raises `LookupError` if there is nobody."""
    found = find_user(name)
    if found is None:
        raise LookupError(name)
    return found
