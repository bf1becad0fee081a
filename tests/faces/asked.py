"""What each address is asked: by forms and bodies that can be carried out, about what is there.

The name of a question is that of its address with the method, and for a form that does one of
several things, which. What is not named in a table is asked without a form, about the parts that
all addresses share.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.test import Client

from tests.faces.desk.hours_form import form_of
from tests.faces.desk.test_uploads import png
from tests.runtime.cases import test_indicators, test_linking, test_messages, test_outbox
from tests.runtime.cases.test_settings import PACK as TRIAGE
from tests.runtime.cases.test_settings import TEXT
from tests.runtime.cases.verbs import VERBS
from tests.runtime.shop import NINE, PACK_FOLDER, REQUEST, SLUG, Shop
from tuoban.runtime.cases import definitions, service, settings
from tuoban.runtime.cases.errands import run_errands
from tuoban.runtime.cases.filing.uploading import upload
from tuoban.runtime.cases.models import CalledCase, Case, Notice, Outgoing, WorkItem
from tuoban.runtime.cases.queries import case_page
from tuoban.runtime.cases.service import Outcome
from tuoban.runtime.jobs.models import Job
from tuoban.runtime.people import tokens, tree
from tuoban.runtime.people.leave import be_away
from tuoban.runtime.people.personal import AbsenceText
from tuoban.runtime.people.recording import Act
from tuoban.runtime.people.service import create_unit, create_user, deactivate_user
from tuoban.runtime.rehearsals import service as rehearsals
from tuoban.services.customers.models import Customer
from tuoban.services.portal import links

PASSWORD = "quite-a-long-word"
SCENARIOS = """
- scenario: 修好
  cast: {mei: clerk}
  start: {by: mei, request: repair}
  expect: {ended: mended}
- scenario: 再修一次
  cast: {mei: clerk}
  start: {by: mei, request: repair}
  expect: {ended: mended}
"""
SERVED = """\
pack: served
version: 1
title: {zh: 上门, en: Served}
roles: {clerk: 前台, mender: 修理}
fields: {thing: {type: text, zh: 物品}, fee: {type: money, zh: 费用}}
starts: [{request: ask, zh: 报修, by: clerk, form: [thing, fee]}]
process:
  - parallel:
      - {step: mend, zh: 修, by: mender, do: work}
      - {step: bill, zh: 记账, do: charge, amount: fee}
  - {end: over, zh: 完成}
