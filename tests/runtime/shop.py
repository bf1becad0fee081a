"""A small repair shop: its people, its one process, and shorthands for what they do."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from itertools import count
from pathlib import Path
from threading import Barrier
from typing import Any, TypeVar

from django.db import connection, transaction

from tests.support.rows import Tables, lay_down, made_by
from tuoban.kernel.refusals import Refused
from tuoban.runtime.cases import definitions, service
from tuoban.runtime.cases.models import Case, WorkItem
from tuoban.runtime.cases.rippling import follow_some
from tuoban.runtime.cases.service import Outcome, SignatureInput
from tuoban.runtime.people import marks
from tuoban.runtime.people.models import Unit, User
from tuoban.runtime.people.service import create_unit, create_user, grant, set_head

T = TypeVar("T")

SLUG = "shop-repair"
PACK_FOLDER = Path(__file__).parent / "packs"
PACK = (PACK_FOLDER / f"{SLUG}.yaml").read_text(encoding="utf-8")
NINE = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)  # nine o'clock in Shanghai

CAST = {
    "mei": ("陈小美", "clerk", "east"),
    "lei": ("李雷", "mender", "east"),
    "han": ("韩梅", "mender", "east"),
    "min": ("周敏", "chief", "east"),
    "gang": ("吴刚", "workshop", "hq"),
    "sun": ("孙丽", "clerk", "west"),
    "qi": ("赵琦", "mender", "west"),
}
REQUEST = {"owner": "王建国", "phone": "13800138000", "fault": "不开机", "level": "low"}


@dataclass
class Shop:
    """People by a short name, units by key, and verbs that need no more than the test is about."""

    people: dict[str, User] = field(default_factory=dict)
    units: dict[str, Unit] = field(default_factory=dict)
    _keys: Iterator[int] = field(default_factory=count)

    def __getitem__(self, name: str) -> User:
        return self.people[name]

    def key(self) -> str:
        return f"key-{next(self._keys)}"

    def start(self, by: str = "mei", at: datetime = NINE, **data: Any) -> Outcome:
        return service.start_case(
            SLUG, "repair", by=self[by], data={**REQUEST, **data}, at=at, key=self.key()
        )

    def deliver(self, at: datetime = NINE, agreed_at: str = "") -> Outcome:
        """Start a delivery, which is due at a moment: the one agreed, else one computed."""
        text = PACK_FOLDER.joinpath("shop-delivery.yaml").read_text(encoding="utf-8")
        definitions.publish("shop-delivery", text, None, NINE)
        data = {"thing": "电脑", "agreed_at": agreed_at}
        return service.start_case(
            "shop-delivery", "delivery", by=self["mei"], data=data, at=at, key=self.key()
        )

    def parts(self, at: datetime = NINE) -> Outcome:
        """Have the three parts of a thing looked at, each by itself."""
        text = PACK_FOLDER.joinpath("shop-parts.yaml").read_text(encoding="utf-8")
        definitions.publish("shop-parts", text, None, NINE)
        return service.start_case(
            "shop-parts", "check", by=self["mei"], data={"thing": "车"}, at=at, key=self.key()
        )

    def look_at(
        self, case: Outcome, element: str, by: str = "lei", at: datetime = NINE, **data: Any
    ) -> Outcome:
        """Do the work of one part."""
        row = WorkItem.objects.get(case=case.case_id, status=WorkItem.OPEN, element=element)
        return self.complete(row.pk, by, at, **data)

    def item(self, case: Outcome, step: str) -> int:
        """The open work item at a step."""
        return WorkItem.objects.get(case=case.case_id, node=step, status=WorkItem.OPEN).pk

    def claim(self, case: Outcome, step: str, by: str, at: datetime = NINE) -> Outcome:
        return service.claim(self.item(case, step), by=self[by], at=at, key=self.key())

    def complete(
        self,
        item: int,
        by: str,
        at: datetime = NINE,
        outcome: str | None = None,
        checked: Sequence[str] = (),
        signatures: Mapping[str, SignatureInput] | None = None,
        **data: Any,
    ) -> Outcome:
        return service.complete(
            item,
            outcome=outcome,
            data=data,
            checked=checked,
            signatures=signatures,
            by=self[by],
            at=at,
            key=self.key(),
        )

    def look(self, case: Outcome, by: str = "lei", at: datetime = NINE, **data: Any) -> Outcome:
        """Do the first step with all it asks for."""
        entered = {"price": "80"} | data
        return self.complete(
            self.item(case, "look"), by, at, outcome="found", checked=["1"], **entered
        )

    def agree(self, case: Outcome, by: str = "lei", at: datetime = NINE) -> Outcome:
        signatures = {"client": SignatureInput("王建国", [[[0, 0], [5, 5]]])}
        return self.complete(self.item(case, "agree"), by, at, signatures=signatures)

    def finish(self, case: Outcome, at: datetime = NINE) -> Outcome:
        """Take a new case to its end."""
        self.look(case, at=at)
        self.agree(case, at=at)
        self.complete(self.item(case, "mend"), "gang", at)
        return self.complete(self.item(case, "approve"), "min", at)


def open_shop() -> Shop:
    """The shop in a database without people. It is founded once by a process, and laid down as it
    stood from then on, under a mark of its own, so that nobody takes it for the one before."""
    lay_down(_founded())
    marks.renew()
    people = {each.username: each for each in User.objects.order_by("pk")}
    return Shop(people, {each.key: each for each in Unit.objects.order_by("pk")})


@cache
def _founded() -> Tables:
    with transaction.atomic():
        made = made_by(_found)
        transaction.set_rollback(True)
    return made


def _found() -> None:
    hq = create_unit("hq", "总部", "Head office")
    units = {
        "hq": hq,
        "east": create_unit("east", "城东", "East", parent=hq),
        "west": create_unit("west", "城西", "West", parent=hq),
    }
    people = {}
    for name, (display_name, role, unit) in CAST.items():
        people[name] = create_user(name, display_name, at=NINE)
        grant(people[name], role, units[unit])
    create_user("root", "管理员", is_staff=True, at=NINE)
    set_head(units["east"], people["min"])
    definitions.publish(SLUG, PACK, None, NINE)
    follow_some(NINE)  # so that nothing is left to follow of how the shop came to be


def row(case: Outcome) -> Case:
    return Case.objects.get(pk=case.case_id)


def refusal(act: Callable[[], object]) -> Refused:
    """The refusal that `act` must meet."""
    try:
        act()
    except Refused as refused:
        return refused
    raise AssertionError("it was not refused")


def together(*acts: Callable[[], T]) -> list[T | Exception]:
    """Do all of these at the same moment, each over a connection of its own; what came of them."""
    barrier = Barrier(len(acts))

    def run(act: Callable[[], T]) -> T | Exception:
        try:
            barrier.wait(timeout=30)
            return act()
        except Exception as error:  # noqa: BLE001 - the test judges it
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))
