"""The description of the API in OpenAPI 3.1, in which every answer stands."""

from __future__ import annotations

from functools import cache
from typing import Any

from ninja import NinjaAPI

from tuoban.faces.api.problems import KINDS, MEDIA_TYPE, Problem

_REFERENCE = "#/components/schemas/{model}"
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
        for operation in methods.values():
            operation["responses"].update(_problems())
    return written


def _statuses() -> list[int]:
    return sorted({int(kind.status) for kind in KINDS.values()})


def _problems() -> dict[int, dict[str, str]]:
    return {status: {"$ref": f"#/components/responses/problem{status}"} for status in _statuses()}


def _response(status: int) -> dict[str, Any]:
    codes = [code for code, kind in KINDS.items() if kind.status == status]
    found: dict[str, Any] = {
        "description": " or ".join(f"`{code}`" for code in codes),
        "content": {MEDIA_TYPE: {"schema": {"$ref": _REFERENCE.format(model="Problem")}}},
    }
    if status in _HEADERS:
        found["headers"] = {
            name: {"description": told, "schema": {"type": "string"}}
            for name, told in _HEADERS[status].items()
        }
    return found
