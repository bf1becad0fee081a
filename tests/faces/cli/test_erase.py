"""`tuoban erase`: personal values leave a case, and its journal stays whole."""

import pytest
from click.testing import CliRunner, Result

from tests.runtime.shop import Shop, open_shop
from tuoban.faces.cli.commands.erase import erase
from tuoban.runtime.cases.audit import audit
from tuoban.runtime.cases.models import PersonalValue

pytestmark = pytest.mark.django_db

REQUIRED = ("--by", "root", "--reason", "asked for")


def run(*arguments: str) -> Result:
    return CliRunner().invoke(erase, list(arguments))


@pytest.fixture
def number() -> str:
    shop: Shop = open_shop()
    case = shop.start()
    shop.look(case, remark="secret")
    return case.number


def test_all_that_a_case_holds_of_people_is_erased_and_the_journal_stays_whole(number: str) -> None:
    assert run(number, "--list").output.splitlines() == ["owner", "phone", "remark"]

    done = run(number, *REQUIRED)

    assert done.output == "已删除 3 项个人信息 / erased personal values: 3\n"
    assert not PersonalValue.objects.exclude(value="").exists()
    assert audit().findings == ()
    assert run(number, "--list").output == ""
    assert run(number, *REQUIRED).output.endswith(": 0\n")


def test_one_field_alone_is_erased(number: str) -> None:
    assert run(number, "--field", "remark", *REQUIRED).exit_code == 0
    assert run(number, "--list").output == "owner\nphone\n"
    wrong = run(number, "--field", "remark", *REQUIRED)
    assert wrong.exit_code == 1
    assert "the case holds no personal “remark”, but: owner, phone" in wrong.output


def test_it_takes_an_administrator_and_a_reason(number: str) -> None:
    assert "only an administrator" in run(number, "--by", "mei", "--reason", "x").output.lower()
    assert "--reason are needed" in run(number).output
    assert "no user nobody" in run(number, "--by", "nobody", "--reason", "x").output
    assert "no case SR-0" in run("SR-0", *REQUIRED).output
    assert "reason" in run(number, "--by", "root", "--reason", " ").output
    assert run(number, "--list").output == "owner\nphone\nremark\n"
