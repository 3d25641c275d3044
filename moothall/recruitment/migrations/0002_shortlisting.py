"""Shortlisting: markers, their sheets, and what was decided. Sheets are there for whoever may see the case."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from moothall.cases.wall import behind_the_wall
from moothall.core.tables import Together


class Migration(migrations.Migration):

    dependencies = [
        ('recruitment', '0001_tables'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Together([
            migrations.CreateModel(
                name='Marker',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('named_at', models.DateTimeField()),
                    ('let_go_at', models.DateTimeField(blank=True, null=True)),
                    ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('campaign', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='markers', to='recruitment.campaign')),
                    ('named_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ['id'],
                },
            ),
            migrations.CreateModel(
                name='Sheet',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('handed_in_at', models.DateTimeField()),
                    ('application', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sheets', to='recruitment.application')),
                    ('marker', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sheets', to='recruitment.marker')),
                ],
                options={
                    'ordering': ['marker_id', 'id'],
                },
            ),
            migrations.CreateModel(
                name='Mark',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('mark', models.PositiveSmallIntegerField()),
                    ('because', models.CharField(blank=True, max_length=300)),
                    ('criterion', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='recruitment.criterion')),
                    ('sheet', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='marks', to='recruitment.sheet')),
                ],
                options={
                    'ordering': ['criterion__place', 'id'],
                },
            ),
            migrations.CreateModel(
                name='SiftReason',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('key', models.SlugField(max_length=30)),
                    ('place', models.PositiveSmallIntegerField(default=1)),
                    ('name', models.CharField(max_length=200)),
                    ('name_cy', models.CharField(max_length=200)),
                    ('from_on', models.DateField()),
                    ('until_on', models.DateField(blank=True, null=True)),
                ],
                options={
                    'ordering': ['place', 'id'],
                    'constraints': [models.UniqueConstraint(fields=('key', 'from_on'), name='a_sift_reason_changes_once_a_day')],
                },
            ),
            migrations.CreateModel(
                name='Sifted',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('outcome', models.CharField(choices=[('SHORTLISTED', 'On the shortlist'), ('NOT', 'Not on the shortlist')], max_length=11)),
                    ('total', models.DecimalField(decimal_places=2, max_digits=7)),
                    ('decided_at', models.DateTimeField()),
                    ('undone_at', models.DateTimeField(blank=True, null=True)),
                    ('application', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sifted', to='recruitment.application')),
                    ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('undone_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('reason', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='recruitment.siftreason')),
                ],
                options={
                    'ordering': ['-total', 'id'],
                },
            ),
            migrations.CreateModel(
                name='Agreed',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('mark', models.PositiveSmallIntegerField()),
                    ('because', models.CharField(max_length=300)),
                    ('agreed_at', models.DateTimeField()),
                    ('agreed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('application', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='agreed', to='recruitment.application')),
                    ('criterion', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='recruitment.criterion')),
                ],
                options={
                    'ordering': ['criterion__place', 'id'],
                    'constraints': [models.UniqueConstraint(fields=('application', 'criterion'), name='a_mark_is_agreed_once'), models.CheckConstraint(condition=models.Q(('mark__lte', 4)), name='an_agreed_mark_is_four_at_most'), models.CheckConstraint(condition=models.Q(('because', ''), _negated=True), name='an_agreed_mark_says_why')],
                },
            ),
            migrations.AddConstraint(
                model_name='marker',
                constraint=models.UniqueConstraint(condition=models.Q(('let_go_at', None)), fields=('campaign', 'account'), name='a_marker_is_named_once'),
            ),
            migrations.AddConstraint(
                model_name='sheet',
                constraint=models.UniqueConstraint(fields=('marker', 'application'), name='a_sheet_is_handed_in_once'),
            ),
            migrations.AddConstraint(
                model_name='mark',
                constraint=models.UniqueConstraint(fields=('sheet', 'criterion'), name='a_criterion_is_marked_once_a_sheet'),
            ),
            migrations.AddConstraint(
                model_name='mark',
                constraint=models.CheckConstraint(condition=models.Q(('mark__lte', 4)), name='a_mark_is_four_at_most'),
            ),
            migrations.AddConstraint(
                model_name='sifted',
                constraint=models.UniqueConstraint(condition=models.Q(('undone_at', None)), fields=('application',), name='an_application_is_sifted_once'),
            ),
        ]),
        behind_the_wall("recruitment_sheet", application_id="recruitment_application"),
        behind_the_wall("recruitment_mark", sheet_id="recruitment_sheet"),
        behind_the_wall("recruitment_agreed", application_id="recruitment_application"),
        behind_the_wall("recruitment_sifted", application_id="recruitment_application"),
    ]
