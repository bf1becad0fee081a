"""Run as a program on an installation with the demo: two cases of a repair by offer, of which the
customer is asked, and the addresses that open them, a line each."""

# ruff: noqa: PLC0415 - models can be loaded only once Django is set up

from __future__ import annotations

import os
import sys
from pathlib import Path

import django


def main(pack: str) -> None:
    from tuoban.runtime.cases import definitions, service
    from tuoban.runtime.cases.clock import now
    from tuoban.runtime.cases.models import WorkItem
    from tuoban.runtime.people.models import Unit, User
    from tuoban.runtime.people.service import grant
    from tuoban.services.portal import links

    at = now()
    definitions.publish("shop-offer", Path(pack).read_text("utf-8"), None, at)
    clerk, mender = User.objects.get(username="xiaomei"), User.objects.get(username="lilei")
    east = Unit.objects.get(key="east")
    grant(clerk, "clerk", east)
    grant(mender, "mender", east)
    lines = [
        {"#": "1", "what": "更换搓纸轮", "price": "860", "why": "已磨损，建议更换，含工时"},
        {"#": "2", "what": "更换废粉仓", "price": "95", "why": "可下次再换"},
    ]
    data = {"owner": "王芳", "phone": "13900139000", "fault": "打印机卡纸"}
    for number in range(3):
        case = service.start_case(
            "shop-offer", "repair", by=clerk, data=data, at=at, key=f"begin-{number}"
        )
        item = WorkItem.objects.get(case=case.case_id, node="look").pk
        service.complete(
            item,
            outcome=None,
            data={"lines": lines, "cost_in": "300"},
            by=mender,
            at=at,
            key=f"look-{number}",
        )
        made = links.make(case.case_id, "customer", by=clerk, at=at)
        sys.stdout.write(f"/portal/link/{made.token}\n")


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tuoban.site.settings")
    django.setup()
    main(sys.argv[1])
