from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0006_settings'),
    ]

    operations = [
        migrations.AddField(
            model_name='workitem',
            name='element',
            field=models.CharField(blank=True, default='', max_length=200),
        ),
    ]
