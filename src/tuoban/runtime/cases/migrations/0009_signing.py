from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0008_copies'),
    ]

    operations = [
        migrations.AddField(
            model_name='workitem',
            name='signing',
            field=models.CharField(blank=True, default='', max_length=6),
        ),
    ]
