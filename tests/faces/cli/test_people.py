"""`tuoban user` and `tuoban unit`: who there is, what they may, and mistakes that are told."""

from __future__ import annotations

import re

import pytest
from click.testing import CliRunner, Result

from tests.runtime.shop import Shop, open_shop
from tuoban.faces.cli.commands.unit import unit
from tuoban.faces.cli.commands.user import user
from tuoban.runtime.cases.clock import now
from tuoban.runtime.people import directory, tokens
from tuoban.runtime.people.models import RoleHolding, Unit, User

PASSWORD = "a long enough password"


@pytest.fixture
def shop(db: None) -> Shop:
    return open_shop()


def type_user(*arguments: str) -> Result:
    return CliRunner().invoke(user, arguments)


def type_unit(*arguments: str) -> Result:
    return CliRunner().invoke(unit, arguments)


def test_a_misspelt_role_is_refused_with_the_nearest_one(shop: Shop) -> None:
    role = shop["lei"].holdings.get().role
    done = type_user("grant", "root", role[:-2] + role[-1], "hq")
    assert done.exit_code == 1
    assert f"did you mean {role}" in done.output
    assert f"是否想写 {role}" in done.output
    assert not RoleHolding.objects.filter(user=shop["root"]).exists()


def test_an_administrator_is_made_and_unmade_and_the_last_one_stays(shop: Shop) -> None:
    assert type_user("staff", "root", "--no-more").exit_code == 1
    assert "set one first" in type_user("staff", "lei").output
    assert type_user("password", "lei", "--password", PASSWORD).exit_code == 0
    assert type_user("staff", "lei").output == f"{shop['lei']}: 管理员 / staff\n"
    assert type_user("staff", "root", "--no-more").exit_code == 0
    assert "the last administrator" in type_user("staff", "lei", "--no-more").output
    User.objects.filter(username="root").update(is_staff=True)  # and cannot log in
    assert "the last administrator" in type_user("staff", "lei", "--no-more").output
    User.objects.filter(is_staff=True).update(is_staff=False)
    assert type_user("staff", "lei").exit_code == 0
    assert User.objects.get(is_staff=True).username == "lei"


def test_a_role_of_a_pack_to_come_can_be_granted_when_asked_for(shop: Shop) -> None:
    assert type_user("grant", "root", "archivist", "hq").exit_code == 1
    assert type_user("grant", "root", "archivist", "hq", "--any-role").exit_code == 0
    assert RoleHolding.objects.get(user=shop["root"]).role == "archivist"


@pytest.mark.django_db
def test_before_any_pack_is_published_roles_are_told_to_come_from_packs() -> None:
    open_users = User.objects.create(username="wang", display_name="王芳")
    Unit.objects.create(key="hq", name_zh="总部", name_en="HQ", path="/hq/")
    done = type_user("grant", open_users.username, "dispatcher", "hq")
    assert done.exit_code == 1
    assert "tuoban publish" in done.output


def test_a_misspelt_user_is_told_with_the_nearest_one(shop: Shop) -> None:
    done = type_user("leave", "rot")
    assert done.exit_code == 1
    assert "did you mean root" in done.output


def test_the_last_administrator_is_not_let_go(shop: Shop) -> None:
    done = type_user("leave", "root")
    assert done.exit_code == 1
    assert "This is the last administrator" in done.output
    assert User.objects.get(username="root").is_active


def test_a_skill_written_otherwise_is_the_known_one(shop: Shop) -> None:
    type_user("skills", "han", "high_voltage")
    assert type_user("skills", "lei", "High-Voltage").exit_code == 0
    assert list(shop["lei"].skills.values_list("name", flat=True)) == ["high_voltage"]


def test_the_list_of_users_tells_roles_staff_and_who_left(shop: Shop) -> None:
    assert type_user("leave", "lei").exit_code == 0
    listed = {line.split()[0]: line for line in type_user("list").output.splitlines()}
    assert set(listed) == set(User.objects.values_list("username", flat=True))
    assert "已离开 / left" in listed["lei"]
    assert "管理员 / staff" in listed["root"]
    held = shop["min"].holdings.get()
    assert f"{held.role} @ {held.unit.key}" in listed["min"]


def test_a_role_that_is_not_held_cannot_be_revoked(shop: Shop) -> None:
    held = shop["lei"].holdings.get()
    done = type_user("revoke", "lei", "nothing", held.unit.key)
    assert done.exit_code == 1
    assert f"held: {held.role} @ {held.unit.key}" in done.output
    assert type_user("revoke", "lei", held.role, held.unit.key).exit_code == 0
    assert not shop["lei"].holdings.exists()


def test_a_new_password_is_the_one_that_counts(shop: Shop) -> None:
    assert type_user("password", "lei", "--password", PASSWORD).exit_code == 0
    assert User.objects.get(username="lei").check_password(PASSWORD)


def test_every_rule_that_a_password_breaks_is_told_in_both_languages(shop: Shop) -> None:
    done = type_user("password", "lei", "--password", "123")
    assert done.exit_code == 1
    told = done.output.removeprefix("Error: ").splitlines()
    assert len(told) == 3
    assert all(re.fullmatch(r"密码[\u4e00-\u9fff]+。 / [\x20-\x7e]+", each) for each in told), told
    similar = type_user("add", "wangfang", "王芳", "--password", "wangfang")
    assert "密码与用户名太相似。 / The password is too similar" in similar.output


