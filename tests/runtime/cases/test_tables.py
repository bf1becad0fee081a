"""The tables of the runtime are whole: every event, every refusal, every definition."""

import re
from pathlib import Path
from threading import Event as Flag
from threading import Thread
from typing import get_args

import pytest
from django.db import connection

import tuoban.runtime.cases
import tuoban.services
from tests.runtime.shop import NINE, PACK, SLUG, Shop, refusal
from tuoban.kernel import refusals as kernel_refusals
from tuoban.kernel.events import Event
from tuoban.kernel.language import PackError
from tuoban.runtime.cases import clock, definitions, projection, worker
from tuoban.runtime.cases.models import CommandKey, PublishedDefinition
from tuoban.runtime.cases.refusals import TEXTS, RuntimeRefused
from tuoban.runtime.jobs.models import Job
from tuoban.runtime.jobs.registry import register
from tuoban.runtime.jobs.service import enqueue

SOURCES = sorted(
    path
    for part in (tuoban.runtime.cases, tuoban.services)
    for path in Path(part.__path__[0]).rglob("*.py")
)


def test_the_projection_knows_every_kind_of_event() -> None:
    assert set(projection.TOUCHES) == set(get_args(Event))


def test_every_runtime_refusal_is_raised_somewhere_and_has_its_text() -> None:
    code = re.compile(r'RuntimeRefused\(\s*"([a-z-]+)"')
    either = re.compile(r'RuntimeRefused\("([a-z-]+)" if .* else "([a-z-]+)"')
    texts = [path.read_text("utf-8") for path in SOURCES]
    raised = {found for text in texts for found in code.findall(text)}
    raised |= {found for text in texts for pair in either.findall(text) for found in pair}

    assert raised == set(TEXTS)
    assert not TEXTS.keys() & kernel_refusals.TEXTS.keys()


@pytest.mark.parametrize("code", sorted(TEXTS))
def test_a_runtime_refusal_names_the_same_facts_in_both_languages(code: str) -> None:
    names = re.compile(r"\{(\w+)\}")
    zh, en = TEXTS[code].zh, TEXTS[code].en

    assert set(names.findall(zh)) == set(names.findall(en))
    facts = dict.fromkeys(names.findall(zh), "x")
    assert RuntimeRefused(code, facts).read("en") != RuntimeRefused(code, facts).read("zh")


def test_publishing_the_same_text_again_changes_nothing(shop: Shop) -> None:
    first = PublishedDefinition.objects.get()

    again = definitions.publish(SLUG, PACK, None, NINE)

    assert again.pk == first.pk


def test_a_published_version_never_changes(shop: Shop) -> None:
    changed = PACK.replace("30 minutes", "40 minutes")

    refused = refusal(lambda: definitions.publish(SLUG, changed, None, NINE))

    assert refused.code == "version-published"
    assert definitions.load(SLUG, "2026.1").nodes["look"].limits


def test_a_pack_with_mistakes_is_not_published(shop: Shop) -> None:
    with pytest.raises(PackError):
        definitions.publish(SLUG, PACK.replace("by: workshop", "by: worksop"), None, NINE)

    assert PublishedDefinition.objects.count() == 1


def test_a_pack_is_published_under_its_own_name_only(shop: Shop) -> None:
    with pytest.raises(ValueError, match="shop-repair"):
        definitions.publish("other", PACK, None, NINE)


def test_a_pack_is_not_published_while_a_required_setting_is_unset(shop: Shop) -> None:
    settings = """settings:
  patience: {type: duration, default: 30 minutes, zh: 耐心, en: Patience}
  hotline: {type: text, required: true, zh: 热线, en: Hotline}
"""
    text = PACK.replace("version: 2026.1", "version: 2026.9") + settings

    refused = refusal(lambda: definitions.publish(SLUG, text, None, NINE))

    assert refused.code == "setting-unset"
    assert "：热线。请设定：tuoban settings shop-repair hotline=" in refused.read("zh")
    assert ": Hotline. Set them: tuoban settings shop-repair hotline=" in refused.read("en")
    assert not PublishedDefinition.objects.filter(version="2026.9").exists()


def test_a_version_that_was_never_published_is_refused(shop: Shop) -> None:
    assert refusal(lambda: definitions.load(SLUG, "1900.1")).code == "unknown-process"


def test_the_worker_works_until_it_is_told_to_stop(busy_shop: Shop) -> None:
    case = busy_shop.start()
    done, stop = Flag(), Flag()
    register("test-flag", lambda payload, key: done.set())
    enqueue("test-flag", {}, key="flag", run_at=clock.now())

    def work() -> None:
        try:
            worker.run_forever(stop)
        finally:
            connection.close()

    thread = Thread(target=work)
    thread.start()
    try:
        assert done.wait(timeout=30)
    finally:
        stop.set()
        thread.join(timeout=30)
    assert not thread.is_alive()
    assert Job.objects.get(key="flag").done_at is not None
    assert case.number


def test_a_worker_with_nothing_to_do_forgets_old_answers(busy_shop: Shop) -> None:
    busy_shop.start()  # years ago, for the clock on the wall
    forgotten, stop = Flag(), Flag()

    def work() -> None:
        try:
            worker.run_forever(stop)
        finally:
            connection.close()

    thread = Thread(target=work)
    thread.start()
    try:
        for _ in range(300):
            if not CommandKey.objects.exists():
                forgotten.set()
                break
            stop.wait(0.1)
    finally:
        stop.set()
        thread.join(timeout=30)
    assert forgotten.is_set()
