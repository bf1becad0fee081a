"""The table of refusals and the code that raises them stay together."""

from __future__ import annotations

import re
import string
from pathlib import Path

import pytest

import tuoban.kernel
from tuoban.kernel.definition import Text
from tuoban.kernel.refusals import TEXTS, Refused

KERNEL = Path(tuoban.kernel.__path__[0])
RAISING = re.compile(r"(?:Refused|BadValue|Problem|refuse)\(\s*\"([a-z-]+)\"")
PASSED_ON = re.compile(r"_decimal\(raw, \"([a-z-]+)\"\)")

BY_SERVICES = {
    "activity",
    "default-follows",
    "file-changed",
    "file-empty",
    "file-gone",
    "file-infected",
    "file-not-kept",
    "file-type-unknown",
    "file-waits",
    "too-many-files",
}
"""Raised outside the kernel: by what carries out an activity, pages, who keeps the files of
customers, and who keeps what is uploaded."""


def raised() -> set[str]:
    files = [
        path for part in ("*.py", "refusals/*.py", "engine/**/*.py") for path in KERNEL.glob(part)
    ]
    text = "\n".join(path.read_text("utf-8") for path in files)
    conditional = re.findall(r'Refused\("([a-z-]+)" if .* else "([a-z-]+)"\)', text)
    both = {code for pair in conditional for code in pair}
    return set(RAISING.findall(text)) | set(PASSED_ON.findall(text)) | both | BY_SERVICES


def test_every_code_that_is_raised_has_a_text_and_every_text_a_use() -> None:
    assert raised() == set(TEXTS)


@pytest.mark.parametrize("code", TEXTS)
def test_both_languages_name_the_same_facts(code: str) -> None:
    zh, en = (
        {name for _, name, _, _ in string.Formatter().parse(text) if name}
        for text in (TEXTS[code].zh, TEXTS[code].en)
    )
    assert zh == en


@pytest.mark.parametrize("code", TEXTS)
def test_chinese_is_chinese_and_english_is_not(code: str) -> None:
    chinese = re.compile(r"[\u4e00-\u9fff]")
    if code in ("rule", "activity"):  # carry the words of the pack, or of a service
        return
    assert chinese.search(TEXTS[code].zh)
    assert not chinese.search(TEXTS[code].en)


def test_reasons_that_are_sentences_follow_one_another() -> None:
    reasons = [Text("甲没有。", "No A."), Text("乙没有。", "No B.")]
    refused = Refused("not-migratable", {"version": "2", "reasons": reasons})
    assert refused.read("zh").endswith("：甲没有。乙没有。")
    assert refused.read("en").endswith(": No A. No B.")
