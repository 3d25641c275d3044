"""A rank, or whoever is in probation, may be exempt from a kind of matter: dated rows that say what instead."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [('conduct', '0002_behind_the_wall')]

    operations = [
        migrations.CreateModel(
            name='Exemption',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('in_probation', models.BooleanField(default=False, help_text='Only while somebody is in probation')),
                ('titles', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=80), default=list, help_text='How the titles of the posts begin that it is about; empty is any', size=None)),
                ('but_titles', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=80), default=list, help_text='How those begin that it is not about', size=None)),
                ('from_on', models.DateField()),
                ('until_on', models.DateField(null=True)),
                ('sentence', models.CharField(help_text='For whom it is not', max_length=300)),
                ('sentence_cy', models.CharField(blank=True, max_length=300)),
                ('instead', models.CharField(help_text='What is done instead', max_length=400)),
                ('instead_cy', models.CharField(blank=True, max_length=400)),
                ('is_unconfirmed', models.BooleanField(default=False)),
                ('source', models.CharField(max_length=400)),
                ('source_read_on', models.DateField(null=True)),
                ('kind', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='exemptions', to='conduct.matterkind')),
            ],
            options={
                'ordering': ['kind', 'from_on', 'id'],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('in_probation', True), models.Q(('titles', []), _negated=True), _connector='OR'), name='an_exemption_is_not_for_everybody'),
                    models.CheckConstraint(condition=models.Q(models.Q(('sentence', ''), _negated=True), models.Q(('instead', ''), _negated=True), models.Q(('source', ''), _negated=True)), name='an_exemption_says_why_and_what_instead'),
                    models.CheckConstraint(condition=models.Q(('until_on', None), ('until_on__gte', models.F('from_on')), _connector='OR'), name='an_exemption_ends_after_it_begins'),
                ],
            },
        ),
    ]
