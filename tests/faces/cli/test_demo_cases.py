"""The cases of the demo look as if somebody had been at work all along."""

from datetime import UTC, datetime

import pytest

from tuoban.faces.cli.commands.publish import checked_pack, publish_pack
from tuoban.faces.cli.demo_cases import SLUG, VISITS, load_demo_cases
from tuoban.runtime.calendars.service import take_up_holidays
from tuoban.runtime.cases.models import Case
from tuoban.runtime.cases.queries import case_page
from tuoban.runtime.people.demo_loading import load_demo_organisation
from tuoban.runtime.people.queries import find_user

pytestmark = pytest.mark.django_db(transaction=True)

NOW = datetime(2026, 3, 4, 6, 0, tzinfo=UTC)


def test_every_limit_of_the_demo_was_seen_to_at_its_own_moment() -> None:
    publish_pack(checked_pack(SLUG))
    load_demo_organisation(NOW)
    take_up_holidays(NOW)

    assert load_demo_cases(NOW) == len(VISITS)

    reader = find_user("admin")
    assert reader is not None
    told = [
        entry.sentence.en
        for case in Case.objects.values_list("pk", flat=True)
        for entry in case_page(reader, case, NOW).timeline
    ]
    assert any("left" in each or "late" in each for each in told)
    assert [each for each in told if "the system acted" in each] == []
