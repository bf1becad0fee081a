"""Which work item gave a place back, so that going back past it can take it again."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("booking", "0001_initial")]

    operations: ClassVar = [
        migrations.AddField(
            "booking", "cancelled_item", models.PositiveIntegerField(null=True)
        ),
    ]
