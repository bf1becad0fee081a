"""What people see and decide of jobs, and what recurs."""

from typing import Any

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

_OF_A_CASE = "recheck-case:"


def tell_cases(apps: Any, schema_editor: Any) -> None:
    """Jobs of one case told it by their keys alone."""
    jobs = apps.get_model("jobs", "Job").objects
    for job in jobs.filter(key__startswith=_OF_A_CASE).only("key"):
        jobs.filter(pk=job.pk).update(case=int(job.key.removeprefix(_OF_A_CASE).split(":")[0]))


class Migration(migrations.Migration):

    dependencies = [
        ('jobs', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='RecurringJob',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=100, unique=True)),
                ('after', models.DateTimeField()),
            ],
        ),
        migrations.AddField(
            model_name='job',
            name='case',
            field=models.PositiveBigIntegerField(blank=True, db_index=True, null=True),
        ),
        migrations.AddField(
            model_name='job',
            name='dropped_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='job',
            name='holds',
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='job',
            name='queued_at',
            field=models.DateTimeField(auto_now_add=True, default=django.utils.timezone.now),
            preserve_default=False,
        ),
        migrations.CreateModel(
            name='Decision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('what', models.CharField(max_length=10)),
                ('reason', models.TextField(blank=True, default='')),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, to=settings.AUTH_USER_MODEL)),
                ('job', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='decisions', to='jobs.job')),
            ],
        ),
        migrations.AddIndex(
            model_name='job',
            index=models.Index(condition=models.Q(('dead_at__isnull', False), ('dropped_at', None)), fields=['id'], name='job_dead'),
        ),
        migrations.RunPython(tell_cases, migrations.RunPython.noop),
    ]
