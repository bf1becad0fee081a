"""Packs that extend others: published whole, whatever becomes of what they extend."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.runtime.shop import NINE, PACK, SLUG, Shop
from tuoban.kernel.language import PackError, PackText, identity
from tuoban.kernel.refusals import Refused
from tuoban.runtime.cases import definitions, service
from tuoban.runtime.cases.audit import audit
from tuoban.runtime.cases.folders import PackFolders
from tuoban.runtime.cases.models import PublishedDefinition, WorkItem

KEY = identity(PACK)
VARIANT = f"""\
pack: our-repair
version: 1
extends: {KEY}
changes:
  - {{before: look, add: [{{step: greet, zh: 接待, by: clerk}}]}}
"""


def test_a_variant_of_a_published_pack_runs(shop: Shop) -> None:
    definitions.publish("our-repair", VARIANT, None, NINE)
    data = {"owner": "王建国", "phone": "13800138000", "fault": "不开机", "level": "low"}
    case = service.start_case(
        "our-repair", "repair", by=shop["mei"], data=data, at=NINE, key=shop.key()
    )
    shop.complete(shop.item(case, "greet"), "mei")
    (item,) = WorkItem.objects.filter(case_id=case.case_id, status=WorkItem.OPEN)
    assert item.node == "look"
    assert audit().is_clean


def test_a_published_variant_stays_what_it_is_without_its_base(shop: Shop) -> None:
    text = VARIANT.replace(KEY, "basis@7")
    bases = {"basis@7": PackText(PACK.replace(f"pack: {SLUG}", "pack: basis"), "钟表店: Watches\n")}
    row = definitions.publish("our-repair", text, None, NINE, bases)
    definitions._compile.cache_clear()
    assert "greet" in definitions.compiled(row).nodes
    assert definitions.is_intact(PublishedDefinition.objects.get(pk=row.pk))
    assert definitions.publish("our-repair", text, None, NINE, bases).pk == row.pk
    changed = {"basis@7": PackText(bases["basis@7"].text + "# x\n")}
    with pytest.raises(Refused) as refused:
        definitions.publish("our-repair", text, None, NINE, changed)
    assert (refused.value.code, refused.value.facts["slug"]) == ("version-published", "our-repair")


def test_a_base_with_another_text_than_was_published_is_refused(shop: Shop) -> None:
    with pytest.raises(Refused) as refused:
        definitions.publish("our-repair", VARIANT, None, NINE, {KEY: PackText(PACK + "# x\n")})
    assert (refused.value.code, refused.value.facts["slug"]) == ("version-published", SLUG)


def test_a_base_that_is_not_published_is_told_with_the_nearest(db: None, shop: Shop) -> None:
    with pytest.raises(PackError) as raised:
        definitions.publish("our-repair", VARIANT.replace(KEY, f"{SLUG}@999"), None, NINE)
    (problem,) = raised.value.problems
    assert (problem.code, problem.facts["nearest"]) == ("unknown-base", KEY)


def test_packs_are_found_in_folders_by_slug_and_by_version(tmp_path: Path) -> None:
    for name, version in (("shop", "2"), ("shop@1", "1"), ("other", "1")):
        (tmp_path / name).mkdir()
        text = f"pack: {name.partition('@')[0]}\nversion: {version}\n"
        (tmp_path / name / "pack.yaml").write_text(text, encoding="utf-8")
    (tmp_path / "shop@1" / "en.yaml").write_text("a: b\n", encoding="utf-8")
    (tmp_path / "other" / "pack.yaml").write_bytes(b"\xff")
    found = PackFolders(tmp_path)
    assert set(found) == {"shop@1", "shop@2"}
    assert found["shop@1"].translations == "a: b\n"
    assert found["shop@2"].translations is None
    assert "shop@3" not in found
    assert "other@1" not in found
