"""What is lent, and its mark, may be as long as any text."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("parts", "0001_initial")]

    operations: ClassVar = [
        migrations.AlterField("loan", "thing", models.TextField()),
        migrations.AlterField("loan", "mark", models.TextField()),
    ]
