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
from tuoban.faces.api.api import api
from tuoban.faces.api.openapi import description

EXAMPLES = 40
STATUSES = {"200", "400", "401", "404", "405", "422", "500", "503"}
ADDRESSES = {
    "/api/v1/calendars",
    "/api/v1/cases/{number}/clocks",
    "/api/v1/units/{unit}/due",
}


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


def narrowed(**values: list[str]) -> dict[str, Any]:
    """The description in which a parameter takes these values alone, so that some are there, and
    nobody has to log in, as somebody has."""
    found = described()
    for operation in (methods["get"] for methods in found["paths"].values()):
        del operation["security"]
        for parameter in operation["parameters"]:
            if parameter["name"] in values:
                parameter["schema"] = {"type": "string", "enum": values[parameter["name"]]}
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
    assert set(found["paths"]) == ADDRESSES
    for methods in found["paths"].values():
        assert set(methods) == {"get"}
        assert set(methods["get"]["responses"]) == STATUSES
        assert methods["get"]["security"] == [{"Session": []}]
    for response in found["components"]["responses"].values():
        assert set(response["content"]) == {"application/problem+json"}


@pytest.mark.parametrize("address", sorted(ADDRESSES))
def test_no_answer_is_missing_from_it(
    shop: Shop, ask: Ask, served: WSGIHandler, address: str
) -> None:
    number = row(shop.start(at=NINE)).number
    schema = schemathesis.openapi.from_dict(
        narrowed(
            number=[number, "none"],
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

        @given(case=schema[address]["GET"].as_strategy(generation_mode=mode))
        @settings(max_examples=EXAMPLES, suppress_health_check=list(HealthCheck), database=None)
        def ask_whatever(case: Case[Any]) -> None:
            # What is well written may still lead out of all years, which is answered with 422.
            case.call_and_validate(
                cookies={cookie: key}, excluded_checks=[positive_data_acceptance]
            )

        ask_whatever()
