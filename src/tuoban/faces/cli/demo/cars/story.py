"""A visit from the first call to the last."""

from __future__ import annotations

from tuoban.faces.cli.demo.cars.acting import Acting
from tuoban.faces.cli.demo.cars.coming import is_appointed, walks_in
from tuoban.faces.cli.demo.cars.leaving import is_followed_up, is_handed_over
from tuoban.faces.cli.demo.cars.repairing import is_checked, is_received, is_repaired
from tuoban.faces.cli.demo.cars.visit import CarVisit, Turn
from tuoban.faces.cli.demo.playing import Story


def car_story(visit: CarVisit) -> Story:
    """What people do, one after the other."""
    it = Acting(visit)
    yield it.watch.until(visit.begins)
    is_here = walks_in(it) if Turn.WALK_IN in visit.turn else is_appointed(it)
    if (yield from is_here) and (yield from is_received(it)) and (yield from is_repaired(it)):
        yield from is_checked(it)
        yield from is_handed_over(it)
        yield from is_followed_up(it)
