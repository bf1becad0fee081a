"""The form of a page of hours as a browser sends it."""

from __future__ import annotations

from django.test import Client

from tests.faces.desk.page import Answer, Element, Page

Form = dict[str, list[str]]


def form_of(answer: Answer) -> Form:
    """Every entry of the editor with what it holds."""
    editor = Page(answer).by_id("editor")
    assert editor is not None
    found: Form = {}
    for each in editor.walk():
        name, value = each.attributes.get("name", ""), _value(each)
        if name and value is not None:
            found.setdefault(name, []).append(value)
    return found


def _value(element: Element) -> str | None:
    if element.tag == "select":
        options = [each for each in element.walk() if each.tag == "option"]
        chosen = [each for each in options if "selected" in each.attributes] or options[:1]
        return chosen[0].attributes.get("value", "")
    kind = element.attributes.get("type", "")
    if element.tag != "input" or (
        kind in ("radio", "checkbox") and "checked" not in element.attributes
    ):
        return None
    return element.attributes.get("value", "")


def press(client: Client, answer: Answer, act: str, **typed: str) -> Answer:
    """Type into the form of a page, then press a button; names are written with `_` for `.`."""
    form = form_of(answer)
    for name, value in typed.items():
        form[name.replace("_", ".")] = [value]
    response = client.post(_address(answer), {**form, "act": act})
    assert response.status_code < 500
    return response


def _address(answer: Answer) -> str:
    editor = Page(answer).by_id("editor")
    assert editor is not None
    return editor.attributes["action"]
