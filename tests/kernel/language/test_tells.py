"""`tell`: who is told, by which channel, in which words."""

from __future__ import annotations

import pytest

from tests.kernel.language.support import compiled, pack, refused
from tuoban.kernel.definition import Message, MessagePart, Tell
from tuoban.kernel.language import check_pack

ROLES = "{clerk: 文员, head: 主管, customer: {zh: 客户, recorded-by: clerk}}"


def with_tell(tell: str = "", step: str = "by: clerk") -> str:
    extra = f"\n  - {tell}" if tell else ""
    return pack(
        roles=ROLES,
        process=f"\n  - {{step: work, zh: 办理, {step}}}{extra}\n  - {{end: done, zh: 完成}}",
    )


def test_a_notice_to_roles_with_fields_in_it() -> None:
    text = with_tell('{tell: {head: inbox, clerk: inbox}, text: "{amount} 件：{note}"}')
    tell = compiled(text).nodes["tell.1"].holding(Tell)
    parts: tuple[MessagePart, ...] = (("field", "amount"), ("text", " 件："), ("field", "note"))
    assert tell == Tell(("head", "clerk"), Message(parts, parts))
    assert tell.text is not None
    assert tell.text.fields == ("amount", "note")


def test_a_text_in_both_languages_and_in_the_file_beside_the_pack() -> None:
    both = with_tell('{tell: {head: inbox}, text: {zh: "办了{amount}", en: "{amount} done"}}')
    message = compiled(both).nodes["tell.1"].holding(Tell).text
    assert message is not None
    assert message.en == (("field", "amount"), ("text", " done"))

    one = with_tell('{tell: {head: inbox}, text: "办了{amount}"}')
    report = check_pack(one, translations='办了{amount}: "done: {amount}"\n')
    assert report.definition is not None
    beside = report.definition.nodes["tell.1"].holding(Tell).text
    assert beside is not None
    assert beside.en == (("text", "done: "), ("field", "amount"))


def test_a_translation_with_an_unknown_field_is_told_where_the_text_stands() -> None:
    text = with_tell('{tell: {head: inbox}, text: "办了{amount}"}')
    report = check_pack(text, translations='办了{amount}: "done: {amout}"\n')
    assert [each.code for each in report.problems] == ["unknown-field"]


def test_a_step_tells_with_and_without_words_of_its_own() -> None:
    plain = compiled(with_tell(step="by: clerk, tell: {performer: inbox}"))
    assert plain.nodes["work"].step.tell == Tell(("performer",))
    worded = compiled(with_tell(step="by: clerk, tell: {head: inbox}, text: 来活了"))
    tell = worded.nodes["work"].step.tell
    assert tell is not None
    assert tell.text is not None


@pytest.mark.parametrize(
    ("tell", "code"),
    [
        ("▸{tell: {head: inbox}}", "key-missing"),
        ("{tell: ▸head, text: 好}", "unexpected-kind"),
        ("{tell: ▸{}, text: 好}", "empty-list"),
        ("{tell: {▸boss: inbox}, text: 好}", "unknown-role"),
        ("{tell: {▸performer: inbox}, text: 好}", "no-performer-here"),
        ("{tell: {▸customer: sms}, text: 好}", "no-address"),
        ("{tell: {▸customer: mail}, text: 好}", "no-address"),
        ("{tell: {head: [inbox, ▸letter]}, text: 好}", "unknown-word"),
        ("{tell: {head: ▸letter}, text: 好}", "unknown-word"),
        ("{tell: {▸customer: inbox}, text: 好}", "no-inbox"),
        ('{tell: {head: inbox}, text: "▸{amout}"}', "unknown-field"),
        ('{tell: {head: inbox}, text: "好▸}"}', "stray-brace"),
        ("{tell: {head: inbox}, text: ▸[好]}", "unexpected-kind"),
    ],
)
def test_what_is_no_tell(tell: str, code: str) -> None:
    assert refused(with_tell(tell)).code == code


@pytest.mark.parametrize(
    ("fields", "channels"),
    [
        ("phone_no: {type: phone, zh: 电话, personal: true}", "sms"),
        ("buyer: {type: customer, zh: 客户}", "[sms, mail]"),
        (
            "a: {type: customer, zh: 甲}\n  b: {type: phone, zh: 乙}\n  "
            "customer: {type: customer, zh: 客户}",
            "mail",
        ),
    ],
)
def test_an_outside_party_is_told_where_the_case_says_how(fields: str, channels: str) -> None:
    text = with_tell(f"{{tell: {{customer: {channels}, clerk: [inbox, sms]}}, text: 好}}")
    names = ", ".join(line.strip().split(":")[0] for line in fields.splitlines())
    known = f"\n  {fields}\n  amount: {{type: integer, zh: 数量}}\n  note: {{type: text, zh: 说明}}"
    starts = f"[{{request: ask, zh: 申请, by: clerk, form: [amount, note, {names}]}}]"
    whole = pack(roles=ROLES, fields=known, starts=starts, process=text.partition("process:")[2])
    tell = compiled(whole).nodes["tell.1"].holding(Tell)
    assert tell.to == ("clerk",)
    assert tell.beyond[-1] == ("clerk", "sms")
    assert {whom for whom, _ in tell.beyond} == {"customer", "clerk"}


def test_several_numbers_do_not_say_which_is_meant() -> None:
    fields = (
        "\n  a: {type: phone, zh: 甲}\n  b: {type: phone, zh: 乙}"
        "\n  amount: {type: integer, zh: 数量}\n  note: {type: text, zh: 说明}"
    )
    starts = "[{request: ask, zh: 申请, by: clerk, form: [a, b, amount, note]}]"
    text = with_tell("{tell: {▸customer: sms}, text: 好}").partition("process:")[2]
    whole = pack(roles=ROLES, fields=fields, starts=starts, process=text)
    assert refused(whole).code == "no-address"


def test_a_step_with_words_says_whom_to_tell() -> None:
    assert refused(with_tell(step="by: clerk, text: 来活了").replace("{step", "▸{step")).code == (
        "key-missing"
    )
