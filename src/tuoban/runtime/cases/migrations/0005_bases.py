from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0004_opens_at'),
    ]

    operations = [
        migrations.AddField(
            model_name='publisheddefinition',
            name='bases',
            field=models.TextField(blank=True, default=''),
        ),
    ]
