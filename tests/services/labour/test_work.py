"""Work as packs use it: stretches with pauses, hours, a rate, and what it comes to."""

import pytest

from tests.services.rehearsing import failures

pytestmark = pytest.mark.django_db

PROCESS = """
  - {step: mend, en: Mend, by: mender, do: work, rate: fee}
  - {step: look, en: Look, by: clerk, returns-to: [mend]}
  - {step: bill, en: Bill, by: clerk, do: charge, amount: mend.cost}
  - {end: over}
"""


def test_stretches_add_up_and_what_they_come_to_is_charged() -> None:
    scenario = """
clock: 2026-03-02 09:00
start: {by: mei, request: ask, fee: 80.50}
play:
  - {clock: 12:00}
  - lei: mend
    labour:
      - {what: Pump out, begun: 2026-03-02 09:00, ended: 2026-03-02 10:00}
      - {what: Pump in, begun: 2026-03-02 10:30, ended: 2026-03-02 10:50}
      - {what: Test, hours: 0.25}
  - {values: {mend.hours: 1.58, mend.cost: 127.19}}
  - {mei: look}
  - {mei: bill}
expect: {ended: over, due: 127.19, worked: 1.58}
"""
    assert failures(PROCESS, scenario) == []


def test_what_is_gone_back_past_does_not_count() -> None:
    scenario = """
start: {by: mei, request: ask, fee: 100}
play:
  - {lei: mend, labour: [{what: Pump, hours: 2}]}
  - {mei: {return: look, to: mend, reason: Leaks}}
  - {lei: mend, labour: [{what: Pump again, hours: 3}]}
  - {mei: look}
  - {mei: bill}
expect: {ended: over, due: 300, worked: 3}
"""
    assert failures(PROCESS, scenario) == []


@pytest.mark.parametrize(
    ("line", "place"),
    [
        ("{what: Pump}", "labour[1].hours"),
        ("{what: Pump, begun: 2026-03-02 08:00}", "labour[1].ended"),
        ("{what: Pump, begun: 2026-03-02 08:00, ended: 2026-03-02 07:00}", "labour[1].ended"),
        ("{what: Pump, begun: 2026-03-02 08:00, ended: 2026-03-02 20:00}", "labour[1].ended"),
        ("{what: Pump, begun: 2026-03-01 08:00, ended: 2026-03-02 08:30}", "labour[1].ended"),
        ("{what: Pump, hours: 25}", "labour[1].hours"),
        ("{hours: 1}", "labour[1].what"),
    ],
)
def test_a_line_that_says_nothing_of_use_is_told_at_its_cell(line: str, place: str) -> None:
    scenario = f"""
clock: 2026-03-02 09:00
start: {{by: mei, request: ask, fee: 100}}
play:
  - {{lei: mend, labour: [{line}], refused: invalid, at: ["{place}"]}}
expect: {{worked: 0}}
"""
    assert failures(PROCESS, scenario) == []


def test_without_a_rate_hours_alone_are_kept_and_a_rate_that_is_not_known_is_told() -> None:
    plain = PROCESS.replace(", rate: fee", "").replace("amount: mend.cost", "amount: fee")
    scenario = """
start: {by: mei, request: ask, fee: 5}
play:
  - {lei: mend, labour: [{what: Pump, hours: 1.5}]}
  - {values: {mend.hours: 1.5, mend.cost: ''}}
  - {mei: look}
  - {mei: bill}
expect: {ended: over, worked: 1.5, due: 5}
"""
    assert failures(plain, scenario) == []
    unknown = """
start: {by: mei, request: ask}
play:
  - {lei: mend, labour: [{what: Pump, hours: 1.5}], refused: invalid, at: [labour]}
expect: {worked: 0}
"""
    assert failures(PROCESS, unknown) == []