"""


@dataclass(frozen=True)
class Asked:
    """A question: what stands in its address, and what is sent with it.

    Attributes:
        said: the entries of a form, or the JSON of a body; bytes: the body as it is.
        files: what is uploaded with a form, by its entry.
    """

    parts: Mapping[str, Any] = field(default_factory=dict)
    said: Mapping[str, Any] | bytes = field(default_factory=dict)
    query: str = ""
    files: Mapping[str, bytes] = field(default_factory=dict)


Questions = dict[str, Asked]


def furnish(shop: Shop) -> tuple[dict[str, Any], Questions]:
    """Have something there for every address: the parts that they share, and the questions."""
    test_indicators.publish()
    settings.change(TRIAGE, {"see_within.i": "10 minutes", "see_within.ii": "2 hours"}, at=NINE)
    for slug, text in (("triage", TEXT), ("served", SERVED)):
        definitions.publish(slug, text, None, NINE)
    for slug in ("shop-sales", "shop-parcels"):
        definitions.publish(
            slug, PACK_FOLDER.joinpath(f"{slug}.yaml").read_text("utf-8"), None, NINE
        )
    newest = definitions.latest(SLUG)
    definitions.publish(SLUG, newest.text, None, NINE, None, SCENARIOS)
    rehearsals.ask(newest, [2], NINE)
    shared = _shared(shop)
    found: Questions = {}
    for questions in (_on_items, _on_cases, _on_papers, _of_starting, _of_the_machine, _of_people):
        found.update(questions(shop))
    found.update(_of_the_organisation(shop, shared))
    (case, *_), how = _ready(shop, "migrate_case")
    moved = Asked({"number": _number(case)}, {"to": how["to"], "renames": how["renames"]})
    # What was newest is so again: the other questions are about what it says.
    again = newest.text.replace(f'version: "{newest.version}"', 'version: "3"', 1)
    definitions.publish(SLUG, again, None, NINE, None, SCENARIOS)
    rehearsals.ask(definitions.latest(SLUG), [2], NINE)
    return shared, {**found, "api /cases/{number}/move POST": moved}


def _shared(shop: Shop) -> dict[str, Any]:
    case = shop.start()
    shop.claim(case, "look", "lei")
    ref = upload([png()], "a.png", by=shop["mei"], at=NINE).ref
    service.attach_files(case.case_id, [ref], by=shop["mei"], at=NINE, key=shop.key())
    service.comment(case.case_id, "急", [], by=shop["mei"], at=NINE, key=shop.key())
    customer = Customer.objects.create(name="王建国", entered_at=NINE)
    return {
        "number": case.number,
        "item_id": shop.item(case, "look"),
        "item": 1,
        "slug": SLUG,
        "name": "repair",
        "key": "standard",
        "username": "lei",
        "ref": ref,
        "file": ref,
        "customer": customer.ref,
        "kind": "customer",
        "clock": 1,
        "row": 0,
        "step": "look",
        "node": "look",
        "outgoing_id": 1,
        "notice_id": 1,
        "activation": 0,
        "unit": "east",
        "scenario": 1,
        "language": "en",
    }


def _ready(shop: Shop, verb: str) -> tuple[Any, dict[str, Any]]:
    """What a verb is about, and its arguments, where a case is ready for it."""
    act, _, _ = VERBS[verb](shop)
    return act.args, act.keywords  # type: ignore[attr-defined]


def _number(case_id: int) -> str:
    return Case.objects.get(pk=case_id).number


def _begin(shop: Shop, slug: str, request: str, **data: str) -> Outcome:
    return service.start_case(slug, request, by=shop["mei"], data=data, at=NINE, key=shop.key())


def _typed(shop: Shop, said: Mapping[str, Any]) -> dict[str, Any]:
    """A body as a form: people are chosen by their row, not by their user name."""
    return {
        name: shop[each].pk if name in ("to", "person") and each in shop.people else each
        for name, each in said.items()
    }


# -- work -----------------------------------------------------------------------------------------

WHY = {"reason": "试试"}
TO_HAN = {"to": "han", **WHY}
ON_ITEM: Mapping[str, tuple[str, Mapping[str, Any], Mapping[str, Any]]] = {
    "claim": ("claim", {}, {}),
    "release": ("release", {}, {}),
    "complete": (
        "complete",
        {"outcome": "found", "check.1": "on", "f.price": "80"},
        {"outcome": "found", "values": {"price": "80"}, "checked": ["1"]},
    ),
    "return": ("return_to", {"to": "look", **WHY}, {"to": "look", **WHY}),
    "transfer": ("transfer", TO_HAN, TO_HAN),
    "delegate": ("delegate", TO_HAN, TO_HAN),
    "get-back": ("get_back", {}, {}),
    "withdraw": ("withdraw", WHY, WHY),
    "add-signer": ("add_signer", TO_HAN, TO_HAN),
    "drop-signer": ("drop_signer", {"person": "han"}, {"person": "han"}),
    "refuse": ("refuse_to_sign", WHY, WHY),
    "urge": ("urge", WHY, {"message": "急"}),
    "jump": ("jump", {"to": "approve", **WHY}, {"to": "approve", **WHY}),
}
"""By operation: the verb that makes a case ready for it, the form and the body."""


def _on_items(shop: Shop) -> Questions:
    found: Questions = {}
    for name, (verb, form, body) in ON_ITEM.items():
        (item, *_), _ = _ready(shop, verb)
        found |= _about_item(shop, name, item, form, body)
    (item, *_), how = _ready(shop, "sign")
    found |= _about_item(shop, "sign", item, {"shown": how["shown"]}, {"shown": how["shown"]})
    found |= _about_item(
        shop,
        "opinion",
        _opinion_of_lei(shop),
        {"agrees": "no", **WHY},
        {"agrees": False, "words": "贵"},
    )
    served = _begin(shop, "served", "ask", thing="锅炉")
    service.correct_field(
        served.case_id, "fee", "5", reason="忘填", by=shop["min"], at=NINE, key=shop.key()
    )
    found |= _about_item(shop, "try-again", shop.item(served, "bill"), {}, {})
    timed = Asked({"item_id": shop.item(served, "mend")}, {"time": "start", "f.labour": ""})
    return found | {
        "desk:time POST": timed,
        "desk:draft POST": Asked(said={"f.price": "80"}),
        "desk:rows POST": Asked(said={"rows": "price"}),
    }


def _opinion_of_lei(shop: Shop) -> int:
    case = shop.start()
    shop.claim(case, "look", "han")
    service.add_signer(
        shop.item(case, "look"),
        to=shop["lei"],
        before=True,
        reason="看看",
        by=shop["han"],
        at=NINE,
        key=shop.key(),
    )
    return WorkItem.objects.get(case=case.case_id, person=shop["lei"]).pk


def _about_item(
    shop: Shop, name: str, item: int, form: Mapping[str, Any], body: Mapping[str, Any]
) -> Questions:
    row = WorkItem.objects.select_related("case").get(pk=item)
    parts = {"number": row.case.number, "item": row.number}
    return {
        f"desk:{name} POST": Asked({"item_id": item}, _typed(shop, form)),
        f"api /cases/{{number}}/items/{{item}}/{name} POST": Asked(parts, body),
    }


# -- cases ----------------------------------------------------------------------------------------


def _on_cases(shop: Shop) -> Questions:
    found: Questions = {}
    for name, verb, body in (
        ("suspend", "suspend_case", WHY),
        ("resume", "resume_case", {}),
        ("cancel", "cancel_case", WHY),
    ):
        (case, *_), _ = _ready(shop, verb)
        found |= _about_case(name, case, {}, body, body)
    (case, *_), _ = _ready(shop, "copy_to")
    found |= _about_case("copy", case, {}, _typed(shop, {"to": "gang", **WHY}), {"to": "gang"})
    (case, clock), _ = _ready(shop, "extend_clock")
    longer = {"number": "1", "unit": "hour", **WHY}
    body = {"clock": clock, "length": "1 hour", **WHY}
    found |= _about_case("extend", case, {"clock": clock}, longer, body)
    (case, name, value), _ = _ready(shop, "correct_field")
    body = {"field": name, "value": value, **WHY}
    found |= _about_case("correct", case, {"name": name}, {f"f.{name}": value, **WHY}, body)
    found["desk:correct GET"] = Asked({"number": _number(case), "name": name})
    (case, *_), _ = _ready(shop, "add_work")
    (offered,) = case_page(shop["lei"], case, NINE).to_add
    form = {"node": "other", "activation": offered.activation}
    found |= _about_case("add", case, {}, form, {"node": "other"})
    (case, *_), _ = _ready(shop, "erase_personal_values")
    found |= _about_case("erase", case, {}, WHY, WHY)
    return found | _reactions(shop) | _calls(shop) | _files(shop) | _comments(shop) | _links(shop)


def _about_case(
    name: str,
    case: int,
    parts: Mapping[str, Any],
    form: Mapping[str, Any],
    body: Mapping[str, Any],
) -> Questions:
    number = {"number": _number(case)}
    return {
        f"desk:{name} POST": Asked({**number, **parts}, form),
        f"api /cases/{{number}}/{name} POST": Asked(number, body),
    }


def _reactions(shop: Shop) -> Questions:
    (case, *_), _ = _ready(shop, "react")
    (stop,) = (r for r in case_page(shop["min"], case, NINE).reactions if r.node == "stop")
    parts = {"number": _number(case), "node": "stop", "activation": stop.activation}
    return {
        **_about_case("react", case, parts, {}, {"reaction": "stop"}),
        "desk:react GET": Asked(parts),
        "desk:react-entries POST": Asked(parts),
        "desk:react-rows POST": Asked(parts, {"rows": "what"}),
    }


def _calls(shop: Shop) -> Questions:
    (case, number), _ = _ready(shop, "give_up_call")
    failed = test_linking.heard(shop, name="")
    run_errands(NINE)
    retried = CalledCase.objects.get(parent=failed.case_id).number
    given_up, tried = {"number": _number(case)}, {"number": failed.number}
    return {
        "desk:give-up-call POST": Asked({**given_up, "clock": number}, WHY),
        "desk:retry-call POST": Asked({**tried, "clock": retried}),
        "api /cases/{number}/give-up-call POST": Asked(given_up, {"number": number, **WHY}),
        "api /cases/{number}/retry-call POST": Asked(tried, {"number": retried}),
    }


def _files(shop: Shop) -> Questions:
    (case, refs), _ = _ready(shop, "attach_files")
    form = {"f.file": "", f"f.file.{refs[0]}.": refs[0]}
    number = {"number": _number(case)}
    found = {
        "desk:attach POST": Asked(number, form),
        "api /cases/{number}/attach POST": Asked(number, {"files": refs}),
        "desk:upload POST": Asked(said={"f.file": ""}, files={"up.file": png()}),
        "api /files POST": Asked(said=png(), query="name=a.png"),
    }
    (case, file), _ = _ready(shop, "withdraw_file")
    number = {"number": _number(case)}
    found["desk:attachment-withdraw POST"] = Asked({**number, "clock": file}, WHY)
    found["api /cases/{number}/withdraw-file POST"] = Asked(number, {"number": file, **WHY})
    (case, ref), _ = _ready(shop, "erase_file")
    number = {"number": _number(case)}
    found["desk:attachment-erase POST"] = Asked(number, {"file": ref, **WHY})
    found["api /cases/{number}/erase-file POST"] = Asked(number, {"file": ref, **WHY})
    return found


def _links(shop: Shop) -> Questions:
    case = shop.start()
    made = links.make(case.case_id, "client", by=shop["mei"], at=NINE)
    number = {"number": _number(case.case_id)}
    return {
        "desk:link-make POST": Asked(number, {"role": "client", "days": "14"}),
        "desk:link-revoke POST": Asked({**number, "clock": made.link_id}),
    }


def _comments(shop: Shop) -> Questions:
    said = {"text": "请看"}
    (case, number, _), _ = _ready(shop, "edit_comment")
    parts = {"number": _number(case), "clock": number}
    (erased, which), _ = _ready(shop, "erase_comment")
    return {
        "desk:comments POST": Asked(said=said),
        "api /cases/{number}/comment POST": Asked(said=said),
        "desk:comment-edit POST": Asked(parts, said),
        "api /cases/{number}/edit-comment POST": Asked(parts, {"number": number, **said}),
        "desk:comment-erase POST": Asked({"number": _number(erased), "clock": which}, WHY),
        "api /cases/{number}/erase-comment POST": Asked(
            {"number": _number(erased)}, {"number": which, **WHY}
        ),
    }


def _on_papers(shop: Shop) -> Questions:
    (case, paper), _ = _ready(shop, "hand_in")
    parts = {"number": _number(case), "name": paper}
    one, moved = {"originals": "1"}, {"paper": paper, "originals": 1}
    found = {
        "desk:paper GET": Asked(parts),
        "desk:paper POST take-in": Asked(parts, one),
        "api /cases/{number}/hand-in POST": Asked(parts, moved),
    }
    (case, *_), _ = _ready(shop, "hand_on")
    parts = {"number": _number(case), "name": paper}
    found["desk:paper POST hand-on"] = Asked(parts, {**one, "to": "customer"})
    found["api /cases/{number}/hand-on POST"] = Asked(parts, {**moved, "to": "customer"})
    (case, move), _ = _ready(shop, "strike_paper")
    parts = {"number": _number(case), "name": paper}
    found["desk:paper POST strike"] = Asked(parts, {"move": move, **WHY})
    found["api /cases/{number}/strike-paper POST"] = Asked(parts, {"number": move, **WHY})
    (case, step, name), _ = _ready(shop, "print_document")
    parts = {"number": _number(case), "step": step, "name": name}
    printed = Asked(parts, {"step": step, "document": name})
    found["api /cases/{number}/print POST"] = printed
    return found | {"desk:document GET": Asked(parts), "desk:document POST": Asked(parts)}


def _of_starting(shop: Shop) -> Questions:
    _ready(shop, "take_next")
    form = {f"f.{name}": value for name, value in REQUEST.items()}
    body = {"process": SLUG, "request": "repair", "values": REQUEST}
    return {
        "desk:start POST": Asked(said=form),
        "desk:entries POST": Asked(said=form),
        "desk:start-rows POST": Asked(said={**form, "rows": "fault"}),
        "api /cases POST": Asked(said=body),
        "api /work/next POST": Asked(said={}),
    }


# -- the organisation -----------------------------------------------------------------------------


def _of_the_machine(shop: Shop) -> Questions:
    job = Job.objects.create(
        kind="call", key="a", payload="{}", run_at=NINE, dead_at=NINE, attempts=8
    )
    told = test_outbox.start(shop)
    shop.complete(shop.item(told, "look"), "lei")
    sent = {"outgoing_id": Outgoing.objects.get(case=told.case_id, role="customer").pk}
    notice = Notice.objects.create(
        user=shop["mei"], case_id=told.case_id, code="nobody", at=NINE, facts='{"node": "look"}'
    )
    test_messages.order(shop)
    parcel = Asked({"name": "arrived"}, {"f.part": "屏幕"})
    code = {"name": "one-time-code", "language": "en"}
    return {
        "desk:background-retry POST": Asked(said={"only": job.pk}),
        "desk:background-drop POST": Asked(said={"only": job.pk, "confirmed": "1", **WHY}),
        "desk:outgoing-again POST": Asked(sent),
        "desk:outgoing-drop POST": Asked(sent),
        "desk:template GET": Asked(code),
        "desk:template POST": Asked(code, {"act": "save", "subject": "A", "text": "{code}"}),
        "desk:notice-read POST": Asked({"notice_id": notice.pk}),
        "desk:message-enter GET": parcel,
        "desk:message-enter POST": parcel,
        "desk:message-rows POST": parcel,
        "api /messages POST": Asked(said={"name": "arrived", "values": {"part": "屏幕"}}),
        "desk:indicator GET": Asked({"name": "checked"}),
        "desk:indicator-cases GET": Asked({"name": "checked"}),
    }


def _of_people(shop: Shop) -> Questions:
    create_user("other", "另一位", is_staff=True, at=NINE)
    left = create_user("left", "走了的", at=NINE)
    deactivate_user(left)
    away = AbsenceText("2026-03-10T09:00", "2026-03-11T09:00")
    be_away(shop["lei"], away, Act(NINE))
    named = {"name_zh": "城北", "name_en": "North"}
    create_unit("empty", "空", "Empty", parent=shop.units["hq"])
    closed = create_unit("closed", "已关", "Closed", parent=shop.units["hq"])
    tree.close_unit(closed, at=NINE)
    held = Asked(said={"role": "mender", "unit": "east"})
    acts = {
        "grant": Asked(said={"role": "chief", "unit": "east"}),
        "revoke": held,
        "skills": Asked(said={"more": "焊接"}),
        "rename": Asked(said={"name": "李磊", "confirmed": "1"}),
        "password": Asked(
            said={"password-now": PASSWORD, "password": PASSWORD, "password-again": PASSWORD}
        ),
        "appoint": Asked(),
        "dismiss": Asked({"username": "other"}),
        "reach": Asked(said={"phone": "13900139001"}),
        "away": Asked(said={"start": "2026-03-12T09:00", "end": "2026-03-13T09:00"}),
        "back": Asked(said={"absence": "start=2026-03-10T09%3A00&end=2026-03-11T09%3A00&deputy="}),
        "hand-over": Asked(said={"to": shop["han"].pk, "item": _held_by_lei(shop), **WHY}),
        "leave": Asked(),
        "return": Asked({"username": "left"}),
    }
    tokens.make(shop["lei"], "ERP", ["read"], days=1, at=NINE)
    (token,) = tokens.of_user(shop["lei"])
    made = {"name": "BI", "scope": "read", "days": "30"}
    east = {"key": "east"}
    units = {
        "rename": Asked(east, named),
        "move": Asked(east, {"parent": "west"}),
        "level": Asked(east, {"level": "branch"}),
        "head": Asked(east, {"head": shop["mei"].pk}),
        "close": Asked({"key": "empty"}),
        "reopen": Asked({"key": "closed"}),
    }
    return {
        "desk:person-new POST": Asked(said={"username": "new", "name": "新人"}),
        "desk:tokens POST make": Asked(said=made),
        "desk:tokens POST end": Asked(said={"token": token.pk}),
        "desk:units POST": Asked(said={"key": "north", "parent": "hq", **named}),
        **{f"desk:person POST {act}": each for act, each in acts.items()},
        **{f"desk:unit POST {act}": each for act, each in units.items()},
    }


def _held_by_lei(shop: Shop) -> int:
    case = shop.start()
    shop.claim(case, "look", "lei")
    return shop.item(case, "look")


def _of_the_organisation(shop: Shop, shared: Mapping[str, Any]) -> Questions:
    staff = Client()
    staff.force_login(shop["root"])
    triage = {"slug": "triage"}
    names = {"name.zh": "夜班", "name.en": "Night"}
    file = {"ref": shared["customer"]}
    client = {"f.its-name": "李雷"}
    found = {
        "desk:language POST": Asked(said={"language": "en"}),
        "desk:settings-of GET": Asked(triage),
        "desk:settings-of POST": Asked(triage, {"fee": "12"}),
        "desk:versions-moving POST": Asked(said={"act": "move", **WHY}),
        "desk:rehearse POST": Asked(said={"number": 1}),
        "desk:rehearse-cancel POST": Asked(said={"number": 2}),
        "desk:versions-file GET": Asked({"name": "pack.yaml"}),
        "desk:calendar-new POST": Asked(said={"key": "night", "copy": "standard", **names}),
        "desk:calendar-name POST": Asked(said=names),
        "desk:calendar-units POST": Asked(said={"was.east": "", "unit.east": "standard"}),
        "desk:file-new POST": Asked(said=client),
        "desk:file-new-rows POST": Asked(said={"rows": "its-name"}),
        "desk:file GET": Asked(file),
        "desk:file POST": Asked(file, client),
        "desk:file-rows POST": Asked(file, {"rows": "its-name"}),
        "desk:file-erase GET": Asked(file),
        "desk:file-erase POST": Asked(file, WHY),
        "desk:unit GET": Asked({"key": "east"}),
        "api /units/{unit}/due GET": Asked(
            query="from=2026-03-02T09:05:00%2B08:00&length=2+working+hours"
        ),
    }
    for name, address in (
        ("desk:calendar", "/desk/calendars/standard"),
        ("desk:person-hours", "/desk/calendars/people/lei"),
    ):
        more = {**form_of(staff.get(address)), "act": "add-week"}
        form = form_of(staff.post(address, more))
        for act in HOURS_ACTS:
            found[f"{name} POST {act}"] = Asked(said=form)
    return found


HOURS_ACTS = ("show", "add-week", "save")
"""Of the acts of a page of hours one that reads, one that edits, and the one that keeps."""
