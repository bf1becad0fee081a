"""Checkpoints of all journals."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0022_files")]

    operations = [
        migrations.CreateModel(
            name="Checkpoint",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField(unique=True)),
                ("at", models.DateTimeField()),
                ("previous", models.CharField(blank=True, max_length=64)),
                ("digest", models.CharField(max_length=64)),
                ("heads", models.TextField()),
                ("through", models.PositiveBigIntegerField()),
            ],
        ),
    ]
