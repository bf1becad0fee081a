"""Refusals: a command that is not allowed, told with a stable code, the facts and what to do.

The texts stand here in both languages, in one table; a test keeps the table and the codes that
the code raises together, and the reference documentation is printed from it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from tuoban.kernel.definition import Text

TEXTS: Mapping[str, Text] = {
    "unknown-request": Text(
        "本流程没有“{request}”这种申请。", "This process takes no request called “{request}”."
    ),
    "unknown-message": Text("没有“{message}”这种消息。", "There is no message called “{message}”."),
    "not-for-personal": Text(
        "“{label}”带有个人信息，本流程没有把它标为 personal，不能接收。",
        "“{label}” carries personal values, and this process does not mark it as personal.",
    ),
    "unknown-item": Text(
        "这件工作不存在，请刷新后重试。", "There is no such work item. Reload and try again."
    ),
    "item-done": Text(
        "已由{by}于 {at} 办理，无需再办。", "Already done by {by} at {at}; nothing left to do."
    ),
    "item-withdrawn": Text(
        "这件工作已撤回，不再需要办理。",
        "This work was withdrawn and no longer needs to be done.",
    ),
    "case-over": Text(
        "工单已结束，不能再办理。", "The case is closed; nothing more can be done in it."
    ),
    "held-by-other": Text(
        "已由{by}领取；请先请对方释放或转办。",
        "Claimed by {by}. Ask them to release or transfer it first.",
    ),
    "changed-meanwhile": Text(
        "在您填写期间，工单的数据变了；请刷新后核对再办理。",
        "The case has changed while you filled in the form. Reload, check and complete it again.",
    ),
    "not-unattended": Text(
        "“{step}”由人办理，不由系统自动办理。",
        "“{step}” is somebody's work; the system does not do it by itself.",
    ),
    "activity": Text("{text}", "{text}"),
    "not-held": Text("您没有领取这件工作。", "You do not hold this work item."),
    "assigned": Text(
        "这件工作指定由您办理，不能释放，请用转办。",
        "This work is assigned to you and cannot be released; transfer it instead.",
    ),
    "not-performer": Text(
        "您没有办理“{step}”的角色（需要：{roles}）。",
        "“{step}” is not yours to do (it takes: {roles}).",
    ),
    "takes-part": Text(
        "“{step}”由多人共同办理，每人一份：{person}已有一份。",
        "“{step}” is done together, a part for each: {person} has one already.",
    ),
    "signs-already": Text(
        "办理“{step}”的人和各签署人必须是不同的人：{person}已在其中。",
        "Whoever does “{step}” and all who sign it are different people: {person} is one of them.",
    ),
    "being-signed": Text(
        "“{step}”正在签署；需要改动，请先收回。",
        "“{step}” is with its signers. Get it back first to change anything.",
    ),
    "only-signing": Text(
        "这里只请您签署“{step}”：请签署，或写明原因拒签。",
        "You are only asked to sign “{step}”: sign it, or refuse and say why.",
    ),
    "only-opinion": Text(
        "这里只请您对“{step}”发表意见。", "You are only asked for an opinion of “{step}” here."
    ),
    "no-opinion-asked": Text(
        "“{step}”没有请您发表意见。", "Nobody asks for an opinion of “{step}” here."
    ),
    "awaits-opinion": Text(
        "“{step}”还在等{person}的意见；不等，请先取消加签。",
        "“{step}” waits for the opinion of {person}. To go on without it, do without them first.",
    ),
    "activity-not-signed": Text(
        "“{step}”办结时即办理业务，不能加后签；可以加前签。",
        "A service acts when “{step}” is completed, so nobody is added to sign after; ask before.",
    ),
    "signs-in-turn": Text(
        "“{step}”依次办理，不能加后签。",
        "“{step}” is done by one after the other, so nobody is added to sign after.",
    ),
    "not-added": Text(
        "“{step}”没有请{person}加签，或对方已经表态。",
        "{person} was not added to “{step}”, or has spoken already.",
    ),
    "not-to-sign": Text(
        "“{step}”没有要您签署的内容。", "Nothing of “{step}” is to be signed here."
    ),
    "shown-changed": Text(
        "要签署的内容已变，请看过之后再签。",
        "What is to be signed has changed. Look at it again before you sign.",
    ),
    "not-chosen": Text(
        "“{step}”按先后办理，不能挑选：请领取下一件。",
        "“{step}” is taken in turn and not chosen: take the next one.",
    ),
    "skill-missing": Text(
        "“{step}”需要具备：{skills}。", "“{step}” takes somebody who is able to do: {skills}."
    ),
    "not-transferable": Text("“{step}”不能转办。", "“{step}” cannot be handed to anybody else."),
    "not-receiver": Text(
        "“{step}”不能转给此人（只能转给：{roles}）。",
        "“{step}” cannot be handed to them (only to: {roles}).",
    ),
    "not-same-person": Text(
        "“{step}”须由别人办理：您已办理“{other}”。",
        "“{step}” needs another person: you did “{other}”.",
    ),
    "not-starter": Text(
        "您没有发起“{request}”的角色（需要：{roles}）。",
        "You may not start “{request}” (it takes: {roles}).",
    ),
    "locked": Text("现在还不能办理：{reasons}", "This cannot be completed yet: {reasons}"),
    "invalid": Text(
        "有 {count} 处需要改正，已填内容都保留着。",
        "{count} entries need attention. Nothing you typed was lost.",
    ),
    "suspended": Text(
        "工单已挂起（{reason}），恢复之后才能办理。",
        "The case is suspended ({reason}); resume it first.",
    ),
    "not-suspended": Text("工单没有挂起。", "The case is not suspended."),
    "already-suspended": Text(
        "工单已经挂起（{reason}）。", "The case is suspended already ({reason})."
    ),
    "not-in-charge": Text(
        "只有工单的办理人、负责人或超时要升级到的人可以这样做。",
        "Only whoever does work in this case, heads its unit, or is told when it is late may do "
        "this.",
    ),
    "unknown-clock": Text(
        "这个时限已经结束，或不存在。", "This limit is over, or there is no such limit."
    ),
    "not-extendable": Text(
        "“{limit}”是开放的时间，不能延期。",
        "“{limit}” is when something opens; it is not extended.",
    ),
    "unknown-person": Text("没有这位在职人员：{person}。", "There is no active person “{person}”."),
    "same-person": Text("不能转给本人。", "It cannot be transferred to its own holder."),
    "reason-missing": Text("请写明原因。", "Please give a reason."),
    "unknown-value": Text(
        "工单中没有这些个人信息，或已删除；请刷新后重试。",
        "The case does not hold these personal values, or not any more. Reload and try again.",
    ),
    "signature-unreadable": Text(
        "签字的笔画无法识别，请重新签。", "The drawing cannot be read. Please sign again."
    ),
    "not-returnable": Text(
        "“{step}”不能退回到“{to}”；可退回：{allowed}。",
        "“{step}” cannot be sent back to “{to}”. Possible: {allowed}.",
    ),
    "not-finished": Text(
        "“{to}”还没有办过，无法退回到那里。",
        "“{to}” has not been done, so work cannot go back to it.",
    ),
    "waits-already": Text(
        "“{step}”已退回到“{to}”，正等着直接送回。",
        "“{step}” was sent back to “{to}” and waits for it to come straight back.",
    ),
    "unknown-reaction": Text(
        "没有“{reaction}”这个操作。",
        "There is no action “{reaction}”.",
    ),
    "not-active": Text(
        "现在不能做“{reaction}”：它所在的环节没有在进行。",
        "“{reaction}” is not possible now: what it belongs to is not in progress.",
    ),
    "place-needed": Text(
        "“{reaction}”有多处可以做，请说明是哪一处。",
        "“{reaction}” is possible in several places; say in which.",
    ),
    "not-reactor": Text(
        "“{reaction}”由{roles}来做。",
        "“{reaction}” is for {roles} to do.",
    ),
    "not-addable": Text(
        "现在不能增加“{node}”。",
        "“{node}” cannot be added now.",
    ),
    "element-needed": Text(
        "“{to}”按项办理，请说明退回到第几项。",
        "“{to}” is done for each element; say to which of them work goes back.",
    ),
    "not-done-by-you": Text(
        "“{step}”是{by}办理的，只有办理人可以撤回。",
        "“{step}” was done by {by}; only they may take it back.",
    ),
    "done-jointly": Text(
        "“{step}”由多人共同办理，不能由一人撤回。",
        "“{step}” is done by several people together; no one of them takes it back.",
    ),
    "taken-up": Text(
        "{by}已经打开或办理“{step}”，不能撤回；请对方退回。",
        "{by} has opened or done “{step}”, so it cannot be taken back; ask them to send it back.",
    ),
    "called-since": Text(
        "“{step}”之后已经转到另一个流程办理，不能撤回；请走退回。",
        "What came of “{step}” has called another case, so it cannot be taken back; have it sent "
        "back instead.",
    ),
    "not-called": Text(
        "这张工单现在没有等待这个关联工单。", "This case does not wait for such a linked case."
    ),
    "request-needed": Text(
        "“{process}”有{count}种申请，要写明用哪一种。",
        "“{process}” has {count} requests; it must say which is meant.",
    ),
    "alarm-given": Text(
        "“{step}”的时限已发出提醒，不能撤回。",
        "A limit of “{step}” has told people already, so it cannot be taken back.",
    ),
    "delegated": Text(
        "这件工作由{by}委派；请办好或交还，由对方决定。",
        "{by} delegated this work; do it or give it back, and let them decide.",
    ),
    "not-delegated": Text(
        "您没有委派这件工作，或对方已经办好。",
        "You have not delegated this work, or it has come back already.",
    ),
    "jumped-since": Text(
        "办理“{step}”之后工单已被跳转，不能撤回。",
        "The case was made to jump since “{step}”, so it cannot be taken back.",
    ),
    "place-over": Text(
        "办理“{step}”的那部分已经结束或被中断，不能撤回。",
        "What “{step}” was done in is over or was interrupted, so it cannot be taken back.",
    ),
    "not-head": Text(
        "只有本单位或上级单位的负责人可以跳转。",
        "Only the head of the case's unit, or of one above it, may do this.",
    ),
    "not-jumpable": Text(
        "不能从“{step}”跳转到“{to}”：只能跳到同一流程段或外层流程段的步骤。",
        "The case cannot jump from “{step}” to “{to}”: only to a step of the same run of steps, or "
        "of one around it.",
    ),
    "not-to-cancel": Text(
        "只有负责人可以作废工单；发起人在第一步办结之前也可以。",
        "Only those in charge may cancel a case; whoever began it may until its first step is "
        "done.",
    ),
    "winding-up": Text(
        "工单正在收尾：撤销已办的事项之后就结束。",
        "The case is being wound up: it ends once what was done is undone.",
    ),
    "not-a-canceller": Text("只有{roles}可以作废工单。", "Only these may cancel a case: {roles}."),
    "too-late-to-cancel": Text(
        "现在不能再作废工单：{why}。", "The case cannot be cancelled any more: {why}."
    ),
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
    "position-gone": Text(
        "正在办理“{step}”，新版本的同一位置没有它。",
        "“{step}” is in hand, and the new version does not have it in the same place.",
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
    "signing-open": Text(
        "“{step}”正在等人签署，签完才能改按另一版本办理。",
        "“{step}” waits to be signed; the case can go on by another version after that.",
    ),
    "not-correctable": Text(
        "“{field}”不能更正：没有这一项，或它由系统算出，或不在这里。",
        "“{field}” cannot be corrected: there is no such field here, or it is computed.",
    ),
    "not-to-correct": Text(
        "“{field}”只能由填写人或负责人更正。",
        "“{field}” is corrected by whoever entered it, or by those in charge.",
    ),
    "not-taking-part": Text(
        "只有参与这个工单的人可以这样做。", "Only those who take part in this case may do this."
    ),
    "own-work": Text(
        "“{step}”就在您手里，不用催办。", "“{step}” is in your own hands; no need to urge it."
    ),
    "urged-lately": Text(
        "“{step}”已于 {at} 催办，一小时内只催一次。",
        "“{step}” was urged at {at}; it is urged once an hour.",
    ),
    "copied-already": Text(
        "{person}已经可以查看这个工单。", "{person} can read this case already."
    ),
    "too-many-steps": Text(
        "流程在一次办理中转了 {count} 步仍未停下，请检查循环条件。",
        "The process went on for {count} moves without stopping; check the loop's condition.",
    ),
    "unknown-paper": Text(
        "没有“{paper}”这份材料，或目前不需要。",
        "There is no paper “{paper}”, or it is not asked for now.",
    ),
    "not-to-handle": Text(
        "“{paper}”由收取它的步骤的办理人或负责人登记。",
        "“{paper}” is handled by whoever does the steps that ask for it, or by those in charge.",
    ),
    "unknown-receiver": Text("流程里没有“{to}”这个角色。", "The process has no role “{to}”."),
    "unknown-document": Text(
        "这一步没有“{document}”这份单据。", "The step prints no document “{document}”."
    ),
    "nothing-to-print": Text(
        "“{step}”还没有开始，不能打印“{document}”。",
        "“{step}” has not begun, so that “{document}” cannot be printed.",
    ),
    "not-to-print": Text(
        "“{document}”由“{step}”的办理人或负责人打印。",
        "“{document}” is printed by whoever does “{step}”, or by those in charge.",
    ),
    "papers-not-there": Text(
        "“{paper}”现有：{there}，交不出这么多。",
        "There is not so much of “{paper}” to hand on: {there}.",
    ),
    "unknown-move": Text(
        "没有这条材料记录，或已经作废；请刷新后重试。",
        "There is no such entry of a paper, or it was struck out. Reload and try again.",
    ),
    "paper-went-on": Text(
        "“{paper}”已经交出，请先作废交出的记录。",
        "“{paper}” has been handed on; strike out that entry first.",
    ),
    # problems beside one entry of a form
    "required": Text("请填写“{label}”。", "Please fill in “{label}”."),
    "not-text": Text("请填写文字。", "Please enter text."),
    "too-long": Text(
        "最多 {limit} 个字，现有 {length} 个。",
        "At most {limit} characters; there are {length}.",
    ),
    "not-integer": Text("请填写整数，例如 12。", "Please enter a whole number, such as 12."),
    "not-number": Text("请填写数字，例如 12.5。", "Please enter a number, such as 12.5."),
    "not-money": Text(
        "请填写金额，最多 {decimals} 位小数，例如 {example}。",
        "Please enter an amount with at most {decimals} decimals, such as {example}.",
    ),
    "too-small": Text("不能小于 {limit}{unit}。", "Must not be less than {limit}{unit}."),
    "too-large": Text("不能大于 {limit}{unit}。", "Must not be more than {limit}{unit}."),
    "not-boolean": Text("请选择是或否。", "Please choose yes or no."),
    "not-option": Text(
        "没有“{value}”这个选项；可选：{options}。",
        "“{value}” is not one of the options: {options}.",
    ),
    "not-date": Text("请填写日期，例如 2026-11-21。", "Please enter a date, such as 2026-11-21."),
    "not-datetime": Text(
        "请填写日期和时间，例如 2026-11-21 09:30。",
        "Please enter a date and time, such as 2026-11-21 09:30.",
    ),
    "not-duration": Text(
        "请填写时长，例如 30 分钟。", "Please enter a duration, such as 30 minutes."
    ),
    "not-length": Text(
        "请填写时长，例如 30 分钟、2 工作小时、3 工作日。",
        "Please enter a length of time, such as 30 minutes, 2 working hours, 3 workdays.",
    ),
    "not-phone": Text(
        "请填写 11 位手机号、带区号的座机号，或以 + 和国家代码开头的号码。",
        "Please enter an 11-digit mobile number, a landline with its area code, or a number that "
        "begins with + and a country code.",
    ),
    "not-person": Text(
        "没有这位在职人员，请从名单中选择。",
        "There is no such active person. Please choose from the list.",
    ),
    "not-customer": Text(
        "没有找到这位客户，请在下面选择，或先登记。",
        "No such customer was found. Choose one below, or enter a new one.",
    ),
    "not-asset": Text(
        "没有找到，请在下面选择，或先登记。",
        "Nothing like that was found. Choose below, or enter a new one.",
    ),
    "not-list": Text("请填写列表，一行一项。", "Please enter a list, one entry a row."),
    "not-row": Text(
        "每一行应按栏目填写：{columns}。", "Every row should have these columns: {columns}."
    ),
    "too-many-rows": Text("最多 {limit} 行。", "At most {limit} rows."),
    "too-few-rows": Text("至少 {limit} 行。", "At least {limit} rows."),
    "same-value": Text("现在就是这个值，没有可更正的。", "This is the value it has already."),
    "not-asked": Text(
        "按目前的情况不需要填写“{label}”。", "As things stand, “{label}” is not asked for."
    ),
    "rule": Text("{text}", "{text}"),
    "unknown-field": Text("表单中没有“{field}”这一项。", "The form has no entry “{field}”."),
    "read-only": Text("“{label}”只能查看，不能修改。", "“{label}” can only be read here."),
    "not-sealed": Text(
        "“{label}”是个人信息，须封存后提交。", "“{label}” is personal and must be sealed first."
    ),
    "paper-missing": Text(
        "{paper}：还缺{missing}（需要{needed}；现有：{there}）。",
        "{paper}: missing {missing} (needed {needed}; there: {there}).",
    ),
    "papers-one-of": Text(
        "{papers}：至少交齐其中一种。", "One of these is needed in full: {papers}."
    ),
    "paper-made": Text(
        "“{paper}”由“{step}”产生，不用登记收取。",
        "“{paper}” is made by “{step}” and is not handed in.",
    ),
    "paper-not-asked": Text("这一步不收“{paper}”。", "This step does not ask for “{paper}”."),
    "paper-to-give-back": Text(
        "请先把“{paper}”退还{to}：{sheets}。",
        "Give “{paper}” back first, to: {to} ({sheets}).",
    ),
    "paper-count": Text(
        "请填写份数，0 到 {most} 的整数。", "Please enter how many, from 0 to {most}."
    ),
    "paper-nothing": Text(
        "请填写原件或复印件的份数。", "Please enter how many originals or copies."
    ),
    "unchecked": Text("请确认“{text}”。", "Please confirm “{text}”."),
    "unknown-check": Text("核对表中没有第 {key} 项。", "The checklist has no line {key}."),
    "outcome-missing": Text("请选择结果：{options}。", "Please choose an outcome: {options}."),
    "unknown-outcome": Text(
        "没有“{outcome}”这个结果；可选：{options}。",
        "There is no outcome “{outcome}”. Possible: {options}.",
    ),
    "performer-missing": Text(
        "请为“{step}”指定办理人。", "Please name who is to do “{step}” next."
    ),
    "performer-unfit": Text(
        "此人不能办理“{step}”，请另选。", "They may not do “{step}”; please choose somebody else."
    ),
    "stamp-missing": Text("请确认{role}已盖章。", "The stamp of {role} is missing."),
    "signature-missing": Text("请{role}签字。", "The signature of {role} is missing."),
    "unknown-signer": Text(
        "这一步不需要{role}签字。", "This step asks for no signature of {role}."
    ),
}


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with what was entered, and the entry it stands beside.

    `place` is a field's name, `lines[2].quantity` for a cell of a list, `outcome`, `check:<key>`,
    `signature:<role>`, `paper:<paper>` (or `paper:<paper>.<row>`) or `reason`.
    """

    code: str
    place: str
    facts: Mapping[str, object] = field(default_factory=dict)

    def read(self, language: str) -> str:
        return _fill(self.code, self.facts, language)


