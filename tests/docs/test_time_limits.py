"""Every example of the page on writing time limits compiles, and the others link to it."""

from __future__ import annotations

import re
from pathlib import Path
from textwrap import indent

import pytest

from tuoban.kernel.language import check_pack

DOCS = Path(__file__).parents[2] / "docs"
PAGE = (DOCS / "how-to" / "time-limits.md").read_text("utf-8")


def blocks(kind: str) -> list[str]:
    found = re.findall(rf"```yaml {kind}\n(.*?)```", PAGE, re.DOTALL)
    assert found, kind
    return [str(each) for each in found]


@pytest.mark.parametrize("process", blocks("process"))
def test_an_example_compiles_with_what_the_page_declares(process: str) -> None:
    (header,) = blocks("header")
    report = check_pack(f"{header}process:\n{indent(process, '  ')}")
    assert report.problems == ()


def test_the_other_way_to_open_the_call_compiles_too() -> None:
    (header,) = blocks("header")
    (agreed,) = (each for each in blocks("process") if "opens:" in each)
    (instead,) = re.findall(r"`(opens: [^`]+)`", PAGE)
    process = re.sub(r"opens: [^,]+", instead, agreed)
    assert process != agreed
    report = check_pack(f"{header}process:\n{indent(process, '  ')}")
    assert report.problems == ()


def test_no_yaml_on_the_page_goes_untested() -> None:
    assert not re.findall(r"```yaml\n", PAGE)


@pytest.mark.parametrize("name", ["how-to/time-limits.md", "explanation/clocks.md"])
def test_links_between_the_pages_lead_somewhere(name: str) -> None:
    page = DOCS / name
    for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", page.read_text("utf-8")):
        assert (page.parent / target).exists(), target
