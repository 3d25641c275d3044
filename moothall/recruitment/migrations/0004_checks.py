"""Checks: their kinds, clearances, referees with what they wrote, and offers. What leads to an application is
there for whoever may see its case."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from moothall.cases.wall import behind_the_wall
from moothall.core.tables import Together


class Migration(migrations.Migration):

    dependencies = [
        ('letters', '0002_outbox_unsettled'),
        ('people', '0001_tables'),
        ('recruitment', '0003_selection_events'),
        ('workforce', '0002_behind_the_wall'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Together([
            migrations.CreateModel(
                name='CheckKind',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('key', models.SlugField(max_length=30, unique=True)),
                    ('name', models.CharField(max_length=120)),
                    ('name_cy', models.CharField(max_length=120)),
                    ('steps', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), help_text='Of an application, or of its set of checks', size=None)),
                    ('service', models.CharField(blank=True, help_text='Of the case on which it is done', max_length=80)),
                    ('dated_at', models.CharField(blank=True, help_text='The step that says until when', max_length=40)),
                    ('is_set', models.BooleanField(default=False, help_text='Its case holds other checks, and is none itself')),
                    ('is_private', models.BooleanField(default=False, help_text='Nothing leaves its department but whether somebody is cleared, and when')),
                    ('clears', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=60), default=list, help_text='Outcomes that clear', size=None)),
                    ('becomes', models.JSONField(default=dict, help_text='How its case ended -> how its step may end, the first that the step knows')),
                    ('place', models.PositiveSmallIntegerField(default=1)),
                    ('retired_at', models.DateTimeField(blank=True, null=True)),
                ],
                options={
                    'ordering': ['place', 'id'],
                },
            ),
            migrations.CreateModel(
                name='Referee',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('token', models.CharField(max_length=43, unique=True)),
                    ('name', models.CharField(max_length=160)),
                    ('organisation', models.CharField(blank=True, max_length=160)),
                    ('email', models.CharField(max_length=320)),
                    ('language', models.CharField(choices=[('en', 'English'), ('cy', 'Cymraeg')], default='en', max_length=2)),
                    ('knows_from', models.DateField(help_text='The first day that this reference is about')),
                    ('knows_until', models.DateField(blank=True, help_text='None: until today', null=True)),
                    ('is_alternative', models.BooleanField(default=False, help_text='Named because another did not answer')),
                    ('added_at', models.DateTimeField()),
                    ('asked_at', models.DateTimeField(blank=True, null=True)),
                    ('reminded', models.PositiveSmallIntegerField(default=0)),
                    ('reminded_at', models.DateTimeField(blank=True, null=True)),
                    ('answered_at', models.DateTimeField(blank=True, null=True)),
                    ('declined_at', models.DateTimeField(blank=True, null=True)),
                    ('removed_at', models.DateTimeField(blank=True, null=True)),
                    ('added_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('application', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='referees', to='recruitment.application')),
                ],
                options={
                    'ordering': ['id'],
                },
            ),
            migrations.CreateModel(
                name='Reference',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('said', models.JSONField(default=dict)),
                    ('kept_at', models.DateTimeField()),
                    ('sent_at', models.DateTimeField(blank=True, null=True)),
                    ('referee', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='reference', to='recruitment.referee')),
                ],
                options={
                    'ordering': ['id'],
                },
            ),
            migrations.CreateModel(
                name='CheckWeek',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('on', models.DateField(help_text='The Monday')),
                    ('late', models.PositiveIntegerField()),
                    ('told_at', models.DateTimeField()),
                    ('team', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.team')),
                ],
                options={
                    'ordering': ['-on', 'id'],
                    'constraints': [models.UniqueConstraint(fields=('team', 'on'), name='a_department_is_chased_once_a_week')],
                },
            ),
            migrations.CreateModel(
                name='Clearance',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('result', models.CharField(choices=[('CLEARED', 'Cleared'), ('NOT', 'Not cleared')], max_length=7)),
                    ('decided_on', models.DateField()),
                    ('runs_out_on', models.DateField(blank=True, help_text='The last day on which it counts', null=True)),
                    ('recorded_at', models.DateTimeField()),
                    ('undone_at', models.DateTimeField(blank=True, null=True)),
                    ('application', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='clearances', to='recruitment.application')),
                    ('kind', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='recruitment.checkkind')),
                    ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ['kind__place', 'id'],
                    'constraints': [models.UniqueConstraint(condition=models.Q(('undone_at', None)), fields=('application', 'kind'), name='a_clearance_stands_once'), models.CheckConstraint(condition=models.Q(('runs_out_on', None), ('runs_out_on__gte', models.F('decided_on')), _connector='OR'), name='a_clearance_runs_out_later')],
                },
            ),
            migrations.CreateModel(
                name='Offer',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(choices=[('CONDITIONAL', 'Conditional offer'), ('FINAL', 'Final offer')], max_length=11)),
                    ('job', models.CharField(max_length=160)),
                    ('job_cy', models.CharField(blank=True, max_length=160)),
                    ('grade', models.CharField(max_length=40)),
                    ('hours', models.DecimalField(decimal_places=2, help_text='A week', max_digits=4)),
                    ('pay', models.CharField(help_text='As the letter says it', max_length=120)),
                    ('starts_on', models.DateField(blank=True, null=True)),
                    ('answer_by', models.DateField()),
                    ('made_at', models.DateTimeField()),
                    ('accepted_at', models.DateTimeField(blank=True, null=True)),
                    ('declined_at', models.DateTimeField(blank=True, null=True)),
                    ('declined_because', models.CharField(blank=True, max_length=300)),
                    ('taken_back_at', models.DateTimeField(blank=True, null=True)),
                    ('taken_back_because', models.CharField(blank=True, max_length=300)),
                    ('application', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='offers', to='recruitment.application')),
                    ('employment', models.OneToOneField(blank=True, help_text='What it became once they were entered among the staff', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='offer', to='workforce.employment')),
                    ('letter', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='letters.letter')),
                    ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('post', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.post')),
                    ('taken_back_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ['id'],
                    'constraints': [models.UniqueConstraint(condition=models.Q(('declined_at', None), ('taken_back_at', None)), fields=('application', 'kind'), name='an_offer_is_made_once'), models.CheckConstraint(condition=models.Q(('accepted_at', None), ('declined_at', None), _connector='OR'), name='an_offer_is_accepted_or_declined'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'FINAL'), _negated=True), ('starts_on__isnull', False), _connector='OR'), name='a_final_offer_says_the_first_day'), models.CheckConstraint(condition=models.Q(('taken_back_at', None), models.Q(('taken_back_because', ''), _negated=True), _connector='OR'), name='an_offer_taken_back_says_why'), models.CheckConstraint(condition=models.Q(('employment', None), models.Q(('accepted_at__isnull', False), ('kind', 'FINAL')), _connector='OR'), name='who_starts_has_accepted')],
                },
            ),
            migrations.AddIndex(
                model_name='referee',
                index=models.Index(condition=models.Q(('answered_at', None), ('asked_at__isnull', False), ('declined_at', None), ('removed_at', None)), fields=['asked_at'], name='referees_who_wait'),
            ),
            migrations.AddConstraint(
                model_name='referee',
                constraint=models.UniqueConstraint(condition=models.Q(('removed_at', None)), fields=('application', 'email'), name='a_referee_is_named_once'),
            ),
            migrations.AddConstraint(
                model_name='referee',
                constraint=models.CheckConstraint(condition=models.Q(('knows_until', None), ('knows_until__gte', models.F('knows_from')), _connector='OR'), name='a_reference_ends_later'),
            ),
            migrations.AddConstraint(
                model_name='referee',
                constraint=models.CheckConstraint(condition=models.Q(('answered_at', None), ('declined_at', None), _connector='OR'), name='a_referee_answers_or_declines'),
            ),
        ]),
        behind_the_wall("recruitment_clearance", application_id="recruitment_application"),
        behind_the_wall("recruitment_referee", application_id="recruitment_application"),
        behind_the_wall("recruitment_reference", referee_id="recruitment_referee"),
        behind_the_wall("recruitment_offer", application_id="recruitment_application"),
    ]
