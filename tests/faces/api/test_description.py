"""The description of the API: whatever is answered stands in it."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.conf import settings as django_settings
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.test import Client
from hypothesis import HealthCheck, given, settings
from schemathesis import Case, GenerationMode
from schemathesis.specs.openapi.checks import positive_data_acceptance

from tests.faces.api.conftest import Ask
from tests.runtime.shop import NINE, Shop, row
from tuoban.faces.api import operations
from tuoban.faces.api.api import api
from tuoban.faces.api.openapi import description

EXAMPLES = 25
STATUSES = {"200", "400", "401", "404", "405", "422", "500", "503"}
CASE = "/api/v1/cases/{number}"
METHODS = {
    "/api/v1/calendars": "get",
    "/api/v1/files": "post",
    "/api/v1/files/{file}": "get",
    f"{CASE}/clocks": "get",
    f"{CASE}/files": "get",
    f"{CASE}/comments": "get",
    f"{CASE}/items": "get",
    "/api/v1/units/{unit}/due": "get",
    "/api/v1/cases": "post",
    **{f"{CASE}/items/{{item}}/{name}": "post" for name in operations.ON_ITEM},
    **{f"{CASE}/{name}": "post" for name in operations.ON_CASE},
}

TRIED = [
    "/api/v1/cases",
    *(
        address
        for address, method in METHODS.items()
        if method == "get" and "{file}" not in address  # no text is none of the right form
    ),
    f"{CASE}/items/{{item}}/complete",
    f"{CASE}/items/{{item}}/return",
    f"{CASE}/correct",
]
"""Operations are rows of one table; these take every shape of body that there is."""


@pytest.fixture
def served() -> Iterator[WSGIHandler]:
    """The whole site. As with Django's own client, no request lets go of the test's connection."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield get_wsgi_application()
    for signal in signals:
        signal.connect(close_old_connections)


def described() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(json.dumps(description(api)))
    return found


def narrowed(**values: list[Any]) -> dict[str, Any]:
    """The description in which a parameter takes these values alone, so that some are there, and
    nobody has to log in, as somebody has."""
    found = described()
    for operation in (each for methods in found["paths"].values() for each in methods.values()):
        del operation["security"]
        for parameter in operation["parameters"]:
            if parameter["name"] in values:
                parameter["schema"] |= {"enum": values[parameter["name"]]}
    return found


def test_everybody_may_read_it(db: None) -> None:
    answer = Client().get("/api/v1/openapi.json")
    assert answer.status_code == 200
    assert answer.json() == described()
    assert answer.json()["openapi"].startswith("3.1")


def test_there_is_no_page_that_loads_foreign_scripts(db: None) -> None:
    assert Client().get("/api/v1/docs").status_code == 404


def test_every_operation_describes_every_answer() -> None:
    found = described()
    assert set(found["paths"]) == set(METHODS)
    for address, methods in found["paths"].items():
        ((method, operation),) = methods.items()
        assert method == METHODS[address]
        assert set(operation["responses"]) == STATUSES | ({"409"} if method == "post" else set())
        assert operation["security"] == [{"Session": []}]
    for response in found["components"]["responses"].values():
        assert set(response["content"]) == {"application/problem+json"}


@pytest.mark.parametrize("address", TRIED)
def test_no_answer_is_missing_from_it(
    shop: Shop, ask: Ask, served: WSGIHandler, address: str
) -> None:
    number = row(shop.start(at=NINE)).number
    schema = schemathesis.openapi.from_dict(
        narrowed(
            number=[number, "none"],
            item=[1, 2],
            unit=["east", "none"],
            calendar=["unit", "always", "standard", "none"],
            person=["lei", "none"],
        )
    )
    schema.app = served
    cookie = django_settings.SESSION_COOKIE_NAME
    key = ask("lei").cookies[cookie].value
    # Where there are no parameters, none can be wrong.
    modes = list(GenerationMode) if "{" in address else [GenerationMode.POSITIVE]
    for mode in modes:
        method = METHODS[address].upper()

        @given(case=schema[address][method].as_strategy(generation_mode=mode))
        @settings(max_examples=EXAMPLES, suppress_health_check=list(HealthCheck), database=None)
        def ask_whatever(case: Case[Any]) -> None:
            # What is well written may still lead out of all years, which is answered with 422.
            case.call_and_validate(
                cookies={cookie: key}, excluded_checks=[positive_data_acceptance]
            )

        ask_whatever()
