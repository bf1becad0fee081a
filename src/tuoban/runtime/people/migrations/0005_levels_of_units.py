from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0004_roots_have_hours'),
    ]

    operations = [
        migrations.AddField(
            model_name='unit',
            name='level',
            field=models.CharField(blank=True, default='', max_length=64),
        ),
    ]
