"""Indicators of each time something is done, of working time, and of the books of services."""

from __future__ import annotations

import pytest

from tuoban.runtime.rehearsal import play, read_scenarios

PACK = """
pack: shop
version: 1
language: en
title: Shop
currency: CNY
roles: {clerk: Clerk, keeper: Keeper}
records: {line: {thing: {type: text, required: true, en: Thing}}}
fields:
  lines: {type: list, of: line, min: 1, en: Lines}
starts: [{request: ask, en: Ask, by: clerk, form: [lines]}]
process:
  - each: line
    in: lines
    order: together
    steps:
      - repeat: tries
        until: mend.outcome = "good"
        steps:
          - step: mend
            en: Mend
            by: clerk
            fields: {minutes: {type: integer, en: Minutes}}
            form: [minutes]
            outcomes: {good: Good, again: Again}
    during:
      - {on: extra, en: Extra, by: clerk, fields: {hours: {type: integer, en: Hours}},
          form: [hours], then: [{step: note, en: Note, by: clerk}]}
  - {step: hold, en: Hold, by: clerk, do: hold-deposit, account: cards, amount: 50}
  - {step: hand, en: Hand out, by: keeper, do: lend, thing: '"card"'}
  - {end: done, en: Done}
indicators:
  tries: {en: Tries, count: cases, of: mend}
  good: {en: Good at once, share: tries.round = 1, of: mend, where: mend.outcome = "good"}
  minutes: {en: Minutes, median: mend.minutes, of: mend, over: done this day}
  lamps: {en: Lamps, count: line.thing = "lamp", of: mend, per: mend.by}
  extras: {en: Hours beside, sum: extra.hours, of: extra}
  worked: {en: Time to mend, max: "worked(start.at, mend.at)", of: mend, target: < 4 working hours}
  elapsed: {en: Time passed, max: mend.at - start.at, of: mend}
  days: {en: Twice, is: worked * 2}
  account: {en: On account, ledger: deposits, of: cards, unit: yuan}
  all_accounts: {en: On all, ledger: deposits}
  lent: {en: Lent, ledger: lent, of: card}
  stock: {en: In stock, ledger: stock, of: L-1}
  agree: {en: Agree, is: account - 50 * lent, target: "= 0"}
"""
SCENARIO = """
- scenario: three tries
  cast: {ann: clerk, kim: keeper}
  clock: 2026-03-02 10:00
  given: {stock: {L-1: 4}}
  start: {by: ann, request: ask, lines: [{thing: lamp}, {thing: fan}]}
  play:
    - {ann: extra, of: lamp, hours: 2}
    - {ann: extra, of: fan, hours: 3}
    - {clock: 2026-03-02 17:00}
    - {ann: mend, of: lamp, minutes: 30, outcome: again}
    - {ann: mend, of: fan, minutes: 10, outcome: good}
    - {clock: 2026-03-03 10:00}
    - {ann: mend, of: lamp, minutes: 50, outcome: good}
"""


def failures(moves: str) -> list[str]:
    (read,) = read_scenarios(SCENARIO + moves)
    return [each.text.en for each in play(read, PACK, "", {}).lines if each.failed]


@pytest.mark.django_db
def test_each_time_a_step_was_done_gives_a_value() -> None:
    wanted = "tries: 3, good: 50 %, minutes: 50, lamps: 2, extras: 5"
    assert failures(f"  expect: {{indicators: {{{wanted}}}}}\n") == []


@pytest.mark.django_db
def test_working_time_is_measured_in_the_hours_of_the_unit() -> None:
    # 10:00-12:00 and 13:00-18:00, then an hour of the next day.
    wanted = "worked: 8 working hours, elapsed: 24 hours, days: 16 working hours"
    assert failures(f"  expect: {{indicators: {{{wanted}}}}}\n") == []
    told = failures("  expect: {indicators: {worked: 2 working hours}}\n")
    assert told == ["Time to mend: 8 h of working time, expected 2 h of working time"]


@pytest.mark.django_db
def test_what_services_have_in_their_books_is_held_against_cases() -> None:
    moves = """
    - {ann: note, of: lamp}
    - {ann: note, of: fan}
    - {ann: hold, method: cash, taken: 50}
    - {indicators: {account: 50, lent: 0, agree: 50}}
    - {kim: hand, mark: A7}
  expect: {indicators: {account: 50, all_accounts: 50, lent: 1, stock: 4, agree: 0}}
"""
    assert failures(moves.lstrip("\n")) == []
