"""The timeline: journal entries as sentences.

One row per kind of event that is worth telling; the others are the machinery between.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from tuoban.kernel import events as e
from tuoban.kernel.clocks import Extended, moment_text
from tuoban.kernel.definition import Definition, Field, Text
from tuoban.kernel.events import Event
from tuoban.kernel.limits import MOMENT, OPENS, WAITS
from tuoban.kernel.state import Signed, State
from tuoban.kernel.surroundings import Surroundings
from tuoban.runtime.cases import definitions, elements, journal, versions
from tuoban.runtime.cases.elements import Elements, named
from tuoban.runtime.cases.messages import in_full, message_of
from tuoban.runtime.cases.models import Case, JournalEntry
from tuoban.runtime.cases.queries import decided
from tuoban.runtime.cases.queries.proof import proof_of
from tuoban.runtime.cases.queries.rows import Proof, TimelineEntry
from tuoban.runtime.cases.wording import in_words, span

VALUES_AT_MOST = 3
ELEMENTS_AT_MOST = 6  # of a list that are named
LONGEST_VALUE = 40  # characters of a value that still reads well inside a sentence
PROMPT = timedelta(minutes=1)
"""A moment acted on within this was acted on in time; the worker looks every few seconds."""


class Sentence(NamedTuple):
    kind: str
    text: Text
    proof: Proof | None = None


class _Clock(NamedTuple):
    """What a clock is for: a node (the case, if empty), and the key of its limit there."""

    node: str
    limit: str
    activation: int = 0


@dataclass(slots=True)
class _Story:
    """What the sentences of a case look at. `nodes` and `clocks` grow as work is offered
    and clocks are started; `at` is the instant of the entry that is being told."""

    definition: Definition
    names: Mapping[str, str]
    surroundings: Surroundings
    elements: Elements
    nodes: dict[int, str] = field(default_factory=dict)
    activations: dict[int, int] = field(default_factory=dict)
    """Where each work item, and each wait, stands."""
    set_at: dict[str, datetime] = field(default_factory=dict)
    """When each timer was set."""
    clocks: dict[int, _Clock] = field(default_factory=dict)
    regions: dict[int, str] = field(default_factory=dict)
    """The region of each activation but the process itself."""
    at: datetime | None = None
    actor: str = ""
    """Who made the entry that is being told; empty for the system."""
    events: tuple[Event, ...] = ()
    """The events of the entry that is being told."""

    def who(self, person: str) -> str:
        return self.names.get(person, person)

    def step(self, item: int) -> Text:
        """A piece of work, with the element of a list it belongs to."""
        return self.label(self.nodes[item], self.activations[item])

    def label(self, node: str, activation: int) -> Text:
        """A node, or the case where it is empty, as it stands in an activation."""
        return named(self.definition.label_of(node), self.elements.around(activation).label)

    def offered_at(self, node: str) -> Text:
        """A step at which the case goes on with the entry that is being told."""
        offered = (each for each in self.events if isinstance(each, e.ItemOffered))
        found = next((each for each in offered if each.node == node), None)
        return self.label(node, found.activation) if found else self.definition.label_of(node)

    def rename(self, event: e.CaseMigrated) -> None:
        """Nodes and regions are called otherwise from now on."""
        nodes, regions = event.nodes, event.regions
        self.regions = {number: regions.get(key, key) for number, key in self.regions.items()}
        self.nodes = {item: nodes.get(key, key) for item, key in self.nodes.items()}
        self.clocks = {
            number: each._replace(node=nodes.get(each.node, each.node))
            for number, each in self.clocks.items()
        }


@dataclass(frozen=True, slots=True)
class Read:
    """A journal entry with its events, read once for all who look at them."""

    entry: JournalEntry
    events: tuple[Event, ...]
    definition: Definition
    """The version of the process that the case went by."""


def read_journal(case: Case) -> list[Read]:
    """The journal of a case from its beginning."""
    entries = list(JournalEntry.objects.filter(case=case).order_by("seq"))
    events = [journal.events_of(entry) for entry in entries]
    by = versions.of_entries(definitions.compiled(case.definition), events)
    return [Read(*each) for each in zip(entries, events, by, strict=True)]


def tell_story(
    definition: Definition,
    read: Iterable[Read],
    names: Mapping[str, str],
    surroundings: Surroundings,
) -> tuple[TimelineEntry, ...]:
    """The sentences of a case, newest first.

    Args:
        read: the journal (`read_journal`).
        names: names of people by id (`people_in`).
        surroundings: `opened` holds the personal values that the reader may see.
    """
    story = _Story(definition, names, surroundings, Elements(definition))
    told: list[TimelineEntry] = []
    for each in read:
        story.definition, story.events, story.at = each.definition, each.events, each.entry.at
        story.elements.go_by(each.definition)
        actor = story.who(each.entry.actor) if each.entry.actor else ""
        story.actor = actor
        for sentence in _tell(story):
            told.append(
                TimelineEntry(each.entry.at, actor, sentence.text, sentence.kind, sentence.proof)
            )
    return tuple(reversed(told))


def people_in(read: Iterable[Read], state: State) -> set[str]:
    """The ids of everybody whom the sentences and the steps of a case may name."""
    people = {state.by}
    people |= {item.person for item in state.items.values() if item.person is not None}
    for each in read:
        people.add(each.entry.actor)
        for event in each.events:
            for name in ("by", "to", "person", "delegate"):
                person = getattr(event, name, None)
                if isinstance(person, str):
                    people.add(person)
    return people - {""}


def _tell(story: _Story) -> Iterator[Sentence]:
    for event in story.events:
        _take(story, event)
    for event in story.events:
        row = _ROWS.get(type(event))
        sentence = row(story, event) if row is not None else None
        if sentence is not None:
            yield sentence


def _take(story: _Story, event: Event) -> None:
    """Keep in mind what sentences will look at."""
    story.elements.take(event)
    if isinstance(event, e.ItemOffered):
        story.nodes[event.item] = event.node
        story.activations[event.item] = event.activation
    elif isinstance(event, e.WaitBegan):
        story.activations[event.number] = event.activation
    elif isinstance(event, e.RegionEntered) and event.parent is not None:
        story.regions[event.activation] = event.region
    elif isinstance(event, e.CaseMigrated):
        story.rename(event)
    elif isinstance(event, e.ClockOpened):
        story.clocks[event.clock] = _Clock(event.node, event.limit, event.activation)
    elif isinstance(event, e.ClockStarted):
        story.clocks[event.item] = _Clock(
            story.nodes[event.item], "", story.activations[event.item]
        )
    elif isinstance(event, e.TimerSet) and story.at is not None:
        story.set_at[event.timer] = story.at


def _started(story: _Story, event: e.CaseStarted) -> Sentence:
    label = story.definition.starts[event.request].label
    values = _values(story, None)
    if not event.by:
        zh = f"“{label.zh}”自动开始（{event.period}）"
        en = f"“{label.en}” began by itself, for {event.period}"
        return Sentence("started", _with(zh, en, values))
    zh = f"{story.who(event.by)}发起“{label.zh}”"
    en = f"{story.who(event.by)} started “{label.en}”"
    return Sentence("started", _with(zh, en, values))


def _claimed(story: _Story, event: e.ItemClaimed) -> Sentence:
    who, step = story.who(event.by), story.step(event.item)
    return Sentence("claimed", Text(f"{who}领取“{step.zh}”", f"{who} claimed “{step.en}”"))


def _released(story: _Story, event: e.ItemReleased) -> Sentence:
    who, step = story.who(event.by), story.step(event.item)
    zh, en = f"{who}放回“{step.zh}”", f"{who} put “{step.en}” back"
    return Sentence("released", Text(zh, en))


def _transferred(story: _Story, event: e.ItemTransferred) -> Sentence:
    who, to, step = story.who(event.by), story.who(event.to), story.step(event.item)
    zh = f"{who}把“{step.zh}”转给{to}：{event.reason}"
    en = f"{who} handed “{step.en}” over to {to}: {event.reason}"
    return Sentence("transferred", Text(zh, en))


def _completed(story: _Story, event: e.ItemCompleted) -> Sentence:
    node = story.definition.nodes[story.nodes[event.item]]
    outcome = node.step.outcome(event.outcome) if event.outcome is not None else None
    parts: list[Text] = []
    if outcome is not None:
        parts.append(Text(f"结果：{outcome.label.zh}", outcome.label.en))
    parts += _values(story, event)
    parts += [_signed(story, role, seal.ref) for role, seal in event.signatures.items()]
    parts += [_stamped(story, role) for role in event.stamped]
    parts += [_signed_inside(story, each) for each in event.signed]
    who = story.who(event.by)
    step = story.step(event.item)
    zh, en = f"{who}办结“{step.zh}”", f"{who} completed “{step.en}”"
    proof = proof_of(story.definition, node, event, story.surroundings.opened)
    return Sentence("done", _with(zh, en, parts), proof)


def _signing_begun(story: _Story, event: e.SigningBegun) -> Sentence:
    who, step = story.who(event.by), story.step(event.item)
    zh = f"{who}办好“{step.zh}”，送签"
    en = f"{who} filled in “{step.en}” and had it sent to its signers"
    return Sentence("to-sign", Text(zh, en))


def _item_signed(story: _Story, event: e.ItemSigned) -> Sentence:
    who, step = story.who(event.by), story.step(event.item)
    stamp = [Text("已盖章", "with the stamp on it")] if event.stamped else []
    return Sentence("signed", _with(f"{who}签署“{step.zh}”", f"{who} signed “{step.en}”", stamp))


def _signing_stopped(story: _Story, event: e.SigningStopped) -> Sentence:
    step = story.step(event.item)
    who = story.who(event.by) if event.by is not None else ""
    texts = {
        "refused": Text(f"{who}拒签“{step.zh}”", f"{who} refused to sign “{step.en}”"),
        "got-back": Text(
            f"{who}收回送签的“{step.zh}”", f"{who} got “{step.en}” back from its signers"
        ),
        "changed": Text(
            f"“{step.zh}”要签署的内容已变，须重新办理",
            f"what was to be signed of “{step.en}” has changed, so it is done anew",
        ),
        "nobody": Text(
            f"“{step.zh}”的办理人不能再办，须重新办理",
            f"whoever did “{step.en}” may do it no longer, so it is done anew",
        ),
    }
    text = texts[event.why]
    return Sentence("sign-stopped", _because(text.zh, text.en, event.reason))


def _jointly_decided(story: _Story, event: e.JointlyDecided) -> Sentence:
    step = story.definition.nodes[event.node]
    first = step.step.outcome(step.step.agreement or "")
    sure = event.agreed >= event.needed
    zh_name = first.label.zh if first is not None else "已办"
    en_name = first.label.en if first is not None else "done"
    counts = Text(
        f"{zh_name} {event.agreed} 人，共 {event.total} 人，需要 {event.needed} 人",
        f"{en_name} {event.agreed} of {event.total}, needed {event.needed}",
    )
    label = story.label(event.node, event.activation)
    zh = f"“{label.zh}”{'通过' if sure else '未通过'}"
    en = f"“{label.en}” was {'carried' if sure else 'not carried'}"
    return Sentence("done", _with(zh, en, [counts]))


def _signed(story: _Story, role: str, ref: str) -> Text:
    label = story.definition.roles[role].label
    value = story.surroundings.opened.get(ref)
    name = value["name"] if isinstance(value, Mapping) else ""
    zh, en = f"{label.zh}{name}已签字", f"signed by {label.en} {name}".rstrip()
    return Text(zh, en)


def _stamped(story: _Story, role: str) -> Text:
    label = story.definition.roles[role].label
    return Text(f"{label.zh}已盖章", f"stamped by {label.en}")


def _signed_inside(story: _Story, signed: Signed) -> Text:
    label, who = story.definition.roles[signed.role].label, story.who(signed.by)
    return Text(f"{label.zh}{who}已签署", f"signed by {label.en} {who}")


def _withdrawn(story: _Story, event: e.ItemWithdrawn) -> Sentence | None:
    sent_back = any(
        isinstance(other, e.WorkReturned) and other.item == event.item for other in story.events
    )
    if event.person is None or sent_back:
        return None
    step = story.step(event.item)
    zh, en = f"“{step.zh}”已撤回", f"“{step.en}” was withdrawn"
    return Sentence("withdrawn", Text(zh, en))


def _returned(story: _Story, event: e.WorkReturned) -> Sentence:
    who, step = story.who(event.by), story.step(event.item)
    to = story.offered_at(event.to)
    zh = f"{who}把“{step.zh}”退回到“{to.zh}”：{event.reason}"
    en = f"{who} sent “{step.en}” back to “{to.en}”: {event.reason}"
    return Sentence("returned", Text(zh, en))


def _moved_on(story: _Story, event: e.MovedOn) -> Sentence:
    what = story.label(event.node, event.activation)
    zh = f"“{what.zh}”超时，流程不再等它"
    en = f"“{what.en}” is out of time; the process goes on without it"
    return Sentence("late", Text(zh, en))


def _taken_back(story: _Story, event: e.WorkTakenBack) -> Sentence:
    who, step = story.who(event.by), story.step(event.item)
    zh, en = f"{who}撤回已办的“{step.zh}”", f"{who} took back “{step.en}”"
    return Sentence("taken-back", _because(zh, en, event.reason))


def _delegated(story: _Story, event: e.ItemDelegated) -> Sentence:
    who, to, step = story.who(event.by), story.who(event.to), story.step(event.item)
    zh = f"{who}把“{step.zh}”委派给{to}：{event.reason}"
    en = f"{who} delegated “{step.en}” to {to}: {event.reason}"
    return Sentence("delegated", Text(zh, en))


def _prepared(story: _Story, event: e.ItemPrepared) -> Sentence:
    who, to, step = story.who(event.by), story.who(event.to), story.step(event.item)
    zh = f"{who}办好受委派的“{step.zh}”，交回{to}"
    en = f"{who} prepared “{step.en}” and handed it back to {to}"
    return Sentence("prepared", Text(zh, en))


def _got_back(story: _Story, event: e.ItemGotBack) -> Sentence:
    who, delegate = story.who(event.by), story.who(event.delegate)
    step = story.step(event.item)
    if event.by == event.delegate:
        zh, en = f"{who}交还受委派的“{step.zh}”", f"{who} gave “{step.en}” back"
    else:
        zh, en = f"{who}从{delegate}收回“{step.zh}”", f"{who} got “{step.en}” back from {delegate}"
    return Sentence("got-back", Text(zh, en))


def _jumped(story: _Story, event: e.WorkJumped) -> Sentence:
    who, step = story.who(event.by), story.step(event.item)
    to = story.offered_at(event.to)
    zh = f"{who}把工单从“{step.zh}”跳转到“{to.zh}”：{event.reason}"
    en = f"{who} made the case jump from “{step.en}” to “{to.en}”: {event.reason}"
    return Sentence("jumped", Text(zh, en))


def _cancelled(story: _Story, event: e.CaseCancelled) -> Sentence:
    who = story.who(event.by)
    zh, en = f"{who}作废工单：{event.reason}", f"{who} cancelled the case: {event.reason}"
    return Sentence("cancelled", Text(zh, en))


def _migrated(story: _Story, event: e.CaseMigrated) -> Sentence:
    who = Text(story.who(event.by), story.who(event.by)) if event.by else Text("系统", "The system")
    zh = f"{who.zh}让工单从版本 {event.before} 改按版本 {event.version} 办理"
    en = f"{who.en} took the case from version {event.before} to version {event.version}"
    return Sentence("migrated", _because(zh, en, event.reason))


def _corrected(story: _Story, event: e.FieldCorrected) -> Sentence:
    field = _corrected_field(story, event)
    was, now = _value_of(story, field, event.before), _value_of(story, field, event.values)
    who, label = story.who(event.by), field.label
    zh = f"{who}更正“{label.zh}”：{was.zh} → {now.zh}；原因：{event.reason}"
    en = f"{who} corrected “{label.en}”: {was.en} → {now.en}; reason: {event.reason}"
    return Sentence("corrected", Text(zh, en))


def _corrected_field(story: _Story, event: e.FieldCorrected) -> Field:
    region = story.regions.get(event.place)
    owner = story.definition.regions[region].owner if region is not None else None
    declared = story.definition.place_fields.get(owner or "", story.definition.fields)
    return declared[event.field]


def _value_of(story: _Story, field: Field, values: Mapping[str, Any]) -> Text:
    """A field's value in full, however long: what a correction was is told whole."""
    value = values[field.name]
    if value in (None, ()):
        return Text("（空）", "(empty)")
    surroundings = story.surroundings
    return in_words(story.definition, field, value, surroundings.zone, surroundings.opened)


