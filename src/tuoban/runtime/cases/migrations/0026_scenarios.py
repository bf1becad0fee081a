from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0025_former_references")]

    operations = [
        migrations.AddField(
            model_name="publisheddefinition",
            name="scenarios",
            field=models.TextField(blank=True, default=""),
        ),
    ]
