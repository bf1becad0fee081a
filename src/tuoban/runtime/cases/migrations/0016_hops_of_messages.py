"""How many messages led to a message."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("cases", "0015_archive")]

    operations: ClassVar = [
        migrations.AddField("message", "hops", models.PositiveSmallIntegerField(default=0)),
    ]