def _work_added(story: _Story, event: e.WorkAdded) -> Sentence:
    who, what = story.who(event.by), story.label(event.node, event.activation)
    zh, en = f"{who}增加“{what.zh}”", f"{who} added “{what.en}”"
    return Sentence("added", _because(zh, en, event.reason))


def _urged(story: _Story, event: e.WorkUrged) -> Sentence:
    who, step = story.who(event.by), story.step(event.item)
    zh, en = f"{who}催办“{step.zh}”", f"{who} urged “{step.en}”"
    return Sentence("urged", _because(zh, en, event.message))


def _copied(story: _Story, event: e.CaseCopied) -> Sentence:
    who, to = story.who(event.by), story.who(event.to)
    zh, en = f"{who}抄送给{to}", f"{who} copied the case to {to}"
    return Sentence("copied", _because(zh, en, event.message))


def _because(zh: str, en: str, reason: str) -> Text:
    """A sentence with the reason, or the message, that somebody may have given."""
    return Text(f"{zh}：{reason}", f"{en}: {reason}") if reason else Text(zh, en)


def _limit_passed(story: _Story, event: e.LimitPassed) -> Sentence | None:
    clock = story.clocks[event.clock]
    what = _limited(story, clock)
    late = _late(story, event)
    if clock.limit in (MOMENT, WAITS):
        return None  # told by what the reaction does, or with the end of the wait
    if clock.limit == OPENS:
        opened = Text(f"{what.zh}可以办了", f"{what.en} is open now")
        return Sentence("opened", _with(opened.zh, opened.en, late))
    was_in_time = event.at - event.moment < PROMPT
    over = (event.moment if was_in_time else event.at) - event.due
    length = span(over)
    if over < timedelta(0):
        zh, en = f"{what.zh}离时限还有 {length.zh}", f"{what.en} is due in {length.en}"
    elif over >= PROMPT:
        zh, en = f"{what.zh}超过时限 {length.zh}", f"{what.en} is {length.en} late"
    else:
        zh, en = f"{what.zh}到时限还没有办完", f"{what.en} has reached its limit"
    told = [
        _told_whom(story, each)
        for each in story.events
        if isinstance(each, e.Told) and (each.clock, each.tier) == (event.clock, event.tier)
    ]
    kind = "late" if over >= timedelta(0) else "reminded"
    return Sentence(kind, _with(zh, en, [*late, *told]))


