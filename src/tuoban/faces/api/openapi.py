"""The description of the API in OpenAPI 3.1, in which every answer stands."""

from __future__ import annotations

from functools import cache
from http import HTTPStatus
from typing import Any

from ninja import NinjaAPI

from tuoban.faces.api.problems import KINDS, MEDIA_TYPE, Problem

_REFERENCE = "#/components/schemas/{model}"
_REFUSED = (HTTPStatus.CONFLICT, HTTPStatus.UNPROCESSABLE_ENTITY)
_HEADERS = {
    405: {"Allow": "What the address can be asked with."},
    503: {"Retry-After": "Seconds after which to ask again."},
}


@cache
def description(api: NinjaAPI) -> dict[str, Any]:
    """What `api` takes and answers: its own results, and the problems that any address may have."""
    written: dict[str, Any] = dict(api.get_openapi_schema())
    schemas = written["components"]["schemas"]
    own = Problem.model_json_schema(ref_template=_REFERENCE)
    schemas.update(own.pop("$defs"))
    schemas["Problem"] = own
    written["components"]["responses"] = {
        f"problem{status}": _response(status) for status in _statuses()
    }
    for methods in written["paths"].values():
        for method, operation in methods.items():
            operation["responses"].update(_problems(acts=method == "post"))
    return written


def _statuses() -> list[int]:
    return sorted({HTTPStatus.CONFLICT, *(int(kind.status) for kind in KINDS.values())})


def _problems(*, acts: bool) -> dict[int, dict[str, str]]:
    """Of what only reads, nothing is refused because of what others did."""
    found = (status for status in _statuses() if acts or status != HTTPStatus.CONFLICT)
    return {status: {"$ref": f"#/components/responses/problem{status}"} for status in found}


def _response(status: int) -> dict[str, Any]:
    codes = [f"`{code}`" for code, kind in KINDS.items() if kind.status == status]
    if status in _REFUSED:
        codes.append("the code of a refusal")
    found: dict[str, Any] = {
        "description": " or ".join(codes),
        "content": {MEDIA_TYPE: {"schema": {"$ref": _REFERENCE.format(model="Problem")}}},
    }
    if status in _HEADERS:
        found["headers"] = {
            name: {"description": told, "schema": {"type": "string"}}
            for name, told in _HEADERS[status].items()
        }
    return found
