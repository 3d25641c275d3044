"""Figures: stages of the funnel, rules of counting, and how far what was said for monitoring came."""


import django.db.models.deletion
from decimal import Decimal
from django.db import migrations, models

from moothall.core.tables import Together


class Migration(migrations.Migration):

    dependencies = [
        ('recruitment', '0004_checks'),
    ]

    operations = [
        Together([
            migrations.CreateModel(
                name='FunnelStage',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('key', models.SlugField(max_length=40, unique=True)),
                    ('name', models.CharField(max_length=120)),
                    ('name_cy', models.CharField(blank=True, max_length=120)),
                    ('steps', models.JSONField(default=dict, help_text='Key of a process -> step -> outcomes that pass; none named: any outcome')),
                    ('place', models.PositiveSmallIntegerField(unique=True)),
                ],
                options={
                    'ordering': ['place', 'id'],
                },
            ),
            migrations.AddField(
                model_name='monitoring',
                name='ended',
                field=models.CharField(choices=[('RUNNING', 'Still running'), ('JOINED', 'Joined'), ('WITHDREW', 'Withdrew'), ('REJECTED', 'Not successful')], default='RUNNING', max_length=8),
            ),
            migrations.AddField(
                model_name='monitoring',
                name='joined_month',
                field=models.DateField(null=True),
            ),
            migrations.AddField(
                model_name='monitoring',
                name='month',
                field=models.DateField(help_text='Its first day; none until it was sent and carried over', null=True),
            ),
            migrations.AddField(
                model_name='monitoring',
                name='passed',
                field=models.PositiveSmallIntegerField(default=0, help_text='The place of the last stage they passed'),
            ),
            migrations.AddField(
                model_name='monitoring',
                name='route',
                field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='recruitment.route'),
            ),
            migrations.CreateModel(
                name='FigureRule',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('key', models.CharField(choices=[('HIDE_BELOW', 'Fewer people than this are hidden'), ('ROUND_TO', 'Numbers are rounded to this'), ('ADVERSE', 'A lower ratio is looked at'), ('FEWEST', 'With fewer people no ratio is said'), ('HIRE', 'Working days from the closing day to the offer'), ('START', 'Working days from the application to the start')], max_length=10)),
                    ('scope', models.SlugField(blank=True, help_text='A return; empty: everything else', max_length=40)),
                    ('amount', models.DecimalField(decimal_places=2, max_digits=7)),
                    ('caveat', models.CharField(blank=True, max_length=400)),
                    ('caveat_cy', models.CharField(blank=True, max_length=400)),
                    ('from_on', models.DateField()),
                    ('until_on', models.DateField(blank=True, null=True)),
                    ('source', models.CharField(max_length=300)),
                    ('source_read_on', models.DateField(blank=True, null=True)),
                    ('confirmed', models.BooleanField(default=False, help_text='Somebody has read the source')),
                    ('route', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='recruitment.route')),
                ],
                options={
                    'ordering': ['key', 'scope', 'id'],
                    'constraints': [models.UniqueConstraint(fields=('key', 'scope', 'route', 'from_on'), name='a_rule_of_figures_changes_once_a_day', nulls_distinct=False), models.CheckConstraint(condition=models.Q(('until_on', None), ('until_on__gte', models.F('from_on')), _connector='OR'), name='a_rule_of_figures_ends_later'), models.CheckConstraint(condition=models.Q(models.Q(('source', ''), _negated=True), ('amount__gte', Decimal('0'))), name='a_rule_of_figures_has_a_source')],
                },
            ),
        ]),
    ]