def _limited(story: _Story, clock: _Clock) -> Text:
    """What a limit is for, with the limit's own name where it has one: `“报价”的“对客户承诺”`."""
    what = story.label(clock.node, clock.activation)
    limit = story.definition.limit(clock.node, clock.limit)
    zh, en = f"“{what.zh}”", f"“{what.en}”"
    if limit is None or limit.label is None:
        return Text(zh, en)
    return Text(f"{zh}的“{limit.label.zh}”", f"“{limit.label.en}” of {en}")


def _clock_changed(story: _Story, event: e.ClockChanged) -> Sentence | None:
    """Of what happens to a clock, an extension and another calendar are worth telling."""
    if event.clock not in story.clocks:
        return None
    what = _limited(story, story.clocks[event.clock])
    if isinstance(event.entry, Extended):
        by, reason = event.entry.by.text, event.entry.reason
        zh = f"{story.actor}把{what.zh}延期 {by.zh}：{reason.zh}"
        en = f"{story.actor} extended {what.en} by {by.en}: {reason.en}"
        return Sentence("extended", Text(zh, en))
    return None


def _suspended(story: _Story, event: e.CaseSuspended) -> Sentence:
    who = story.who(event.by)
    zh, en = f"{who}挂起工单：{event.reason}", f"{who} suspended the case: {event.reason}"
    return Sentence("suspended", Text(zh, en))


