"""Ranks with what each asks for, boards, the pool, and promotions for a while."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from moothall.cases.wall import behind_the_wall
from moothall.core.tables import Together


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('credentials', '0004_looked_up_by_number'),
        ('people', '0001_tables'),
        ('recruitment', '0007_clearances_become_credentials'),
        ('workforce', '0002_behind_the_wall'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Together([
            migrations.CreateModel(
                name='Period',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('what', models.CharField(choices=[('POOL', 'Months somebody stays in the pool'), ('TEMPORARY', 'Months of assessment at work'), ('REVIEW', 'Months until a promotion for a while is looked at'), ('POOL_WARNING', 'Days before the end that people in the pool are told'), ('END_WARNING', 'Days before the end that managers are told')], max_length=12)),
                    ('length', models.PositiveSmallIntegerField()),
                    ('from_on', models.DateField()),
                    ('until_on', models.DateField(blank=True, null=True)),
                    ('source', models.CharField(max_length=300)),
                    ('source_read_on', models.DateField(blank=True, null=True)),
                    ('confirmed', models.BooleanField(default=False, help_text='Somebody has read the source')),
                ],
                options={
                    'ordering': ['what', 'from_on'],
                    'constraints': [models.UniqueConstraint(fields=('what', 'from_on'), name='a_promotion_period_changes_once_a_day'), models.CheckConstraint(condition=models.Q(('length__gte', 1), models.Q(('source', ''), _negated=True)), name='a_promotion_period_lasts_and_has_a_source')],
                },
            ),
            migrations.CreateModel(
                name='Rank',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('key', models.SlugField(max_length=40, unique=True)),
                    ('name', models.CharField(max_length=120)),
                    ('name_cy', models.CharField(blank=True, max_length=120)),
                    ('place', models.PositiveSmallIntegerField(default=1)),
                    ('titles', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=160), default=list, help_text='Titles of the posts that are of this rank', size=None)),
                    ('retired_at', models.DateTimeField(blank=True, null=True)),
                    ('below', models.ForeignKey(blank=True, help_text='The one from which people are promoted to it', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='above', to='promotion.rank')),
                    ('exam', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='credentials.credentialkind')),
                    ('route', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='recruitment.route')),
                ],
                options={
                    'ordering': ['place', 'id'],
                },
            ),
            migrations.CreateModel(
                name='PoolPlace',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('place', models.PositiveSmallIntegerField(help_text='In the order of merit of the board')),
                    ('marks', models.DecimalField(blank=True, decimal_places=2, max_digits=7, null=True)),
                    ('entered_on', models.DateField()),
                    ('until_on', models.DateField(help_text='The last day in the pool, by the row in force when they entered')),
                    ('warned_at', models.DateTimeField(blank=True, null=True)),
                    ('left_at', models.DateTimeField(blank=True, null=True)),
                    ('left_as', models.CharField(blank=True, choices=[('POSTED', 'Posted'), ('EXPIRED', 'Time is over'), ('WITHDRAWN', 'Withdrawn')], max_length=9)),
                    ('left_because', models.CharField(blank=True, max_length=300)),
                    ('application', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='pool_place', to='recruitment.application')),
                    ('left_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('rank', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pool', to='promotion.rank')),
                ],
                options={
                    'ordering': ['rank', 'entered_on', 'place', 'id'],
                },
            ),
            migrations.CreateModel(
                name='Board',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('made_at', models.DateTimeField()),
                    ('sift_told', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list, help_text='Applications that heard how their marking went', size=None)),
                    ('results_at', models.DateTimeField(blank=True, help_text='When results were last given', null=True)),
                    ('campaign', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='promotion_board', to='recruitment.campaign')),
                    ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('rank', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='boards', to='promotion.rank')),
                ],
                options={
                    'ordering': ['-id'],
                },
            ),
            migrations.CreateModel(
                name='TemporaryPromotion',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('from_on', models.DateField()),
                    ('until_on', models.DateField(help_text='The last day, as agreed')),
                    ('review_on', models.DateField(help_text='By when it is looked at, by the row in force on the first day')),
                    ('because', models.CharField(max_length=300)),
                    ('allowance', models.CharField(blank=True, help_text='What is paid for it', max_length=160)),
                    ('made_at', models.DateTimeField()),
                    ('warned_for', models.DateField(blank=True, help_text='The end of which the manager was told', null=True)),
                    ('reviewed_at', models.DateTimeField(blank=True, null=True)),
                    ('review', models.TextField(blank=True)),
                    ('ended_at', models.DateTimeField(blank=True, null=True)),
                    ('ended_on', models.DateField(blank=True, help_text='The last day of it being for a while', null=True)),
                    ('ended_as', models.CharField(blank=True, choices=[('CONFIRMED', 'Promoted for good'), ('REVERTED', 'Back to the rank before')], max_length=9)),
                    ('ended_because', models.CharField(blank=True, max_length=300)),
                    ('employment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='promotions', to='workforce.employment')),
                    ('ended_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('manager_before', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='workforce.employment')),
                    ('pool_place', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='promotion', to='promotion.poolplace')),
                    ('post', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.post')),
                    ('post_before', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.post')),
                    ('rank', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='promotion.rank')),
                    ('reviewed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.organisation')),
                    ('unit_before', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.organisation')),
                ],
                options={
                    'ordering': ['until_on', 'id'],
                },
            ),
            migrations.CreateModel(
                name='Prolonging',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('until_before', models.DateField()),
                    ('until_on', models.DateField()),
                    ('because', models.CharField(max_length=300)),
                    ('at', models.DateTimeField()),
                    ('undone_at', models.DateTimeField(blank=True, null=True)),
                    ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('promotion', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='prolonged', to='promotion.temporarypromotion')),
                ],
                options={
                    'ordering': ['id'],
                },
            ),
            migrations.CreateModel(
                name='Appeal',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('because', models.TextField()),
                    ('asked_at', models.DateTimeField()),
                    ('outcome', models.CharField(blank=True, choices=[('upheld', 'Upheld: the candidate goes into the pool'), ('dismissed', 'Dismissed')], max_length=9)),
                    ('reasons', models.TextField(blank=True)),
                    ('decided_at', models.DateTimeField(blank=True, null=True)),
                    ('application', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='promotion_appeal', to='recruitment.application')),
                    ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ['asked_at', 'id'],
                    'constraints': [models.CheckConstraint(condition=models.Q(('because', ''), _negated=True), name='a_promotion_appeal_says_why'), models.CheckConstraint(condition=models.Q(models.Q(('decided_at', None), ('outcome', '')), models.Q(('decided_at__isnull', False), models.Q(('reasons', ''), _negated=True)), _connector='OR'), name='a_decided_promotion_appeal_has_reasons')],
                },
            ),
            migrations.CreateModel(
                name='EligibilityCheck',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('eligible', models.BooleanField()),
                    ('found', models.JSONField(default=list, help_text='Each rule, its day, and whether it was met')),
                    ('because', models.CharField(blank=True, max_length=500)),
                    ('at', models.DateTimeField()),
                    ('undone_at', models.DateTimeField(blank=True, null=True)),
                    ('application', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='promotion_checks', to='recruitment.application')),
                    ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('undone_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ['-id'],
                    'constraints': [models.UniqueConstraint(condition=models.Q(('undone_at', None)), fields=('application',), name='a_candidate_is_checked_once'), models.CheckConstraint(condition=models.Q(('eligible', True), models.Q(('because', ''), _negated=True), _connector='OR'), name='whoever_is_not_eligible_reads_why')],
                },
            ),
            migrations.CreateModel(
                name='Endorsement',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('supported', models.BooleanField()),
                    ('words', models.TextField()),
                    ('at', models.DateTimeField()),
                    ('application', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='endorsement', to='recruitment.application')),
                    ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ['-id'],
                    'constraints': [models.CheckConstraint(condition=models.Q(('words', ''), _negated=True), name='a_recommendation_has_words')],
                },
            ),
            migrations.CreateModel(
                name='PromotionRule',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('key', models.SlugField(max_length=60)),
                    ('kind', models.CharField(choices=[('RANK', 'Holds the rank below for good'), ('CONFIRMED', 'Is past probation'), ('SERVICE', 'At least so many months of service'), ('EXAM', 'Holds a pass of the examination'), ('CONDUCT', 'No formal outcome is live'), ('RATING', 'The last appraisal speaks for it'), ('SUPPORT', 'Their manager recommends them')], max_length=9)),
                    ('amount', models.PositiveSmallIntegerField(blank=True, null=True)),
                    ('looked_at_on', models.CharField(choices=[('CLOSING', 'On the last day to apply'), ('CHECKING', 'On the day it is checked')], default='CLOSING', max_length=8)),
                    ('told', models.CharField(help_text='What somebody reads who does not meet it', max_length=400)),
                    ('told_cy', models.CharField(blank=True, max_length=400)),
                    ('stops', models.BooleanField(default=True, help_text='Otherwise the desk is told and decides')),
                    ('place', models.PositiveSmallIntegerField(default=1)),
                    ('from_on', models.DateField()),
                    ('until_on', models.DateField(blank=True, null=True)),
                    ('source', models.CharField(max_length=300)),
                    ('source_read_on', models.DateField(blank=True, null=True)),
                    ('confirmed', models.BooleanField(default=False, help_text='Somebody has read the source')),
                    ('rank', models.ForeignKey(blank=True, help_text='None: of all', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='rules', to='promotion.rank')),
                ],
                options={
                    'ordering': ['place', 'id'],
                    'constraints': [models.UniqueConstraint(fields=('key', 'from_on'), name='a_promotion_rule_changes_once_a_day'), models.CheckConstraint(condition=models.Q(('until_on', None), ('until_on__gte', models.F('from_on')), _connector='OR'), name='a_promotion_rule_ends_later'), models.CheckConstraint(condition=models.Q(models.Q(('source', ''), _negated=True), models.Q(('told', ''), _negated=True)), name='a_promotion_rule_has_a_source_and_a_sentence'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'SERVICE'), _negated=True), ('amount__isnull', False), _connector='OR'), name='service_is_so_many_months')],
                },
            ),
            migrations.AddIndex(
                model_name='poolplace',
                index=models.Index(condition=models.Q(('left_at', None)), fields=['until_on', 'id'], name='promotion_pool_by_end'),
            ),
            migrations.AddConstraint(
                model_name='poolplace',
                constraint=models.CheckConstraint(condition=models.Q(('until_on__gte', models.F('entered_on'))), name='a_place_in_the_pool_lasts'),
            ),
            migrations.AddConstraint(
                model_name='poolplace',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('left_as', ''), ('left_at', None)), models.Q(('left_at__isnull', False), models.Q(('left_as', ''), _negated=True)), _connector='OR'), name='who_leaves_the_pool_leaves_it_somehow'),
            ),
            migrations.AddConstraint(
                model_name='poolplace',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('left_as', 'WITHDRAWN'), _negated=True), models.Q(('left_because', ''), _negated=True), _connector='OR'), name='a_withdrawal_from_the_pool_says_why'),
            ),
            migrations.AddConstraint(
                model_name='temporarypromotion',
                constraint=models.CheckConstraint(condition=models.Q(('until_on__gte', models.F('from_on')), models.Q(('because', ''), _negated=True)), name='a_promotion_for_a_while_lasts_and_has_a_reason'),
            ),
            migrations.AddConstraint(
                model_name='temporarypromotion',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('ended_as', ''), ('ended_at', None), ('ended_on', None)), models.Q(('ended_at__isnull', False), ('ended_on__isnull', False), models.Q(('ended_as', ''), _negated=True)), _connector='OR'), name='a_promotion_for_a_while_ends_somehow'),
            ),
            migrations.AddConstraint(
                model_name='temporarypromotion',
                constraint=models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('employment',), name='somebody_is_promoted_once_at_a_time'),
            ),
            migrations.AddConstraint(
                model_name='prolonging',
                constraint=models.CheckConstraint(condition=models.Q(('until_on__gt', models.F('until_before')), models.Q(('because', ''), _negated=True)), name='a_prolonging_goes_on_later_and_says_why'),
            ),
        ]),
        behind_the_wall("promotion_eligibilitycheck", application_id="recruitment_application"),
        behind_the_wall("promotion_endorsement", application_id="recruitment_application"),
        behind_the_wall("promotion_appeal", application_id="recruitment_application"),
        behind_the_wall("promotion_poolplace", application_id="recruitment_application"),
        behind_the_wall("promotion_temporarypromotion", pool_place_id="promotion_poolplace"),
        behind_the_wall("promotion_prolonging", promotion_id="promotion_temporarypromotion"),
    ]
