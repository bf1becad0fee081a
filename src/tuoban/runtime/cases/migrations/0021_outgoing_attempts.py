"""What goes out gets a key of its own, and a log of the attempts."""

import uuid
from typing import Any

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import tuoban.runtime.cases.models.outbox


def give_keys(apps: Any, schema_editor: object) -> None:
    rows = apps.get_model("cases", "Outgoing").objects
    for pk in rows.values_list("pk", flat=True).iterator(chunk_size=2000):
        rows.filter(pk=pk).update(key=uuid.uuid4().hex)


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0020_measured_items"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField("outgoing", "key", models.CharField(max_length=32, null=True)),
        migrations.RunPython(give_keys, migrations.RunPython.noop),
        migrations.AlterField(
            "outgoing",
            "key",
            models.CharField(
                default=tuoban.runtime.cases.models.outbox.new_key, max_length=32, unique=True
            ),
        ),
        migrations.AddField(
            "outgoing", "last_attempt", models.PositiveIntegerField(default=12)
        ),
        migrations.CreateModel(
            name="OutgoingAttempt",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField()),
                ("carrier", models.CharField(blank=True, default="", max_length=40)),
                ("result", models.CharField(blank=True, default="", max_length=12)),
                ("words", models.TextField(blank=True, default="")),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "outgoing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="log",
                        to="cases.outgoing",
                    ),
                ),
            ],
        ),
    ]
