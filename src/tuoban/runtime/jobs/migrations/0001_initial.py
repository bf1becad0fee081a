"""Jobs come from the app of cases, which had their table before: it has changed its name there."""

from django.conf import settings
from django.db import migrations, models
from django.db.models import deletion
from django.utils import timezone


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('cases', '0024_jobs_apart'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name='Job',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('kind', models.CharField(max_length=100)),
                        ('key', models.CharField(max_length=200, unique=True)),
                        ('payload', models.TextField()),
                        ('run_at', models.DateTimeField()),
                        ('lease_until', models.DateTimeField(blank=True, null=True)),
                        ('attempts', models.PositiveSmallIntegerField(default=0)),
                        ('done_at', models.DateTimeField(blank=True, null=True)),
                        ('dead_at', models.DateTimeField(blank=True, null=True)),
                        ('error', models.TextField(blank=True, default='')),
                    ],
                    options={
                        'indexes': [models.Index(condition=models.Q(('dead_at', None), ('done_at', None)), fields=['run_at', 'id'], name='job_waiting')],
                    },
                ),
            ],
        ),
    ]