def _resumed(story: _Story, event: e.CaseResumed) -> Sentence:
    who = story.who(event.by)
    return Sentence("resumed", Text(f"{who}恢复工单", f"{who} resumed the case"))


def _assigned(story: _Story, event: e.AssignmentMade) -> Sentence:
    definition, values = story.definition, _set_with(story, event.number)
    parts = _shown(story, event.node, values)
    labels = {name: _label_at(definition, event.node, name) for name in values}
    parts += [
        Text(f"{labels[name].zh}没有合适的值，留空", f"no value fits {labels[name].en}, left empty")
        for name in event.unfit
    ]
    parts += [
        Text(f"{label.zh}清空", f"{label.en} empty")
        for name, label in labels.items()
        if values[name] is None and name not in event.unfit
    ]
    label = story.label(event.node, event.activation)
    return Sentence("set", _with(label.zh, label.en, parts))


def _label_at(definition: Definition, node: str, name: str) -> Text:
    known = definition.field_at(node, name)
    return known.label if known is not None else Text(name, name)


def _wait_began(story: _Story, event: e.WaitBegan) -> Sentence | None:
    if any(isinstance(each, e.WaitEnded) and each.number == event.number for each in story.events):
        return None  # told as over at once
    label = story.label(event.node, event.activation)
    due = [
        each.due
        for each in story.events
        if isinstance(each, e.ClockOpened)
        and (each.node, each.activation) == (event.node, event.activation)
    ]
    zh, en = f"开始“{label.zh}”", f"“{label.en}” began"
    if due and due[0] is not None:
        until = moment_text(due[0], story.surroundings.zone, event.at)
        zh, en = f"{zh}，等到 {until.zh}", f"{en}: until {until.en}"
    return Sentence("waiting", Text(zh, en))


