"""Jobs become an app of their own, and take their table along."""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0023_checkpoints'),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.AlterModelTable('Job', 'jobs_job')],
            state_operations=[migrations.DeleteModel('Job')],
        ),
    ]
