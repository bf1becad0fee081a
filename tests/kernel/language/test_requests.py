"""Requests: for whom they are made, and when they may be."""

from __future__ import annotations

import pytest

from tests.kernel.language.support import compiled, pack, refused
from tuoban.kernel.definition import FormEntry

FIELDS = """
  amount: {type: integer, zh: 数量}
  note: {type: text, zh: 说明}
  buyer: {type: customer, zh: 买方}"""


def asking(keys: str) -> str:
    """A pack with a request that says this beside who may make it."""
    start = f"{{request: ask, zh: 申请, by: [clerk, head], {keys}}}"
    return pack(
        fields=FIELDS,
        settings="{taken: {type: boolean, default: true, zh: 受理}}",
        starts=f"\n  - {start}\n  - {{request: other, zh: 其他, by: clerk, form: [note]}}",
    )


@pytest.mark.parametrize("whom", ["buyer", "customer"])
def test_the_customer_is_asked_first_and_must_be_told(whom: str) -> None:
    start = compiled(asking(f"for: {whom}, form: [amount]")).starts["ask"]
    asked = [entry for section in start.form for entry in section.entries]
    assert asked == [FormEntry("buyer", required=True), FormEntry("amount")]


@pytest.mark.parametrize(
    ("keys", "code"),
    [
        ("for: ▸buyr, form: [amount]", "unknown-field"),
        ("for: ▸amount, form: [note]", "not-a-customer"),
        ("for: ▸buyer, form: [buyer]", "listed-twice"),
        ("for: ▸[buyer], form: [amount]", "unexpected-kind"),
        ("when: ▸amount, form: [amount]", "wrong-kind"),
        ("when: ▸note = null, form: [amount]", "unknown-name"),
        ("when: ▸now > start.at, form: [amount]", "no-clock-here"),
        ("▸fields: {x: {type: text, zh: 甲}}, form: [amount]", "unknown-key"),
    ],
)
def test_a_mistake_is_told_at_its_place(keys: str, code: str) -> None:
    assert refused(asking(keys)).code == code


def test_when_reads_settings_the_start_and_what_is_entered() -> None:
    keys = "when: settings.taken and amount > 1 and start.by != null, form: [amount]"
    when = compiled(asking(keys)).starts["ask"].when
    assert when is not None
    assert set(when.names) == {"settings", "amount", "start"}