class Refused(Exception):
    """The command is not allowed; nothing has changed.

    `facts` fill the text of `code`; a fact that is a `Text` is read in the reader's language, and
    a person stays an id which the caller replaces by a name before reading.
    """

    def __init__(
        self,
        code: str,
        facts: Mapping[str, object] | None = None,
        problems: tuple[Problem, ...] = (),
    ) -> None:
        super().__init__(code)
        self.code = code
        self.facts: dict[str, object] = dict(facts or {})
        self.problems = problems

    def read(self, language: str) -> str:
        return _fill(self.code, self.facts, language)

    def __str__(self) -> str:
        places = "; ".join(f"{each.place}: {each.read('en')}" for each in self.problems)
        return f"{self.code}: {self.read('en')}" + (f" [{places}]" if places else "")


def refuse_invalid(problems: list[Problem]) -> Refused:
    """The refusal of a form with these problems."""
    return Refused("invalid", {"count": len(problems)}, tuple(problems))


def _fill(code: str, facts: Mapping[str, object], language: str) -> str:
    separator = ", " if language.startswith("en") else "、"
    plain = {name: _plain(value, language, separator) for name, value in facts.items()}
    return TEXTS[code].read(language).format(**plain)


def _plain(value: object, language: str, separator: str) -> str:
    if isinstance(value, Text):
        return value.read(language)
    if isinstance(value, tuple | list):
        return separator.join(_plain(each, language, separator) for each in value)
    return str(value)
