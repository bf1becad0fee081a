"""`sample(50)`: so many cases of a hundred, and always the same ones."""

from __future__ import annotations

from decimal import Decimal

from tests.kernel.engine.playing import ZONE, Play
from tuoban.kernel import commands as c
from tuoban.kernel.names import Names
from tuoban.kernel.sampling import sampler
from tuoban.kernel.state import State

PROCESS = """
- {step: work, by: worker}
- {step: call, by: worker, when: sample(50)}
- {step: file, by: worker}
- end: done
"""


def test_about_so_many_cases_are_in_it() -> None:
    drawn = [sampler(f"SR-2603-{number:04}") for number in range(1, 2001)]
    for percent in (0, 1, 20, 50, 100):
        share = sum(1 for each in drawn if each.call(Decimal(percent))) / 20
        assert abs(share - percent) < 3, percent
    few = {i for i, each in enumerate(drawn) if each.call(Decimal(20))}
    assert few < {i for i, each in enumerate(drawn) if each.call(Decimal(50))}


def test_a_case_is_in_it_or_not_whenever_it_is_asked() -> None:
    found = set()
    for number in range(20):
        play = Play(PROCESS)
        play.carry_out(c.Start("li", "go", "east", f"P-{number}"))
        play.do("work")
        names = Names(play.definition, State(number=f"P-{number}"), {}, ZONE)
        assert (play.open() == {"call"}) == names["sample"].call(Decimal(50))
        found |= play.open()
    assert found == {"call", "file"}


def test_what_is_called_so_in_a_pack_comes_first() -> None:
    play = Play("""
- {step: sample, by: worker}
- {step: call, by: worker, when: sample.count = 1}
- end: done
""").start()
    assert play.do("sample").open() == {"call"}