_WAITED = {
    "come": Text("到时间了", "the time has come"),
    "true": Text("条件已满足", "the condition holds"),
    "unknown": Text("没有可等的时刻", "there is no moment to wait for"),
}


def _wait_ended(story: _Story, event: e.WaitEnded) -> Sentence:
    label = story.label(event.node, story.activations[event.number])
    late = [
        each
        for passed in story.events
        if isinstance(passed, e.LimitPassed)
        and (story.clocks[passed.clock].node, story.clocks[passed.clock].limit)
        == (event.node, WAITS)
        for each in _late(story, passed)
    ]
    zh, en = f"“{label.zh}”结束", f"“{label.en}” is over"
    return Sentence("waited", _with(zh, en, [_WAITED[event.why], *late]))


def _late(story: _Story, event: e.LimitPassed) -> list[Text]:
    """How long after a moment the system acted upon it, where that is worth telling."""
    # A moment that had gone by when it was set could not be acted on before.
    behind = event.at - max(event.moment, story.set_at.get(event.timer, event.moment))
    return [_late_system(behind)] if behind >= PROMPT else []


def _late_system(behind: timedelta) -> Text:
    length = span(behind)
    return Text(f"系统晚了 {length.zh}才处理", f"the system acted {length.en} late")


def _whom(story: _Story, event: e.Told) -> Text:
    if event.person is not None:
        return Text(story.who(event.person), story.who(event.person))
    return story.definition.roles[event.role].label if event.role is not None else Text("", "")


