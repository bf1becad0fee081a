"""Numbers and texts longer than any the desk gives out are refused, never a fault."""

import pytest

from tests.faces.desk.conftest import Visit
from tests.faces.desk.page import Page
from tuoban.faces.desk.views.cases import LONGEST_SEARCH

TOO_LONG = "9" * 20


@pytest.mark.parametrize(
    "address",
    [
        f"/desk/notices/{TOO_LONG}/read",
        f"/desk/items/{TOO_LONG}/claim",
        f"/desk/items/{'9' * 5000}/draft",
    ],
)
def test_a_row_whose_number_no_database_can_count_does_not_exist(
    visit: Visit, address: str
) -> None:
    assert visit("lei").post(address).status_code == 404


def test_the_largest_number_that_is_looked_for_finds_nothing(visit: Visit) -> None:
    assert visit("lei").post(f"/desk/notices/{'9' * 18}/read").status_code == 404
    assert visit("lei").post(f"/desk/items/{'9' * 18}/claim").status_code == 404


@pytest.mark.parametrize("characters", ["字", "9", "%", "-"])
def test_a_search_for_a_very_long_text_is_cut_short(visit: Visit, characters: str) -> None:
    answer = visit("lei").get("/desk/cases", {"q": characters * 50_001})
    assert answer.status_code == 200
    assert len(Page(answer).value("q")) == LONGEST_SEARCH