def test_the_list_of_units_is_a_tree_with_its_heads(shop: Shop) -> None:
    assert type_unit("head", "hq", "root").exit_code == 0
    first, *below = type_unit("list").output.splitlines()
    assert first.startswith("hq  总部 / Head office")
    assert "(root)" in first
    assert [each[:6] for each in below] == ["  east", "  west"]


def test_somebody_who_left_cannot_become_a_head(shop: Shop) -> None:
    type_user("leave", "lei")
    assert type_unit("head", "hq", "lei").exit_code == 1
    assert Unit.objects.get(key="hq").head is None


@pytest.mark.parametrize("zone", ["Asia", "", "../x", "Nowhere/X"])
def test_a_time_zone_that_is_none_is_told(shop: Shop, zone: str) -> None:
    done = type_unit("add", "north", "城北", "North", "--time-zone", zone)
    assert done.exit_code == 2
    assert f"没有时区“{zone}”" in done.output
    assert f"no time zone “{zone}”" in done.output
    assert not Unit.objects.filter(key="north").exists()


def test_a_unit_may_be_of_a_level(shop: Shop) -> None:
    assert type_unit("add", "north", "城北", "North", "--level", "city").exit_code == 0
    assert type_unit("level", "east", "branch").exit_code == 0
    assert type_unit("level", "west", "a b").exit_code == 1
    listed = type_unit("list").output
    assert "城北 / North  [city]" in listed
    assert "城东 / East  [branch]" in listed
    assert type_unit("level", "east").exit_code == 0
    assert "branch" not in type_unit("list").output


def test_people_may_have_skills(shop: Shop) -> None:
    assert type_user("skills", "lei", "welding", "高压电").exit_code == 0
    assert "+welding, +高压电" in type_user("list").output
    assert type_user("skills", "lei", "High Voltage").exit_code == 1
    assert directory.snapshot().missing(shop["lei"].person_id, ["welding", "gas"]) == ("gas",)
    assert type_user("skills", "lei").exit_code == 0
    assert "welding" not in type_user("list").output
    assert directory.snapshot().missing(shop["lei"].person_id, ["welding"]) == ("welding",)


def test_absences_are_entered_listed_and_ended(shop: Shop) -> None:
    options = ("--from", "2030-03-04T09:00", "--until", "2030-03-08T18:00")
    done = type_user("absence", "lei", *options, "--deputy", "han", "--role", "mender")
    assert done.exit_code == 0
    assert "韩梅" in done.output
    assert type_user("absence", "lei").output == done.output
    assert type_user("absence", "lei", *options, "--deputy", "lei").exit_code == 1
    assert type_user("absence", "lei", "--from", "2030-03-04T09:00").exit_code == 2
    assert type_user("absence", "lei", "--end", "2").exit_code == 1
    assert type_user("absence", "lei", "--end", "1").output == ""
    told = type_user("record", "lei").output
    assert "请假 2030-03-04 09:00 至 2030-03-08 18:00，代理人 韩梅" in told


def test_who_left_returns_with_their_roles(shop: Shop) -> None:
    assert type_user("leave", "lei").exit_code == 0
    assert not User.objects.get(username="lei").is_active
    assert type_user("return", "lei").exit_code == 0
    assert directory.snapshot().holds(shop["lei"].person_id, ("mender",), "east")


def test_a_unit_is_renamed_moved_closed_and_opened_again(shop: Shop) -> None:
    assert type_unit("rename", "west", "西区", "The west").exit_code == 0
    assert type_unit("move", "west", "east").exit_code == 0
    assert Unit.objects.get(key="west").path == "/hq/east/west/"
    assert "below itself" in type_unit("move", "east", "west").output
    assert "take it away first" in type_unit("close", "west").output
    for name, role in (("sun", "clerk"), ("qi", "mender")):
        assert type_user("revoke", name, role, "west").exit_code == 0
    assert type_unit("close", "west").exit_code == 0
    assert "closed" in type_unit("list").output
    assert "is closed" in type_user("grant", "qi", "mender", "west").output
    assert type_unit("reopen", "west").exit_code == 0
    assert type_unit("head", "west", "qi").exit_code == 0
    assert type_unit("head", "west").exit_code == 0
    assert Unit.objects.get(key="west").head is None


def test_a_token_is_made_listed_and_revoked(shop: Shop) -> None:
    made = type_user("token", "create", "lei", "ERP", "--scope", "read", "--scope", "work")
    assert made.exit_code == 0
    text = made.stdout.strip()
    found = tokens.find(text, now())
    assert found == shop["lei"]
    assert found is not None
    assert found.token is not None
    assert found.token.scopes == "read work"
    listed = type_user("token", "list", "lei").output
    assert "ERP  read work" in listed
    assert text not in listed
    number = str(found.token.pk)
    assert type_user("token", "revoke", "lei", number).exit_code == 0
    assert "revoked" in type_user("token", "list", "lei").output
    assert tokens.find(text, now()) is None
    assert "has no token 0" in type_user("token", "revoke", "lei", "0").output
    assert "1 to 366 days" in type_user("token", "create", "lei", "x", "--days", "0").output
    assert type_user("token", "create", "lei", "x", "--never-expires").exit_code == 0
