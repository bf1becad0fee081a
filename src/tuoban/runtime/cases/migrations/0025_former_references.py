"""Which cases named somebody or something once, found in their journals."""

import re
from typing import Any

import django.db.models.deletion
from django.db import migrations, models

_REFERENCE = re.compile(r'"((?:customer|asset)-[1-9][0-9]{0,17})"')


def look_through_journals(apps: Any, schema_editor: object) -> None:
    """Whatever stands in a journal and is not named now was named before."""
    entries = apps.get_model("cases", "JournalEntry").objects
    named = apps.get_model("cases", "CaseReference").objects
    former = apps.get_model("cases", "FormerReference")
    about = models.Q(payload__contains='"customer-') | models.Q(payload__contains='"asset-')
    rows = entries.filter(about).values_list("case", "payload")
    for case_id, payload in rows.iterator(chunk_size=500):
        now = set(named.filter(case=case_id).values_list("ref", flat=True))
        former.objects.bulk_create(
            (former(case_id=case_id, ref=ref) for ref in set(_REFERENCE.findall(payload)) - now),
            ignore_conflicts=True,
        )


class Migration(migrations.Migration):
    dependencies = [("cases", "0024_jobs_apart")]

    operations = [
        migrations.CreateModel(
            name="FormerReference",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("ref", models.CharField(max_length=100)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="cases.case",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("ref", "case"), name="former_reference_once")
                ]
            },
        ),
        migrations.RunPython(look_through_journals, migrations.RunPython.noop),
    ]
