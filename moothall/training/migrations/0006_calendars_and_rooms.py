"""What calendars were told of sessions; what people need to take part; rooms in both languages."""

import django.db.models.deletion
from django.db import migrations, models
from moothall.core.tables import Together


class Migration(migrations.Migration):

    dependencies = [
        ('training', '0005_duties_come_by_themselves'),
        ('workforce', '0002_behind_the_wall'),
    ]

    operations = [
        Together(
            [
                migrations.AddField(
                    model_name='nomination',
                    name='needs',
                    field=models.CharField(blank=True, db_default='', default='', help_text='What they need to take part: access, an interpreter, a diet', max_length=300),
                ),
                migrations.AddField(
                    model_name='session',
                    name='room_cy',
                    field=models.CharField(blank=True, db_default='', default='', max_length=300),
                ),
            ]
        ),
        migrations.AlterField(
            model_name='session',
            name='room',
            field=models.CharField(blank=True, help_text='In words, also of the rooms that are taken', max_length=300),
        ),
        migrations.CreateModel(
            name='SessionInvitation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('teaches', models.BooleanField(default=False)),
                ('sequence', models.PositiveIntegerField(default=0, help_text='Of the message last sent; the first is 0')),
                ('stands', models.BooleanField(default=True, help_text='It is in their calendar')),
                ('said', models.CharField(blank=True, help_text='The fingerprint of when and where it is', max_length=64)),
                ('told_at', models.DateTimeField()),
                ('employment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='workforce.employment')),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='invitations', to='training.session')),
            ],
            options={
                'ordering': ['session', 'id'],
                'constraints': [models.UniqueConstraint(fields=('session', 'employment'), name='a_calendar_hears_of_a_session_once')],
            },
        ),
    ]
