"""Packs of the tests of services, rehearsed like any pack."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.runtime.shop import NINE, Shop
from tuoban.runtime.cases import definitions, service
from tuoban.runtime.cases.service import Outcome
from tuoban.runtime.rehearsal import play, read_scenarios

HEAD = """\
pack: shop-services
version: 1
language: en
title: Services
roles: {clerk: Clerk, mender: Mender}
fields: {thing: {type: text, en: Thing}, fee: {type: money, en: Fee}}
starts: [{request: ask, en: Ask, by: clerk, form: [thing, fee]}]
process:
"""

CAST = "{mei: clerk, lei: mender}"


def failures(process: str, scenario: str, cast: str = CAST) -> list[str]:
    """What does not happen as the scenario says, in English.

    Args:
        process: the process of a pack with the fields `thing` and `fee`.
        scenario: a scenario without its name and its cast.
    """
    body = "".join(f"  {line}\n" for line in scenario.strip("\n").splitlines())
    (read,) = read_scenarios(f"- scenario: it happens\n  cast: {cast}\n{body}")
    played = play(read, HEAD + process.strip("\n") + "\n", "")
    return [each.text.en for each in played.lines if each.failed]


def begin(shop: Shop, process: str, **data: Any) -> Outcome:
    """A case of a pack with this process, in the shop."""
    text = HEAD + process.strip("\n") + "\n"
    definitions.publish("shop-services", text, None, NINE)
    return service.start_case(
        "shop-services", "ask", by=shop["mei"], data=data, at=NINE, key=shop.key()
    )


def finish(shop: Shop, case: Outcome, step: str, by: str, **data: Any) -> Callable[[], Outcome]:
    """What completes a step."""
    item, key = shop.item(case, step), shop.key()
    return lambda: service.complete(item, outcome=None, data=data, by=shop[by], at=NINE, key=key)
