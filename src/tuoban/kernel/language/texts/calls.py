"""What can be wrong with calling another pack."""

from __future__ import annotations

from tuoban.kernel.language.notation_texts import Texts

TEXTS: Texts = {
    "asides-write": (
        "“{call}”不等结束就继续，可能同时进行好几次，会互相覆盖“{name}”。请把它声明为子流程自己的字段。",
        "“{call}” is not waited for and may run several times at once, which would overwrite "
        "“{name}”. Declare it as a field of the process.",
    ),
    "packs-in-circle": (
        "流程包“{name}”又会调用本流程包，工单可能一个接一个地发起，没有尽头：{circle}。"
        "请确认其中有一处调用带条件。",
        "The pack “{name}” calls this one again, so that cases may begin one another without end: "
        "{circle}. Make sure that one of the calls stands behind a condition.",
    ),
    "request-needed": (
        "流程包“{name}”有几种申请，请用 request 写明是哪一种：{known}。",
        "“{name}” has several requests, or none; say with request which is meant: {known}.",
    ),
    "unknown-called-request": (
        "所调用的流程包没有叫“{name}”的申请。",
        "The pack that is called has no request “{name}”.",
    ),
    "not-asked-for": (
        "所调用的申请不填写字段“{name}”，不能交给它。",
        "The request that is called does not ask for “{name}”, so it cannot be handed in.",
    ),
    "not-handed-in": (
        "所调用的申请必须填写“{name}”（{label}），请在 with 里交给它。",
        "The request that is called needs “{name}” ({label}); hand it in by with.",
    ),
    "handed-unfit": (
        "所调用的字段“{name}”的类型是 {type}，不能装下这个值。",
        "The field “{name}” of what is called is of type {type} and cannot hold this value.",
    ),
    "list-handed": (
        "“{text}”不是单个的值，不能交给另一张工单。",
        "“{text}” is no single value and cannot be handed to another case.",
    ),
    "personal-handed": (
        "“{name}”属于个人信息：只能原样交给另一张工单里同属个人信息的字段。",
        "“{name}” is personal: it can only be handed as it is to a personal field of the other "
        "case.",
    ),
    "not-returned": (
        "所调用的流程包没有字段“{name}”，不会带回这个值。",
        "The pack that is called has no field “{name}” to bring back.",
    ),
    "personal-returned": (
        "“{name}”在所调用的流程包里属于个人信息，不能带回。",
        "“{name}” is personal in the pack that is called and cannot be brought back.",
    ),
    "returned-unfit": (
        "“{name}”在所调用的流程包里的类型是 {type}，这里也要这样写。",
        "“{name}” is of type {type} in the pack that is called; write it so here.",
    ),
}
