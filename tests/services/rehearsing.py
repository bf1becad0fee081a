"""Packs of the tests of services, rehearsed like any pack."""

from __future__ import annotations

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

CAST = "  cast: {mei: clerk, lei: mender}\n"


def failures(process: str, scenario: str) -> list[str]:
    """What does not happen as the scenario says, in English.

    Args:
        process: the process of a pack with the fields `thing` and `fee`.
        scenario: a scenario without its name and its cast, mei the clerk and lei the mender.
    """
    body = "".join(f"  {line}\n" for line in scenario.strip("\n").splitlines())
    (read,) = read_scenarios(f"- scenario: it happens\n{CAST}{body}")
    played = play(read, HEAD + process.strip("\n") + "\n", "")
    return [each.text.en for each in played.lines if each.failed]
