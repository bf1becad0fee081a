"""One small pack per code of what can be wrong with messages, as in `examples`."""

from __future__ import annotations

from tests.kernel.language.support import pack

PAID = """
  paid:
    zh: 已付
    fields: {bill: {type: text, zh: 账单, required: true}, sum: {type: integer, zh: 数}}"""
WHO = """
  paid:
    zh: 已付
    fields: {phone_no: {type: phone, zh: 电话, personal: true}, note: {type: text, zh: 说明}}"""
FIELDS = """
  amount: {type: integer, zh: 数量}
  phone_no: {type: phone, zh: 电话, personal: true}
  note: {type: text, zh: 说明}"""
STARTS = "[{request: ask, zh: 申请, by: [clerk, head], form: [amount, phone_no, note]}]"


def with_message(line: str, messages: str = PAID) -> str:
    """A pack that knows a message, and in whose process this construct stands."""
    return pack(
        messages=messages,
        process=f"\n  - {line}\n  - {{end: done, zh: 完成}}",
        **({"fields": FIELDS, "starts": STARTS} if messages == WHO else {}),
    )


def with_start(start: str) -> str:
    """The same with a start by it."""
    starts = f"[{{request: ask, zh: 申请, by: [clerk, head], form: [amount, note]}}, {start}]"
    messages = PAID.replace("sum:", "amount:").replace("bill:", "note:").replace("integer", "text")
    return pack(messages=messages, starts=starts)


PROBLEMS = {
    "unknown-message": with_message("{wait: came, zh: 等付款, message: ▸paied, for: 1 day}", PAID),
    "unknown-in-message": with_message("{send: paid, with: {bill: note, ▸bil: note}}"),
    "message-lacks": with_message("{▸send: paid, with: {sum: amount}}"),
    "no-message-here": with_message(
        "{wait: came, zh: 等付款, message: paid, for: 1 day, when: ▸message.sum > 1}"
    ),
    "bad-addressee": with_message("{send: paid, to: ▸Other Pack, with: {bill: note}}"),
    "take-unfit": with_start("{message: paid, take: [note, ▸amount]}"),
    "field-hides-message": with_message(
        "{step: b, zh: 乙, by: clerk, during: [{message: paid, as: more, zh: 又付, "
        "fields: {▸sum: {type: integer, zh: 数}}, "
        "then: [{step: c, zh: 丙, by: head, form: [sum]}]}]}"
    ),
    "personal-sent": with_message("{send: paid, with: {note: ▸phone_no}}", WHO),
    "personal-calculated": with_message("{send: paid, with: {phone_no: ▸'phone_no + \"1\"'}}", WHO),
    "not-personal-sent": with_message("{send: paid, with: {phone_no: ▸note}}", WHO),
}

WARNINGS = {
    "message-unused": pack(messages="{▸paid: {zh: 已付}}"),
    "wait-unbounded": with_message("{▸wait: came, zh: 等付款, message: paid}"),
}
