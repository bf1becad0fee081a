"""The pages on which staff see versions in use and take running cases to another one."""

from __future__ import annotations

from typing import Any

import pytest

from tests.faces.desk.conftest import Visit
from tests.runtime.cases.test_migrating import publish
from tests.runtime.shop import SLUG, Shop, row
from tuoban.faces.desk.views import versions
from tuoban.kernel.bpmn import read_bpmn
from tuoban.runtime.people.service import revoke

ADDRESS = f"/desk/versions/{SLUG}"


def test_the_list_tells_how_many_cases_go_by_an_older_version(visit: Visit, shop: Shop) -> None:
    shop.start()
    publish()
    page = visit("mei", "en").get("/desk/versions").content.decode()
    assert "Version 2026.3" in page
    assert "1 running case" in page
    assert "1 by an older version" in page


def test_a_look_changes_nothing_and_a_move_does(visit: Visit, shop: Shop) -> None:
    case, stuck = shop.start(), shop.start()
    shop.look(stuck)
    shop.agree(stuck)
    publish()
    staff = visit("root", "en")
    posted = {"to": "2026.3", "reason": "new rules"}

    looked = staff.post(ADDRESS, {**posted, "act": "try"}).content.decode()
    assert "1 case could be moved to 2026.3." in looked
    assert "1 case stays where it is." in looked
    assert row(stuck).number in looked
    assert looked.index("<textarea") < looked.index('id="found"'), "the form, then what comes of it"
    assert row(case).definition.version == "2026.1"

    moved = staff.post(ADDRESS, {**posted, "act": "move"}).content.decode()
    assert "1 case was moved to 2026.3." in moved
    assert row(case).definition.version == "2026.3"
    assert row(stuck).definition.version == "2026.1"


def test_it_goes_on_behind_the_cases_that_stay(
    visit: Visit, shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(versions, "AT_ONCE", 1)
    stuck, case = shop.start(), shop.start()
    shop.look(stuck)
    shop.agree(stuck)
    publish()
    staff = visit("root", "en")
    posted = {"to": "2026.3", "reason": "new rules"}
    first = staff.post(ADDRESS, {**posted, "act": "move"}).content.decode()
    assert f'name="more" value="{stuck.case_id}"' in first
    staff.post(ADDRESS, {**posted, "next": "move", "more": str(stuck.case_id)})
    assert row(case).definition.version == "2026.3"


@pytest.mark.parametrize(
    ("typed", "place"),
    [
        ({"act": "move"}, "reason"),
        ({"act": "try", "renames": "look inspect"}, "renames"),
        ({"act": "move", "reason": "x" * 501}, "reason"),
    ],
)
def test_what_is_wrong_stands_beside_its_entry_and_is_kept(
    visit: Visit, shop: Shop, typed: dict[str, Any], place: str
) -> None:
    case = shop.start()
    publish()
    answer = visit("root").post(ADDRESS, {"to": "2026.2", **typed})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert f'id="{place}-problem"' in page
    assert typed.get("renames", "") in page
    assert row(case).definition.version == "2026.1"


def test_a_version_that_nobody_published_is_refused(visit: Visit, shop: Shop) -> None:
    shop.start()
    publish()
    answer = visit("root").post(ADDRESS, {"to": "1999.1", "act": "try"})
    assert answer.status_code == 422
    assert "data-refusal" in answer.content.decode()


def test_only_staff_move_and_an_unknown_process_has_no_page(visit: Visit, shop: Shop) -> None:
    case = shop.start()
    publish()
    person = visit("mei", "en")
    assert "Move them" not in person.get(ADDRESS).content.decode()
    posted = {"to": "2026.2", "act": "move", "reason": "me"}
    assert person.post(ADDRESS, posted).status_code == 403
    assert row(case).definition.version == "2026.1"
    assert person.get("/desk/versions/nothing").status_code == 404
    assert 'href="/desk/settings"' not in person.get("/desk/versions").content.decode()
    revoke(shop["mei"], "clerk", shop.units["east"])
    assert ADDRESS not in person.get("/desk/versions").content.decode(), "it is not hers any more"
    for address in (ADDRESS, f"{ADDRESS}/bpmn"):
        assert person.get(address).status_code == 404


def test_the_page_tells_limits_and_whom_they_lack_with_the_numbers(
    visit: Visit, shop: Shop
) -> None:
    page = visit("mei", "en").get(ADDRESS).content.decode()
    assert "Limit: 30 minutes" in page
    assert "nobody for “Approve”: 1 needed of chief, 0 found" in page
    assert "for “Look at it”" not in page
    for name in ("lei", "han"):
        revoke(shop[name], "mender", shop.units["east"])
    page = visit("mei").get(ADDRESS).content.decode()
    assert "到了“检查”没有人办：修理员要 1 人，现有 0 人" in page


def test_a_process_is_downloaded_as_the_bpmn_file_of_its_newest_version(
    visit: Visit, shop: Shop
) -> None:
    publish()
    person = visit("mei", "en")
    assert f'href="{ADDRESS}/bpmn" download' in person.get(ADDRESS).content.decode()
    answer = person.get(f"{ADDRESS}/bpmn")
    assert answer["Content-Disposition"] == f'attachment; filename="{SLUG}.bpmn"'
    assert "version: 2026.3\n" in read_bpmn(answer.content).text
    assert person.get("/desk/versions/nothing/bpmn").status_code == 404