def _told_whom(story: _Story, event: e.Told) -> Text:
    whom = _whom(story, event)
    if event.escalated:
        return Text(f"已升级给{whom.zh}", f"escalated to {whom.en}")
    return Text(f"已提醒{whom.zh}", f"{whom.en} was reminded")


def _told(story: _Story, event: e.Told) -> Sentence | None:
    if event.tier == e.TOLD:
        return _told_by_process(story, event)
    if event.tier != e.NOBODY or event.person is None or event.item is None:
        return None  # told together with the limit that was passed
    step, who = story.step(event.item), story.who(event.person)
    zh = f"没有人可以办理“{step.zh}”，已告知{who}"
    en = f"Nobody can do “{step.en}”; {who} was told"
    return Sentence("late", Text(zh, en))


def _told_by_process(story: _Story, event: e.Told) -> Sentence:
    definition, surroundings = story.definition, story.surroundings
    whom = _whom(story, event)
    zh, en = f"已通知{whom.zh}", f"{whom.en} was told"
    message = message_of(definition, event.node)
    if message is None:
        step = definition.label_of(event.node)
        return Sentence("told", Text(f"{zh}：“{step.zh}”待办", f"{en}: “{step.en}” has come"))
    text = in_full(definition, message, event.values, surroundings.zone, surroundings.opened)
    return Sentence("told", Text(f"{zh}：{text.zh}", f"{en}: {text.en}"))


