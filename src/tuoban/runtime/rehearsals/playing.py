"""The job that has rehearsals played, and keeps what came of each as soon as that is known.

It waits for the program outside any transaction. Whoever is killed meanwhile leaves the rest to be
played by whoever takes the job over.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from contextlib import closing
from typing import Any

from django.db.models import QuerySet

from tuoban.kernel.text import Text
from tuoban.runtime.cases.clock import now
from tuoban.runtime.jobs import registry, stopping
from tuoban.runtime.jobs.passing import is_passing
from tuoban.runtime.jobs.retry import in_words, keeps
from tuoban.runtime.jobs.stopping import StoppedError
from tuoban.runtime.rehearsals import apart
from tuoban.runtime.rehearsals.apart import BrokenOffError, UnwantedError, play_apart
from tuoban.runtime.rehearsals.asked import asking, to_rehearse
from tuoban.runtime.rehearsals.models import Rehearsal
from tuoban.runtime.rehearsals.service import KIND, digest_of

_log = logging.getLogger(__name__)


def register() -> None:
    """Say who plays rehearsals; once, when Django starts."""
    registry.register(KIND, play_all, Text("演练场景", "Rehearsing scenarios"), waits=True)


def play_all(payload: Mapping[str, Any], _key: str) -> None:
    """The job: play what was asked for together and nobody has given up, until none is left."""
    asked = Rehearsal.objects.filter(
        asked_as=payload["asked_as"], state__in=Rehearsal.OPEN
    ).order_by("number")
    while rows := list(asked.all()):
        _play(asked, rows)


def _play(asked: QuerySet[Rehearsal], rows: list[Rehearsal]) -> None:
    """Play these with one start of the program, as far as that goes; at least the first of them is
    over then, whatever happens, unless the worker is told to stop or the database is away."""
    waiting = iter(rows)
    current = next(waiting)

    def is_wanted() -> bool:
        stopping.check()
        return asked.filter(pk=current.pk).exists()

    try:
        packs = to_rehearse(current.definition)
        if digest_of(packs.scenarios) != current.digest:
            asked.update(state=Rehearsal.CANCELLED)
            return
        asked.filter(pk=current.pk).update(state=Rehearsal.PLAYING)
        said = play_apart(asking(packs, [each.number for each in rows]), is_wanted)
        with closing(said):
            for line in said:
                _keep(asked.filter(pk=current.pk), line)
                following = next(waiting, None)
                if following is None:
                    return
                current = following
                asked.filter(pk=current.pk).update(state=Rehearsal.PLAYING)
        raise BrokenOffError(apart.DIED)  # it has said less than it was asked
    except BrokenOffError as error:
        _fail(asked.filter(pk=current.pk), error.text)
    except UnwantedError:
        return  # the rest goes on with another start
    except StoppedError:
        raise
    except Exception as error:
        if is_passing(error):
            raise
        _log.exception("scenario %s could not be played", current)
        _fail(asked.filter(pk=current.pk), in_words(error))


def _keep(row: QuerySet[Rehearsal], line: str) -> None:
    """Keep what the program says of a rehearsal, unless somebody has given that up."""
    said = json.loads(line)
    if "error" in said:
        _fail(row, Text(*said["error"]))
    else:
        row.update(
            state=Rehearsal.PLAYED, passed=said["passed"], result=line, error="", ended_at=now()
        )


def _fail(row: QuerySet[Rehearsal], why: Text) -> None:
    row.update(state=Rehearsal.FAILED, passed=False, result="", error=keeps(why), ended_at=now())
