"""Guesses at passwords are slowed down; the owner of a name is not kept out by them."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client

from tests.faces.desk.page import Page
from tests.runtime.shop import NINE
from tuoban.faces.desk import throttle
from tuoban.faces.desk.throttle import FAILURES_ALLOWED
from tuoban.runtime.people import attempts
from tuoban.runtime.people.attempts import PAUSE, Counter
from tuoban.runtime.people.models import LogInCount, User
from tuoban.runtime.people.service import create_user

PASSWORD = "a long enough password"


@pytest.fixture
def wang(db: None) -> User:
    return create_user("wang", "王敏", password=PASSWORD, language="en", at=NINE)


def let_in(
    client: Client, password: str = PASSWORD, name: str = "wang", address: str = "10.0.0.1"
) -> bool:
    answer = client.post(
        "/desk/login", {"username": name, "password": password}, REMOTE_ADDR=address
    )
    return answer.status_code == 302


def guess(times: int, name: str = "wang", address: str = "10.0.0.1") -> None:
    for _ in range(times):
        assert not let_in(Client(), "wrong", name, address)


def test_after_some_failures_even_the_right_password_has_to_wait(wang: User) -> None:
    guess(FAILURES_ALLOWED)
    answer = Client().post(
        "/desk/login", {"username": "Wang", "password": PASSWORD}, REMOTE_ADDR="10.0.0.1"
    )
    assert answer.status_code == 422
    assert "失败次数过多" in Page(answer).text
    assert let_in(Client(), address="10.0.0.2")


def test_a_log_in_that_goes_well_forgets_earlier_failures(wang: User) -> None:
    for _ in range(2):
        guess(FAILURES_ALLOWED - 1)
        assert let_in(Client())


def test_failures_on_hundreds_of_invented_names_do_not_free_a_paused_one(
    wang: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(throttle, "FAILURES_ALLOWED_FROM_AN_ADDRESS", 1000)
    guess(FAILURES_ALLOWED)
    for number in range(320):
        guess(1, name=f"nobody-{number}")
    assert not let_in(Client())


def test_guesses_on_many_names_from_one_address_have_to_pause(wang: User) -> None:
    for number in range(throttle.FAILURES_ALLOWED_FROM_AN_ADDRESS):
        guess(1, name=f"nobody-{number}")
    assert not let_in(Client())
    assert let_in(Client(), address="10.0.0.2")


def test_the_addresses_of_one_ipv6_network_count_as_one(wang: User) -> None:
    for number in range(FAILURES_ALLOWED):
        guess(1, address=f"2001:db8::{number + 1:x}")
    assert not let_in(Client(), address="2001:db8::ffff")
    assert let_in(Client(), address="2001:db8:0:1::1")


def test_addresses_of_ipv4_that_a_socket_of_ipv6_tells_count_one_by_one(wang: User) -> None:
    guess(FAILURES_ALLOWED, address="::ffff:10.0.0.1")
    assert not let_in(Client(), address="10.0.0.1")
    assert let_in(Client(), address="::ffff:10.0.0.2")


def test_guesses_on_one_name_from_many_addresses_keep_out_only_browsers_that_are_new_to_it(
    wang: User,
) -> None:
    known = Client()
    assert let_in(known)
    known.post("/desk/logout")
    for number in range(throttle.FAILURES_ALLOWED_ON_A_NAME):
        guess(1, address=f"10.0.1.{number}")
    assert not let_in(Client(), address="10.0.0.2")
    assert let_in(known)


def test_a_known_browser_has_a_counter_of_its_own_that_pauses_too(wang: User) -> None:
    known = Client()
    assert let_in(known)
    known.post("/desk/logout")
    for _ in range(FAILURES_ALLOWED):
        assert not let_in(known, "wrong")
    assert not let_in(known)
    assert let_in(Client())


def test_a_browser_is_known_for_the_name_that_logged_in_there_and_no_other(wang: User) -> None:
    create_user("zhang", "张伟", password=PASSWORD, at=NINE)
    known = Client()
    assert let_in(known, name="zhang")
    for cookie in list(known.cookies):
        if cookie.startswith("known-"):
            stolen = known.cookies[cookie].value
            known.cookies[throttle._cookie("wang")] = stolen
    guess(FAILURES_ALLOWED)
    assert not let_in(known)


def test_a_pause_ends_and_is_not_made_longer_by_trying(db: None) -> None:
    counter = Counter("test", 2)
    assert [attempts.count_in([counter], NINE) for _ in range(3)] == [True, True, False]
    assert not attempts.count_in([counter], NINE + PAUSE - timedelta(seconds=1))
    assert attempts.count_in([counter], NINE + PAUSE)


def test_failures_do_not_add_up_over_a_day(db: None) -> None:
    counter = Counter("office", 2)
    moments = [NINE + number * (PAUSE / 2) for number in range(50)]
    assert all(attempts.count_in([counter], at) for at in moments)


def test_what_is_refused_by_one_counter_is_counted_by_none(db: None) -> None:
    full, other = Counter("full", 0), Counter("other", 1)
    assert not attempts.count_in([other, full], NINE)
    assert attempts.count_in([other], NINE)


def test_old_counts_are_deleted(db: None) -> None:
    attempts.count_in([Counter("old", 5)], NINE)
    attempts.count_in([Counter("new", 5)], NINE + PAUSE)
    assert LogInCount.objects.get().key == Counter("new", 5).key


@pytest.mark.django_db(transaction=True)
def test_guesses_made_at_the_same_time_do_not_all_pass() -> None:
    def try_once(_: int) -> bool:
        with closing(connection):
            return attempts.count_in([Counter("name", 5), Counter("address", 100)], NINE)

    with ThreadPoolExecutor(20) as pool:
        assert sum(pool.map(try_once, range(20))) == 5
