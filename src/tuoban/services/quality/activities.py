"""The activities of quality: callbacks and surveys."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from tuoban.kernel.activities import Activity, Asked
from tuoban.runtime.activities.services import Done, On, Prop, Shown
from tuoban.services.fields import field
from tuoban.services.quality import offers
from tuoban.services.quality.models import Opinion


class Callback:
    """Somebody calls the customer. Every attempt stays, also when work goes back."""

    declared: Activity = offers.CALLBACK

    def show(self, asked: Asked, on: On) -> tuple[Shown, ...]:
        before = Decimal(_asked_before(asked, on).count())
        return (Shown(field("before", "integer", "已打次数", "Attempts so far"), before),)

    def check(self, asked: Asked, on: On) -> Mapping[str, Any]:
        return {"attempts": Decimal(_asked_before(asked, on).count() + 1)}

    def apply(self, done: Done, on: On) -> None:
        _keep(done, on)

    def undo(self, done: Done, on: On) -> None:
        """The call was made."""


class Survey:
    """What somebody answers. Going back past it, it counts no more."""

    declared: Activity = offers.SURVEY

    def show(self, asked: Asked, on: On) -> tuple[Shown, ...]:
        return ()

    def check(self, asked: Asked, on: On) -> Mapping[str, Any]:
        return {}

    def apply(self, done: Done, on: On) -> None:
        _keep(done, on)

    def undo(self, done: Done, on: On) -> None:
        Opinion.objects.filter(case=on.case_id, item=done.item).update(undone_at=on.at)


def _asked_before(asked: Asked, on: On) -> QuerySet[Opinion]:
    return Opinion.objects.filter(case=on.case_id, kind=asked.activity, step=asked.step)


def _keep(done: Done, on: On) -> None:
    score = done.values.get("score")
    Opinion.objects.create(
        case_id=on.case_id,
        item=done.item,
        kind=done.activity,
        step=done.step,
        score=int(score) if score is not None else None,
        at=on.at,
    )


def _scores(case_id: int, _: str) -> str:
    """The scores of the case, as they came: `5, 3`."""
    rows = Opinion.objects.filter(case=case_id, undone_at=None).exclude(score=None)
    return ", ".join(str(each.score) for each in rows.order_by("pk"))


SERVICES = (Callback(), Survey())

PROPS = (Prop("scores", found=_scores),)
"""`expect: {scores: "5, 3"}`."""
