"""What is told of a process before any case begins, by the settings that an organisation has."""

from __future__ import annotations

import pytest

from tests.runtime.shop import NINE
from tuoban.kernel.language import PackText, compile_pack
from tuoban.runtime.cases import settings
from tuoban.runtime.cases.outlook import outlook_of

PACK = """
pack: mending
version: 2026.1
language: zh
title: 修理
roles: {mender: 修理员}
settings:
  mend_takes: {type: duration, required: true, zh: 修理一般要多久}
fields:
  thing: {type: text, zh: 物品}
starts: [{request: bring, zh: 送修, by: [mender], form: [thing]}]
process:
  - stage: bench
    zh: 修理台
    within: 3 workdays
    steps:
      - {step: look, zh: 查明, by: mender, takes: 1 workday}
      - {step: mend, zh: 修好, by: mender, takes: settings.mend_takes}
  - {end: done, zh: 完成}
"""


@pytest.mark.django_db
def test_an_organisations_own_numbers_are_held_against_its_limits() -> None:
    definition = compile_pack(PACK)
    unset = "“修好”预计要多久由设置决定，还没有设，各时限都没有把它算进去。"
    found = outlook_of(definition)
    (promise,) = found.promises
    assert promise.expected is not None
    assert (promise.expected.zh, promise.path, promise.is_short) == ("1 个工作日", None, False)
    assert unset in [each.zh for each in found.of_organisation]

    pack = settings.Pack(definition, PackText(PACK), {})
    settings.change(pack, {"mend_takes": "3 个工作日"}, at=NINE)

    found = outlook_of(definition)
    (promise,) = found.promises
    assert promise.path is not None
    assert (promise.path.zh, promise.is_short) == ("查明 → 修好", True)
    told = [each.zh for each in found.of_organisation]
    assert unset not in told
    short = "“修理台”的时限是 3 个工作日，里面的步骤预计最长要 4 个工作日（查明 → 修好），办不完。"
    assert short in told
    assert not found.of_pack
