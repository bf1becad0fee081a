from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='HoursMark',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digest', models.CharField(max_length=64)),
                ('after', models.PositiveBigIntegerField(null=True)),
            ],
        ),
        migrations.RenameField(
            model_name='timer',
            old_name='item',
            new_name='clock',
        ),
        migrations.AddField(
            model_name='case',
            name='suspended',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='workitem',
            name='stands_still',
            field=models.BooleanField(default=False),
        ),
    ]
