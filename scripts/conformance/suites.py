"""Suites of test cases, in the two formats that are read.

A file of single expressions has one JSON object a line, with `suite`, `case`, `expression` and
`expected`. A checkout of the DMN TCK has folders of models with files of test cases beside them.
In both, an expected value is null or an object with its kind as the only key: `boolean`,
`decimal`, `string`, `date`, `time`, `dateTime` or `duration` with a text, `list` with values,
`context` with values by name.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

Expected = Mapping[str, Any] | None

_CASES = "{http://www.omg.org/spec/DMN/20160719/testcase}"
_INSTANCE = "{http://www.w3.org/2001/XMLSchema-instance}"
_KINDS = {
    "boolean": "boolean",
    "string": "string",
    "date": "date",
    "time": "time",
    "dateTime": "dateTime",
    "duration": "duration",
    "dayTimeDuration": "duration",
    "yearMonthDuration": "duration",
    **dict.fromkeys(("decimal", "double", "float", "integer", "int", "long"), "decimal"),
}


class SuiteError(ValueError):
    """A suite that cannot be read; the text says what and where."""


@dataclass(frozen=True, slots=True)
class Case:
    """One expected result.

    Attributes:
        suite, case: the names by which a deviation is listed.
        folder, file: what the result file calls the suite and the file of the case.
        expression: what is evaluated; "" where a model is asked.
        model: the file of the model, `asked` the decision, service or function in it, and `part`
            the name of the result in the context that it may give.
    """

    suite: str
    case: str
    folder: str
    file: str
    expected: Expected
    expression: str = ""
    model: Path | None = None
    asked: str = ""
    part: str = ""
    inputs: Mapping[str, Expected] = field(default_factory=dict)


def read_suite(path: Path) -> Iterator[Case]:
    """The cases of a file of single expressions or of a checkout of the TCK.

    Raises:
        SuiteError: there is none at `path`, or it cannot be read.
    """
    if path.is_file():
        return _read_lines(path)
    folders = sorted(path.glob("TestCases/compliance-level-*/*/")) or sorted(
        path.glob("compliance-level-*/*/")
    )
    if not folders:
        raise SuiteError(f"{path} is neither a file of expressions nor a checkout of the TCK")
    return (case for folder in folders for case in _read_folder(folder))


def _read_lines(path: Path) -> Iterator[Case]:
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                row = json.loads(line)
                suite, case, expected = row["suite"], row["case"], row["expected"]
                yield Case(suite, case, suite, suite, expected, row["expression"])
            except (ValueError, KeyError, TypeError) as error:
                raise SuiteError(f"{path}:{number}: {error!r}") from None


def _read_folder(folder: Path) -> Iterator[Case]:
    for path in sorted(folder.glob("*-test-*.xml")):
        try:
            root = ElementTree.parse(path).getroot()  # noqa: S314 - the developer's own checkout
        except ElementTree.ParseError as error:
            raise SuiteError(f"{path}: {error}") from None
        model = folder / (root.findtext(f"{_CASES}modelName") or f"{folder.name}.dmn").strip()
        for element in root.iter(f"{_CASES}testCase"):
            yield from _read_case(element, folder, path, model)


def _read_case(
    element: ElementTree.Element, folder: Path, path: Path, model: Path
) -> Iterator[Case]:
    inputs = {each.get("name", ""): _value(each) for each in element.iter(f"{_CASES}inputNode")}
    for result in element.iter(f"{_CASES}resultNode"):
        expected = result.find(f"{_CASES}expected")
        name = result.get("name", "")
        yield Case(
            suite=folder.name,
            case=element.get("id", ""),
            folder=f"{folder.parent.name}/{folder.name}",
            file=path.stem,
            expected=None if expected is None else _value(expected),
            model=model,
            asked=element.get("invocableName") or name,
            part=name,
            inputs=inputs,
        )


def _value(element: ElementTree.Element) -> Expected:
    """The value inside an element: a `value`, a `list` of items or components of a context."""
    listed = element.find(f"{_CASES}list")
    if listed is not None:
        if _is_nil(listed):
            return None
        return {"list": [_value(item) for item in listed.findall(f"{_CASES}item")]}
    components = element.findall(f"{_CASES}component")
    if components:
        return {"context": {each.get("name", ""): _value(each) for each in components}}
    value = element.find(f"{_CASES}value")
    if value is None or _is_nil(element) or _is_nil(value):
        return None
    written = value.get(f"{_INSTANCE}type", "string").rpartition(":")[2]
    kind = _KINDS.get(written)
    if kind is None:
        raise SuiteError(f"a value of the unknown type {written}")
    text = value.text or ""
    return {kind: text if kind == "string" else text.strip()}


def _is_nil(element: ElementTree.Element) -> bool:
    return element.get(f"{_INSTANCE}nil") in ("true", "1")