def _decided(story: _Story, event: e.DecisionMade) -> Sentence:
    definition, surroundings = story.definition, story.surroundings
    results = decided.results(definition, event, surroundings)
    parts = [_pair(label, words) for label, words in results][:VALUES_AT_MOST]
    grounds = [
        _pair(label, words)
        for label, words in decided.grounds(definition, event, surroundings, story.names)
        if len(words.zh) <= LONGEST_VALUE
    ][:VALUES_AT_MOST]
    if grounds:
        zh, en = "、".join(each.zh for each in grounds), ", ".join(each.en for each in grounds)
        parts.append(Text(f"依据（{zh}）", f"given ({en})"))
    head = decided.headline(definition, event, story.label(event.node, event.activation))
    kind = "decided" if event.reason is None else "undecided"
    return Sentence(kind, _with(head.zh, head.en, parts))


def _reaction_begun(story: _Story, event: e.ReactionBegun) -> Sentence:
    label = story.label(event.node, event.activation)
    if event.by:
        who = story.who(event.by)
        zh, en = f"{who}提出“{label.zh}”", f"{who} began “{label.en}”"
        return Sentence(
            "happened", _with(zh, en, _shown(story, event.node, _set_with(story, event.number)))
        )
    here = _Clock(event.node, MOMENT, event.activation)
    late = [
        each
        for passed in story.events
        if isinstance(passed, e.LimitPassed) and story.clocks[passed.clock] == here
        for each in _late(story, passed)
    ]
    zh, en = f"“{label.zh}”发生", f"“{label.en}” happened"
    return Sentence("happened", _with(zh, en, late))


def _listed(story: _Story, event: e.ElementsListed) -> Sentence:
    label, count = story.label(event.node, event.activation), len(event.values)
    zh, en = (
        f"“{label.zh}”共 {count} 项",
        f"“{label.en}” has {count} item{'' if count == 1 else 's'}",
    )
    called = [name for name in elements.names(event.values) if not name.isdecimal()]
    if not called:
        return Sentence("listed", Text(zh, en))
    shown, more = called[:ELEMENTS_AT_MOST], len(called) > ELEMENTS_AT_MOST
    zh_names, en_names = "、".join(shown), ", ".join(shown)
    return Sentence(
        "listed",
        Text(f"{zh}：{zh_names}{'等' if more else ''}", f"{en}: {en_names}{' …' if more else ''}"),
    )


def _ended(story: _Story, event: e.CaseEnded) -> Sentence:
    outcome = story.definition.outcome_label(event.outcome)
    if outcome is None:
        return Sentence("ended", Text("工单办结", "The case is closed"))
    zh, en = f"工单办结：{outcome.zh}", f"The case is closed: {outcome.en}"
    return Sentence("ended", Text(zh, en))


