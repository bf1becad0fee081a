"""Whatever people do, in whatever order, the rows are what the state says and the journal holds."""

import random
from collections import Counter
from datetime import datetime, timedelta

import pytest

from tests.runtime.shop import CAST, NINE, Shop
from tuoban.kernel.refusals import Refused
from tuoban.runtime.cases import service
from tuoban.runtime.cases.audit import audit
from tuoban.runtime.cases.models import WorkItem
from tuoban.runtime.cases.service import SignatureInput, fire_due_timers

MOVES = 200
REASONABLE = 0.85  # how often people do what makes sense
_VERBS = {
    "start": 1,
    "claim": 2,
    "release": 1,
    "transfer": 1,
    "complete": 6,
    "return": 1,
    "clock": 2,
}
"""How often each is tried."""


class Walk:
    """Random people doing random things with random work, allowed or not."""

    def __init__(self, shop: Shop, seed: int) -> None:
        self._shop = shop
        self._chance = random.Random(seed)  # noqa: S311 - a walk that can be walked again
        self.done: Counter[str] = Counter()

    def move(self, at: datetime) -> None:
        verb = self._chance.choices(list(_VERBS), weights=list(_VERBS.values()))[0]
        item = self._item()
        try:
            getattr(self, f"_{verb}")(item, self._somebody_for(item), at)
        except Refused:
            self.done["refused"] += 1
        else:
            self.done[verb] += 1

    def _item(self) -> WorkItem | None:
        """Mostly open work, sometimes work that is over."""
        items = WorkItem.objects.order_by("-pk")
        if self._chance.random() < REASONABLE:
            items = items.filter(status=WorkItem.OPEN)
        found = list(items[:6])
        return self._chance.choice(found) if found else None

    def _somebody_for(self, item: WorkItem | None) -> str:
        """Mostly somebody who may do the work, sometimes anybody."""
        if item is not None and self._chance.random() < REASONABLE:
            roles = {role for role, _ in item.pool_keys}
            holder = item.person.username if item.person is not None else None
            able = [name for name, (_, role, _) in CAST.items() if role in roles]
            if holder is not None or able:
                return holder or self._chance.choice(able)
        return self._chance.choice(list(CAST))

    def _start(self, item: WorkItem | None, who: str, at: datetime) -> None:
        starter = self._chance.choice(["mei", "sun", who])
        self._shop.start(starter, at, level=self._chance.choice(["high", "low"]))

    def _claim(self, item: WorkItem | None, who: str, at: datetime) -> None:
        service.claim(_id(item), by=self._shop[who], at=at, key=self._shop.key())

    def _release(self, item: WorkItem | None, who: str, at: datetime) -> None:
        service.release(_id(item), by=self._shop[who], at=at, key=self._shop.key())

    def _transfer(self, item: WorkItem | None, who: str, at: datetime) -> None:
        to = self._shop[self._somebody_for(item)]
        service.transfer(
            _id(item), to=to, reason="换人", by=self._shop[who], at=at, key=self._shop.key()
        )

    def _complete(self, item: WorkItem | None, who: str, at: datetime) -> None:
        phone = self._chance.choice(["13800138000", "13900139000", "12"])
        signed = {"client": SignatureInput("王建国")}
        step = item.node if item is not None else ""
        if step == "look":
            self._shop.complete(
                _id(item), who, at, outcome="found", checked=["1"], price="80", remark="备注"
            )
        elif step == "agree":
            self._shop.complete(_id(item), who, at, signatures=signed)
        elif step == "approve":
            self._shop.complete(_id(item), who, at, phone=phone)
        else:
            self._shop.complete(_id(item), who, at)

    def _return(self, item: WorkItem | None, who: str, at: datetime) -> None:
        service.return_to(
            _id(item), to="look", reason="重来", by=self._shop[who], at=at, key=self._shop.key()
        )

    def _clock(self, item: WorkItem | None, who: str, at: datetime) -> None:
        fire_due_timers(at)


def _id(item: WorkItem | None) -> int:
    return item.pk if item is not None else 404


@pytest.mark.parametrize("seed", range(3))
def test_a_random_walk_leaves_everything_verifiable(shop: Shop, seed: int) -> None:
    walk = Walk(shop, seed)
    for number in range(MOVES):
        walk.move(NINE + timedelta(minutes=4 * number))

    assert audit().findings == ()
    assert set(walk.done) >= {"refused", "start", "claim", "complete", "clock"}
