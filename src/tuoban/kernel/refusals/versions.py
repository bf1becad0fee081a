"""A case does not go on by another version."""

from __future__ import annotations

from collections.abc import Mapping

from tuoban.kernel.definition import Text

TEXTS: Mapping[str, Text] = {
    "unknown-version": Text(
        "“{process}”没有已发布的版本 {version}。",
        "There is no published version {version} of “{process}”.",
    ),
    "same-version": Text(
        "工单已经按版本 {version} 办理。", "The case goes by version {version} already."
    ),
    "not-migratable": Text(
        "不能改按版本 {version} 办理：{reasons}",
        "The case cannot go on by version {version}: {reasons}",
    ),
    "rename-unknown": Text(
        "版本 {version} 里没有“{name}”。", "There is no “{name}” in version {version}."
    ),
    "rename-twice": Text("两个名称都改成了“{name}”。", "Two names would both become “{name}”."),
    "currency-changed": Text(
        "工单以 {currency} 计，新版本改用 {other}。",
        "The case counts its money in {currency}, and the new version in {other}.",
    ),
    "position-gone": Text(
        "正在办理“{step}”（{name}），新版本的同一位置没有它；改了名的，请写明旧名和新名。",
        "“{step}” ({name}) is in hand, and the new version does not have it in the same place; "
        "where it is called otherwise, say so.",
    ),
    "opening-gone": Text(
        "“{step}”在等开放时间，新版本里它不再等。",
        "“{step}” waits for the moment at which it opens, which the new version does not have.",
    ),
    "done-elsewhere": Text(
        "“{step}”已办，新版本里它在别的位置，或不是同一种环节。",
        "“{step}” was done, and is elsewhere, or of another kind, in the new version.",
    ),
    "needed-in-vain": Text(
        "“{step}”要先办“{needed}”，而后者所在的部分已经过去。",
        "“{step}” needs “{needed}”, which stands in a part that the case has left.",
    ),
    "field-changed": Text(
        "“{label}”已有内容，新版本里它是另一种类型。",
        "“{label}” has a value, and is of another type in the new version.",
    ),
    "option-gone": Text(
        "“{label}”选的那一项，新版本里没有。",
        "The option chosen for “{label}” does not exist in the new version.",
    ),
    "service-gone": Text(
        "“{step}”办过的事（如收费、领料）还作数，新版本里没有它，以后就无法撤销。",
        "What a service did at “{step}”, such as a charge, still stands; the new version does not "
        "have it, and it could never be undone.",
    ),
    "signing-open": Text(
        "“{step}”正在等人签署，签完才能改按另一版本办理。",
        "“{step}” waits to be signed; the case can go on by another version after that.",
    ),
}
