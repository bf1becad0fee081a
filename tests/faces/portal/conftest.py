"""A repair by offer, as the shop's customer follows it from outside."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from django.conf import settings
from django.test import Client

from tests.faces.desk.page import Page
from tests.runtime.shop import NINE, PACK_FOLDER, Shop, open_shop
from tuoban.runtime.cases import definitions, service
from tuoban.runtime.cases.clock import now
from tuoban.services.portal import links

SLUG = "shop-offer"
OWNER = {"owner": "王芳", "phone": "13900139000", "fault": "打印机卡纸"}
LINES = [
    {"#": "1", "what": "换搓纸轮", "price": "860", "why": "磨损"},
    {"#": "2", "what": "换滤芯", "price": "95"},
]


@dataclass
class Counter:
    """The shop, with verbs of those who serve somebody by offer."""

    shop: Shop
    data: dict[str, str] = field(default_factory=lambda: dict(OWNER))

    def begin(self, **data: str) -> service.Outcome:
        return service.start_case(
            SLUG,
            "repair",
            by=self.shop["mei"],
            data={**self.data, **data},
            at=now(),
            key=self.shop.key(),
        )

    def offer(self, case: service.Outcome) -> None:
        """Look at it and make the offer, so that the customer is asked."""
        self.shop.complete(self.shop.item(case, "look"), "lei", now(), lines=LINES, cost_in="300")

    def asked(self) -> service.Outcome:
        case = self.begin()
        self.offer(case)
        return case

    def link(self, case: service.Outcome, role: str = "customer") -> str:
        made = links.make(case.case_id, role, by=self.shop["mei"], at=now())
        return f"/portal/link/{made.token}"


@pytest.fixture
def counter(db: None) -> Counter:
    shop = open_shop()
    definitions.publish(SLUG, (PACK_FOLDER / f"{SLUG}.yaml").read_text("utf-8"), None, NINE)
    return Counter(shop)


@pytest.fixture
def arrive(counter: Counter) -> Callable[..., Client]:
    """A browser in which somebody has opened a link to a case."""

    def come(case: service.Outcome, role: str = "customer", language: str = "zh-hans") -> Client:
        client = Client(headers={"user-agent": "Phone 1.0"})
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
        answer = client.get(counter.link(case, role))
        assert answer.status_code == 302
        return client

    return come


def page_of(client: Client, address: str) -> Page:
    return Page(client.get(address))
