"""The description of the API: whatever is answered stands in it."""

import inspect
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.test import Client
from hypothesis import HealthCheck, given
from hypothesis import settings as bounds
from ninja import Schema
from pytest_django import Settings
from schemathesis import Case, GenerationMode
from schemathesis.specs.openapi.checks import positive_data_acceptance
from schemathesis.specs.openapi.schemas import OpenApiSchema

from tests.faces.api.conftest import token_of
from tests.runtime.shop import NINE, Shop, row
from tuoban.faces.api import on_cases, on_items, operations
from tuoban.faces.api.api import api
from tuoban.faces.api.on_cases import ON_CASE
from tuoban.faces.api.on_items import ON_ITEM
from tuoban.faces.api.openapi import description
from tuoban.runtime.cases import service
from tuoban.runtime.cases.filing.uploading import upload
from tuoban.runtime.people.tokens import SCOPES

FEW, MANY = 4, 12
"""Requests of one kind to one address, in the short run and in the long one."""
READS = {"200", "400", "401", "403", "404", "405", "422", "429", "500", "503"}
WRITES = READS | {"409", "413", "415"}
CASE = "/api/v1/cases/{number}"
METHODS = {
    "/api/v1/cases": "get post",
    CASE: "get",
    **{f"{CASE}/{name}": "get" for name in ("journal", "papers", "calls", "clocks", "items")},
    "/api/v1/work": "get",
    "/api/v1/work/next": "post",
    "/api/v1/requests": "get",
    "/api/v1/notices": "get",
    "/api/v1/files": "post",
    "/api/v1/files/{file}": "get",
    **{f"{CASE}/{name}": "get" for name in ("files", "comments")},
    "/api/v1/messages": "get post",
    "/api/v1/calendars": "get",
    "/api/v1/units/{unit}/due": "get",
    **{f"{CASE}/items/{{item}}/{name}": "post" for name in ON_ITEM},
    **{f"{CASE}/{name}": "post" for name in ON_CASE},
}
ASKED = [(address, method) for address, methods in METHODS.items() for method in methods.split()]
OF_EACH_SHAPE = (
    "/start",
    "/send",
    "/uploadFile",
    "/complete",
    "/return",
    "/correct",
    "/move",
    "/strikePaper",
)
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
    who asks is none of its matters."""
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
    assert {path: set(methods) for path, methods in found["paths"].items()} == {
        path: set(methods.split()) for path, methods in METHODS.items()
    }
    for methods in found["paths"].values():
        for method, operation in methods.items():
            assert set(operation["responses"]) == (READS if method == "get" else WRITES)
            token, session = operation["security"]
            assert (len(token["token"]), session) == (1, {"session": []})
    schemes = found["components"]["securitySchemes"]
    assert schemes["token"]["scheme"] == "bearer"
    assert all(f"`{scope}`" in schemes["token"]["description"] for scope in SCOPES)
    for response in found["components"]["responses"].values():
        assert set(response["content"]) == {"application/problem+json"}
    assert {"RateLimit", "Retry-After"} <= set(
        found["components"]["responses"]["problem429"]["headers"]
    )


def test_no_two_shapes_are_called_alike() -> None:
    """One would be described as the other."""
    kinds, found = [Schema], []
    while kinds:
        kind = kinds.pop()
        kinds += kind.__subclasses__()
        found += [kind.__name__] if kind.__module__.startswith("tuoban.") else []
    assert [name for name, times in Counter(found).items() if times > 1] == []


def test_every_list_goes_by_pages_and_every_write_takes_a_key() -> None:
    for methods in described()["paths"].values():
        for method, operation in methods.items():
            parameters = {each["name"]: each for each in operation["parameters"]}
            if operation["operationId"].startswith("list"):
                limit = parameters["limit"]["schema"]
                assert (limit["minimum"], limit["maximum"]) == (1, 100)
                assert not parameters["page"]["required"]
                assert "offset" not in parameters
            if method == "post":
                assert parameters["Idempotency-Key"]["required"]


def test_every_verb_of_the_kernel_is_offered() -> None:
    """All that takes a request key; to look at work is no wish of a program."""
    written = "".join(map(inspect.getsource, (on_items, on_cases, operations)))
    keyed = {
        name
        for name in service.__all__
        if inspect.isfunction(verb := getattr(service, name))
        and "key" in inspect.signature(verb).parameters
    }
    assert len(keyed) > 35
    # The desk opens what somebody looks at; who says something from outside does so in the portal.
    elsewhere = {"open_item", "say_from_outside"}
    assert {name for name in keyed if f"service.{name}(" not in written} == elsewhere


def furnished(shop: Shop, folder: Path, settings: Settings) -> OpenApiSchema:
    """The description of a shop in which there is something of everything."""
    settings.TUOBAN_FILES = {**settings.TUOBAN_FILES, "folder": folder, "scanner": ""}
    case = shop.start(at=NINE)
    ref = upload([b"words"], "a.txt", by=shop["mei"], at=NINE).ref
    service.attach_files(case.case_id, [ref], by=shop["mei"], at=NINE, key="attach")
    service.comment(case.case_id, "急", by=shop["mei"], at=NINE, key="comment")
    number = row(case).number
    return schemathesis.openapi.from_dict(
        narrowed(
            number=[number, "none"],
            item=[1, 2],
            unit=["east", "none"],
            calendar=["unit", "always", "standard", "none"],
            person=["lei", "none"],
            file=[ref, "none"],
        )
    )


def try_out(
    schema: OpenApiSchema, address: str, method: str, examples: int, **headers: str
) -> None:
    """Ask an address whatever its description allows, and what it does not."""
    operation = schema[address][method.upper()]
    # Where there are no parameters, none can be wrong.
    has_any = bool(operation.body or operation.query or operation.path_parameters)
    for mode in GenerationMode if has_any else [GenerationMode.POSITIVE]:

        @given(case=operation.as_strategy(generation_mode=mode))
        @bounds(
            max_examples=examples,
            suppress_health_check=list(HealthCheck),
            database=None,
            deadline=None,
            derandomize=examples == FEW,
        )
        def ask_whatever(case: Case[Any]) -> None:
            # What is well written may still lead out of all years, or be refused by a process.
            case.call_and_validate(headers=headers, excluded_checks=[positive_data_acceptance])

        ask_whatever()


@pytest.fixture
def schema(
    shop: Shop,
    served: WSGIHandler,
    tmp_path: Path,
    settings: Settings,
) -> OpenApiSchema:
    found = furnished(shop, tmp_path, settings)
    found.app = served
    return found


def is_short(address: str, method: str) -> bool:
    operation = described()["paths"][address][method]["operationId"]
    return method == "get" or f"/{operation}" in OF_EACH_SHAPE


def by_token(shop: Shop, name: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token_of(shop[name])}"}


def test_no_answer_is_missing_from_it(shop: Shop, schema: OpenApiSchema) -> None:
    asked = by_token(shop, "root")
    for address, method in ASKED:
        if is_short(address, method):
            try_out(schema, address, method, FEW, **asked)


def test_no_answer_to_nobody_is_missing_from_it(schema: OpenApiSchema) -> None:
    for address, method in ASKED:
        if is_short(address, method):
            try_out(schema, address, method, 1)


@pytest.mark.long
@pytest.mark.parametrize(("address", "method"), ASKED)
def test_no_answer_is_missing_from_it_however_often_one_asks(
    shop: Shop, schema: OpenApiSchema, address: str, method: str
) -> None:
    for name in ("root", "lei"):
        try_out(schema, address, method, MANY, **by_token(shop, name))
    try_out(schema, address, method, FEW, Authorization="Bearer tuoban_none")
