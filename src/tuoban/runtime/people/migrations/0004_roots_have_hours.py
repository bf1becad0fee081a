"""Units at the top that were there before calendars get the standard hours."""

import secrets

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from tuoban.runtime.calendars.editions import COUNTRY, digest, product_rows

_WORKED = "09:00-12:00, 13:00-18:00"
_CONTENT = (
    '{"exceptions":[],"periods":[{"first":null,"week":{"fri":"%(w)s","mon":"%(w)s","sat":"",'
    '"sun":"","thu":"%(w)s","tue":"%(w)s","wed":"%(w)s"}}]}'
) % {"w": _WORKED}


def give_hours(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    model = apps.get_model
    roots = model("people", "Unit").objects.filter(parent=None, calendar=None)
    if not roots.exists():
        return
    calendar, is_new = model("calendars", "Calendar").objects.get_or_create(
        key="standard", defaults={"name_zh": "标准工作时间", "name_en": "Standard hours"}
    )
    if is_new:
        edition, _ = model("calendars", "HolidayEdition").objects.get_or_create(
            digest=digest(product_rows()), defaults={"country": COUNTRY, "rows": product_rows()}
        )
        model("calendars", "CalendarVersion").objects.create(
            calendar=calendar, number=1, content=_CONTENT, holidays=edition
        )
    roots.update(calendar=calendar)
    for mark in (model("calendars", "CalendarMark"), model("people", "DirectoryMark")):
        mark.objects.update_or_create(pk=1, defaults={"token": secrets.token_hex(16)})


class Migration(migrations.Migration):

    dependencies = [
        ("people", "0003_calendars"),
        ("calendars", "0001_initial"),
    ]

    operations = [migrations.RunPython(give_hours, migrations.RunPython.noop)]
