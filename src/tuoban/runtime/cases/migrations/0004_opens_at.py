from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0003_what_stood_still'),
    ]

    operations = [
        migrations.AddField(
            model_name='workitem',
            name='opens_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
    ]
