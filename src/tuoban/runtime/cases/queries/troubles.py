"""What the worker could not do in a case, for those who answer for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.db.models import Case, CharField, F, Value, When
from django.db.models.functions import Cast

from tuoban.kernel.engine.pausing import is_in_charge
from tuoban.kernel.text import Text
from tuoban.runtime.cases.models import Listener, MessageDelivery, Timer
from tuoban.runtime.cases.queries.rows import TroubleView
from tuoban.runtime.cases.queries.scene import Scene
from tuoban.runtime.jobs.models import Job
from tuoban.runtime.jobs.retry import why

_LONGEST = 200


def troubles_of(scene: Scene) -> tuple[TroubleView, ...]:
    """What has failed and is tried again, the soonest first; nothing for those who do not answer
    for the case."""
    people, person = scene.surroundings.directory, scene.user.person_id
    if not (scene.user.is_staff or is_in_charge(scene.definition, scene.state, people, person)):
        return ()
    timers = Timer.objects.filter(case=scene.row).exclude(error="")
    failed = MessageDelivery.objects.filter(case=scene.row, what=MessageDelivery.FAILED)
    looks = Listener.objects.filter(case=scene.row).exclude(error="")
    jobs = Job.objects.filter(case=scene.row.pk, done_at=None, dropped_at=None).exclude(error="")
    text = CharField(max_length=_LONGEST)
    rows = timers.values_list(Value("timer"), Cast("clock", text), "error", "next_try_at").union(
        failed.values_list(Value("message"), F("message__name"), "error", "next_try_at"),
        looks.values_list(Value("look"), F("name"), "error", "look_at"),
        jobs.values_list(
            Value("check"), Value(""), "error", Case(When(dead_at=None, then=F("run_at")))
        ),
    )
    found = sorted(rows, key=lambda row: (row[3] is None, row[3]))
    told = ((_WORDS[kind](scene, of), why(error), at) for kind, of, error, at in found)
    return tuple(TroubleView(what, words, at) for what, words, at in told if words is not None)


def _moment(scene: Scene, number: str) -> Text:
    clock = scene.state.clocks.get(int(number))
    label = scene.definition.label_of(clock.node if clock is not None else "")
    return Text(f"“{label.zh}”到时该做的", f"What was due at “{label.en}”")


_WORDS: Mapping[str, Callable[[Scene, str], Text]] = {
    "timer": _moment,
    "message": lambda _, name: Text(f"收消息“{name}”", f"Taking the message “{name}”"),
    "check": lambda scene, _: Text("重新核算时限与条件", "Looking at limits and conditions anew"),
    "look": lambda _, name: Text(f"查找消息“{name}”", f"Looking for the message “{name}”"),
}
