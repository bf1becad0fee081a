"""Work whose time stood still before clocks were ledgers has its row as it is made now."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def mark(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    rows = apps.get_model("cases", "WorkItem").objects
    without_due = rows.filter(status="open", due_at=None).exclude(clock_from=None)
    # Only a lock stopped a clock; where the moment itself was gone, none is left.
    without_due.filter(locked=True).update(stands_still=True, clock_from=None)
    without_due.update(clock_from=None)


class Migration(migrations.Migration):

    dependencies = [("cases", "0002_clocks")]

    operations = [migrations.RunPython(mark, migrations.RunPython.noop)]
