"""The description of the API in OpenAPI 3.1, in which every answer stands."""

from __future__ import annotations

from functools import cache
from http import HTTPStatus
from typing import Any

from ninja import NinjaAPI

from tuoban.faces.api.limits import HEADERS
from tuoban.faces.api.problems import KINDS, MEDIA_TYPE, Problem
from tuoban.faces.api.signed_in import SCHEMES, Access

_REFERENCE = "#/components/schemas/{model}"
_REFUSED = (HTTPStatus.CONFLICT, HTTPStatus.UNPROCESSABLE_ENTITY)
_OF_ACTS = frozenset(
    {
        HTTPStatus.CONFLICT,
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
    }
)
"""Of what only reads, nothing is refused because of what others did, or of its body."""
_LATER = {"Retry-After": "Seconds after which to ask again."}
_HEADERS = {
    401: {"WWW-Authenticate": "`Bearer`: a token is asked for."},
    405: {"Allow": "What the address can be asked with."},
    429: {**_LATER, **HEADERS},
    503: _LATER,
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
    written["components"]["securitySchemes"] = SCHEMES
    scopes = _scopes(api)
    for methods in written["paths"].values():
        for method, operation in methods.items():
            operation["responses"].update(_problems(acts=method == "post"))
            scope = scopes[operation["operationId"]]
            operation["security"] = [{"token": [scope]}, {"session": []}]
    return written


def _scopes(api: NinjaAPI) -> dict[str, str]:
    """What a token must be made for, by operation."""
    found: dict[str, str] = {}
    for router in api._get_bound_routers():
        for view in router.path_operations.values():
            for each in view.operations:
                (access,) = each.auth_callbacks or (None,)
                if isinstance(access, Access) and each.operation_id:
                    found[each.operation_id] = access.scope
    return found


def _statuses() -> list[int]:
    return sorted({HTTPStatus.CONFLICT, *(int(kind.status) for kind in KINDS.values())})


def _problems(*, acts: bool) -> dict[int, dict[str, str]]:
    found = (status for status in _statuses() if acts or status not in _OF_ACTS)
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
