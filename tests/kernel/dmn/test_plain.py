"""Values as JSON has them, read by types."""

from typing import Any

from tests.kernel.dmn.support import written
from tuoban.kernel.dmn import from_plain


def test_values_as_deep_as_anybody_likes_stay_within_the_stack() -> None:
    model = written(
        '<itemDefinition name="t" isCollection="true"><typeRef>date</typeRef></itemDefinition>'
        '<inputData id="i" name="i"><variable name="i" typeRef="t"/></inputData>'
    )
    value: Any = "2026-03-15"
    for _ in range(50_000):
        value = [value]
    assert from_plain(value, model.part("i").type)
