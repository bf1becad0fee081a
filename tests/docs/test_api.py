"""The page about the API says what the API does."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from django.test import Client
from django.utils.translation import override

from tests.runtime.shop import open_shop
from tuoban.faces.api.acting import Operation
from tuoban.faces.api.api import api
from tuoban.faces.api.on_cases import ON_CASE
from tuoban.faces.api.on_items import ON_ITEM
from tuoban.faces.api.openapi import description
from tuoban.faces.api.problems import KINDS

PAGE = (Path(__file__).parents[2] / "docs" / "reference" / "api.md").read_text("utf-8")


def rows(head: str) -> Iterator[list[str]]:
    """The rows of the table whose head begins with a word, without their back ticks."""
    table = re.search(rf"^\| {head} \|.*\n\|[-|]+\n((?:\|.*\n)+)", PAGE, re.MULTILINE)
    assert table is not None
    for line in table[1].splitlines():
        yield [cell.strip().strip("`") for cell in line.strip("|").split("|")]


def test_every_address_is_on_the_page() -> None:
    read = [path for path, methods in description(api)["paths"].items() if "get" in methods]
    assert [row[0] for row in rows("address")] == read


@pytest.mark.parametrize(("head", "table"), [("on an item", ON_ITEM), ("on a case", ON_CASE)])
def test_every_operation_is_on_the_page_with_its_body(
    head: str, table: Mapping[str, Operation]
) -> None:
    told = {name: set(re.findall(r"`([a-z]+)`", f"`{body}`")) for name, _, body in rows(head)}
    assert list(told) == list(table)
    for name, operation in table.items():
        assert told[name] == set(operation.body.model_fields)


def test_every_parameter_is_on_the_page() -> None:
    parameters = description(api)["paths"]["/api/v1/units/{unit}/due"]["get"]["parameters"]
    queried = [each["name"] for each in parameters if each["in"] == "query"]
    assert [row[0] for row in rows("parameter")] == queried


def test_every_problem_is_on_the_page() -> None:
    assert list(rows("code")) == [
        [code, str(int(kind.status)), *_titles(code)] for code, kind in KINDS.items()
    ]


def _titles(code: str) -> Iterator[str]:
    for language in ("zh-hans", "en"):
        with override(language):
            yield str(KINDS[code].title)


@pytest.mark.django_db
def test_the_example_is_answered_as_printed() -> None:
    shop = open_shop()
    blocks = re.findall(r"^```(\w*)\n(.+?)^```$", PAGE, re.DOTALL | re.MULTILINE)
    address, answer = (text for kind, text in blocks if kind != "sh")
    client = Client()
    client.force_login(shop["lei"])
    assert client.get(address.strip()).json() == json.loads(answer)
