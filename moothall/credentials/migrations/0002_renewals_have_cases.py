"""Credentials that run out have a case in which their renewal is seen to."""

import django.db.models.deletion
from django.db import migrations, models

from moothall.cases.wall import behind_the_wall
from moothall.core.tables import Together


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0002_row_security_is_the_second_wall'),
        ('credentials', '0001_tables'),
    ]

    operations = [
        Together(
            [
                migrations.AddField(
                    model_name='credentialkind',
                    name='opens_case',
                    field=models.BooleanField(default=True, help_text='Where the office has a service for it, a case is opened before the end'),
                ),
                migrations.CreateModel(
                    name='RenewalCase',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('case', models.OneToOneField(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='renewal_of_credential', to='cases.case')),
                        ('credential', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='renewal', to='credentials.credential')),
                    ],
                    options={
                        'ordering': ['id'],
                    },
                ),
            ]
        ),
        behind_the_wall("credentials_renewalcase"),
    ]
