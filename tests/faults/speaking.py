"""HTTP as a well-behaved program speaks it: one log-in, requests with keys, time-outs."""

from __future__ import annotations

import json
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPResponse
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import quote, urlencode

TIMEOUT_S = 30.0

Address = tuple[str, int]


class NoAnswer(Exception):
    """The connection was refused, broke, or brought nothing in time."""


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    body: Any
    headers: Mapping[str, str]


class Speaker:
    """Somebody's program: it asks any of the addresses and keeps the cookies."""

    def __init__(self, addresses: Sequence[Address], chance: random.Random) -> None:
        self._addresses = addresses
        self._chance = chance
        self._cookies: dict[str, str] = {}

    def log_in(self, name: str, password: str) -> bool:
        """False where it was not let in.

        Raises:
            NoAnswer: as `ask`.
        """
        self._exchange("GET", "/desk/login", None, {})
        form = {"username": name, "password": password, "csrfmiddlewaretoken": self._token()}
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        return self._exchange("POST", "/desk/login", urlencode(form), headers).status == 302

    def _token(self) -> str:
        return self._cookies.get("csrftoken", "")

    def read(self, path: str) -> Answer:
        """Raises `NoAnswer`."""
        return self._exchange("GET", path, None, {})

    def ask(self, path: str, body: Mapping[str, Any], key: str, *, language: str = "en") -> Answer:
        """Ask for an operation under a key. Raises `NoAnswer`."""
        return self._exchange("POST", path, json.dumps(body), _headers(key, language))

    def upload(self, name: str, content: bytes, key: str) -> Answer:
        """Send a file. Raises `NoAnswer`."""
        headers = {**_headers(key, "en"), "Content-Type": "application/octet-stream"}
        return self._exchange("POST", f"/api/v1/files?name={quote(name)}", content, headers)

    def ask_and_leave(self, path: str, body: Mapping[str, Any], key: str) -> None:
        """The same, without waiting for the answer. Raises `NoAnswer`."""
        connection = self._connection()
        try:
            self._send(connection, "POST", path, json.dumps(body), _headers(key, "en"))
        except (OSError, HTTPException) as error:
            raise NoAnswer(str(error)) from error
        finally:
            connection.close()

    def _connection(self) -> HTTPConnection:
        host, port = self._chance.choice(self._addresses)
        return HTTPConnection(host, port, timeout=TIMEOUT_S)

    def _exchange(
        self, method: str, path: str, body: str | bytes | None, headers: Mapping[str, str]
    ) -> Answer:
        connection = self._connection()
        try:
            self._send(connection, method, path, body, headers)
            response = connection.getresponse()
            text = response.read()
        except (OSError, HTTPException) as error:
            raise NoAnswer(f"{type(error).__name__}: {error}") from error
        finally:
            connection.close()
        self._keep_cookies(response)
        is_json = "json" in (response.getheader("Content-Type") or "")
        return Answer(
            response.status, json.loads(text) if is_json else text, dict(response.getheaders())
        )

    def _send(
        self,
        connection: HTTPConnection,
        method: str,
        path: str,
        body: str | bytes | None,
        headers: Mapping[str, str],
    ) -> None:
        cookie = "; ".join(f"{name}={value}" for name, value in self._cookies.items())
        own = {"Cookie": cookie, "X-CSRFToken": self._token()} if cookie else {}
        # Not as characters: one that is not of Latin-1 could not be sent.
        payload = body.encode() if isinstance(body, str) else body
        connection.request(method, path, payload, {**own, **headers})

    def _keep_cookies(self, response: HTTPResponse) -> None:
        for name, value in response.getheaders():
            if name.lower() == "set-cookie":
                cookie = SimpleCookie(value)
                self._cookies.update({key: each.value for key, each in cookie.items()})


def _headers(key: str, language: str) -> dict[str, str]:
    return {
        "Content-Type": "application/json",
        "Idempotency-Key": key,
        "Accept-Language": language,
    }
