"""Lengths of time in the entries of forms, in the language of the page."""

from __future__ import annotations

import pytest

from tests.faces.desk.conftest import Visit
from tests.faces.desk.page import Page
from tests.runtime.shop import NINE, Shop
from tuoban.runtime.cases import definitions
from tuoban.runtime.cases.models import Case

PACK = """\
pack: shop-lengths
version: 1
language: zh
title: 借用
roles: {clerk: 前台}
records: {part: {name: {type: text, zh: 名称}, dries: {type: duration, zh: 晾干}}}
fields:
  lent: {type: duration, zh: 借多久, default: 'duration("PT90M")'}
  waits: {type: duration, zh: 等多久, default: 'working time("3 workdays")'}
  parts: {type: list, of: part, zh: 零件}
starts: [{request: lend, zh: 借用, by: clerk, form: [lent, waits, parts]}]
process:
  - {step: hand, zh: 交出, by: clerk}
  - {end: done, zh: 完成}
"""


@pytest.mark.parametrize(
    ("language", "lent", "waits"),
    [("zh-hans", "90 分钟", "3 个工作日"), ("en", "90 minutes", "3 workdays")],
)
def test_an_entry_speaks_the_language_of_the_page_and_is_understood(
    shop: Shop, visit: Visit, language: str, lent: str, waits: str
) -> None:
    definitions.publish("shop-lengths", PACK, None, NINE)
    mei = visit("mei", language)
    page = Page(mei.get("/desk/new/shop-lengths/lend"))
    assert (page.value("f.lent"), page.value("f.waits")) == (lent, waits)
    sent = {"f.lent": lent, "f.waits": waits, "f.parts": "", "key": "a"}
    cells = {"f.parts.+1.name": "泵", "f.parts.+1.dries": "soon"}
    again = Page(mei.post("/desk/new/shop-lengths/lend", {**sent, **cells}))
    assert again.value("f.parts.+1.dries") == "soon"
    assert again.value("f.lent") == lent
    assert mei.post("/desk/new/shop-lengths/lend", sent).status_code == 302
    assert Case.objects.filter(definition__slug="shop-lengths").count() == 1