def _erased(story: _Story, event: e.ValuesErased) -> Sentence:
    who, count = story.who(event.by), len(event.refs)
    zh = f"{who} 删除了 {count} 项个人信息：{event.reason}"
    en = f"{who} erased {count} personal {'value' if count == 1 else 'values'}: {event.reason}"
    return Sentence("erased", Text(zh, en))


def _values(story: _Story, completed: e.ItemCompleted | None) -> list[Text]:
    """The first few short values that came with the start or with a completed step."""
    node = story.nodes[completed.item] if completed is not None else None
    values: dict[str, Any] = dict(completed.data) if completed is not None else {}
    number = completed.item if completed is not None else 0
    return _shown(story, node, values | _set_with(story, number))


def _set_with(story: _Story, number: int) -> dict[str, Any]:
    """The fields that took values with an item, a reaction or a `set` of that number; 0: with the
    start."""
    values: dict[str, Any] = {}
    for event in story.events:
        if isinstance(event, e.FieldsSet) and event.item == number:
            values |= event.values
    return values


def _shown(story: _Story, node: str | None, values: Mapping[str, Any]) -> list[Text]:
    """The first few short values, as the fields of a node."""
    definition, surroundings = story.definition, story.surroundings
    parts: list[Text] = []
    own = definition.fields_at(node) if node is not None else {}
    order = {name: at for at, name in enumerate([*definition.fields, *own])}
    for name in sorted(values, key=lambda name: order.get(name, len(order))):
        known, value = definition.field_at(node, name), values[name]
        if known is None or known.long or value in (None, ()):
            continue
        words = in_words(definition, known, value, surroundings.zone, surroundings.opened)
        if len(words.zh) <= LONGEST_VALUE:
            parts.append(_pair(known.label, words))
    return parts[:VALUES_AT_MOST]


def _pair(label: Text, value: Text) -> Text:
    return Text(f"{label.zh}：{value.zh}", f"{label.en} {value.en}")


def _with(zh: str, en: str, parts: Iterable[Text]) -> Text:
    """A sentence with its particulars behind it."""
    parts = tuple(parts)
    return Text(
        "，".join((zh, *(part.zh for part in parts))),
        f"{en}: {', '.join(part.en for part in parts)}" if parts else en,
    )


_ROWS: Mapping[type[Any], Callable[[_Story, Any], Sentence | None]] = {
    e.CaseStarted: _started,
    e.ItemClaimed: _claimed,
    e.ItemReleased: _released,
    e.ItemTransferred: _transferred,
    e.ItemCompleted: _completed,
    e.SigningBegun: _signing_begun,
    e.ItemSigned: _item_signed,
    e.SigningStopped: _signing_stopped,
    e.JointlyDecided: _jointly_decided,
    e.ItemWithdrawn: _withdrawn,
    e.MovedOn: _moved_on,
    e.WorkReturned: _returned,
    e.WorkTakenBack: _taken_back,
    e.ItemDelegated: _delegated,
    e.ItemPrepared: _prepared,
    e.ItemGotBack: _got_back,
    e.WorkJumped: _jumped,
    e.CaseCancelled: _cancelled,
    e.CaseMigrated: _migrated,
    e.FieldCorrected: _corrected,
    e.WorkAdded: _work_added,
    e.WorkUrged: _urged,
    e.CaseCopied: _copied,
    e.DecisionMade: _decided,
    e.AssignmentMade: _assigned,
    e.ElementsListed: _listed,
    e.WaitBegan: _wait_began,
    e.WaitEnded: _wait_ended,
    e.ReactionBegun: _reaction_begun,
    e.LimitPassed: _limit_passed,
    e.ClockChanged: _clock_changed,
    e.CaseSuspended: _suspended,
    e.CaseResumed: _resumed,
    e.Told: _told,
    e.CaseEnded: _ended,
    e.ValuesErased: _erased,
}
