import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
from decimal import Decimal
from django.conf import settings
from django.db import migrations, models

from moothall.core.tables import Together


class Migration(migrations.Migration):
    replaces = [
        ('terms', '0001_what_falls_due'),
        ('terms', '0003_pay_points_and_increments'),
    ]
    initial = True
    dependencies = [
        ('workforce', '0001_tables'),
    ]
    operations = [
        Together(
            operations=[
                migrations.CreateModel(
                    name='PayScale',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('key', models.SlugField(max_length=60, unique=True)),
                        ('name', models.CharField(max_length=160)),
                        ('name_cy', models.CharField(blank=True, max_length=160)),
                        ('increments', models.CharField(choices=[('ANNIVERSARY', 'A year after they came to the point'), ('APRIL', 'On 1 April')], default='ANNIVERSARY', max_length=11)),
                        ('least_months', models.PositiveSmallIntegerField(default=0, help_text='In a point before the next')),
                        ('asks_performance', models.BooleanField(default=False)),
                        ('retired_on', models.DateField(blank=True, null=True)),
                    ],
                    options={
                        'ordering': ['key'],
                    },
                ),
                migrations.CreateModel(
                    name='PayPoint',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('scale', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='points', to='terms.payscale')),
                        ('position', models.PositiveSmallIntegerField()),
                        ('name', models.CharField(max_length=60)),
                    ],
                    options={
                        'ordering': ['scale', 'position'],
                        'constraints': [models.UniqueConstraint(fields=('scale', 'position'), name='a_scale_has_a_point_once')],
                    },
                ),
                migrations.CreateModel(
                    name='PayPointRate',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('point', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rates', to='terms.paypoint')),
                        ('amount', models.DecimalField(decimal_places=2, max_digits=12)),
                        ('from_on', models.DateField()),
                        ('source', models.CharField(max_length=300)),
                        ('source_read_on', models.DateField(blank=True, null=True)),
                        ('is_confirmed', models.BooleanField(default=False)),
                    ],
                    options={
                        'ordering': ['point', '-from_on'],
                        'constraints': [models.UniqueConstraint(fields=('point', 'from_on'), name='a_point_has_a_rate_once_a_day'), models.CheckConstraint(condition=models.Q(('amount__gt', Decimal('0'))), name='a_rate_is_more_than_nothing'), models.CheckConstraint(condition=models.Q(('source', ''), _negated=True), name='a_rate_has_a_source')],
                    },
                ),
                migrations.CreateModel(
                    name='Placement',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('employment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='placements', to='workforce.employment')),
                        ('point', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='placements', to='terms.paypoint')),
                        ('from_on', models.DateField()),
                        ('until_on', models.DateField(blank=True, help_text='The last day', null=True)),
                        ('because', models.CharField(blank=True, max_length=200)),
                        ('recorded_at', models.DateTimeField()),
                        ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                        ('withdrawn_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(('until_on', None), ('until_on__gte', models.F('from_on')), _connector='OR'), name='a_placement_ends_after_it_begins'), django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('withdrawn_at', None)), expressions=[('employment', '='), (models.Func('from_on', 'until_on', models.Value('[]'), function='daterange', output_field=django.contrib.postgres.fields.ranges.DateRangeField()), '&&')], name='one_placement_at_a_time')],
                    },
                ),
                migrations.CreateModel(
                    name='IncrementRun',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('first_on', models.DateField()),
                        ('last_on', models.DateField()),
                        ('begun_at', models.DateTimeField()),
                        ('begun_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('case', models.OneToOneField(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='increment_run', to='cases.case')),
                    ],
                    options={
                        'ordering': ['-last_on', '-id'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('last_on__gte', models.F('first_on'))), name='a_run_ends_after_it_begins')],
                    },
                ),
                migrations.CreateModel(
                    name='Increment',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('run', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='increments', to='terms.incrementrun')),
                        ('employment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='increments', to='workforce.employment')),
                        ('due_on', models.DateField()),
                        ('from_point', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='terms.paypoint')),
                        ('to_point', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='terms.paypoint')),
                        ('state', models.CharField(choices=[('DUE', 'To be awarded'), ('WAITS', 'Waits for a word on performance'), ('AWARDED', 'Awarded'), ('WITHHELD', 'Withheld'), ('AT_TOP', 'At the top of the scale')], default='DUE', max_length=8)),
                        ('because', models.CharField(blank=True, max_length=300)),
                        ('decided_at', models.DateTimeField(blank=True, null=True)),
                        ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('placement', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='increment', to='terms.placement')),
                        ('written_at', models.DateTimeField(blank=True, help_text='When the letter about it was written', null=True)),
                        ('letter', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='letters.letter')),
                    ],
                    options={
                        'indexes': [models.Index(fields=['run', 'state', 'id'], name='increment_of_run')],
                        'constraints': [models.UniqueConstraint(fields=('employment', 'due_on'), name='an_increment_comes_once_a_day'), models.CheckConstraint(condition=models.Q(('to_point__isnull', False), ('state', 'AT_TOP'), _connector='OR'), name='an_increment_leads_to_a_point')],
                    },
                ),
                migrations.CreateModel(
                    name='ProbationRule',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('workforce', models.CharField(choices=[('employee', 'Employee'), ('police_officer', 'Police officer'), ('special', 'Special constable'), ('worker', 'Worker'), ('volunteer', 'Volunteer'), ('intern', 'Intern')], max_length=14)),
                        ('route', models.SlugField(blank=True, help_text='Empty: for everybody of the workforce', max_length=40)),
                        ('name', models.CharField(max_length=160)),
                        ('name_cy', models.CharField(blank=True, max_length=160)),
                        ('months', models.PositiveSmallIntegerField()),
                        ('from_on', models.DateField()),
                        ('until_on', models.DateField(blank=True, null=True)),
                        ('source', models.CharField(max_length=300)),
                        ('source_read_on', models.DateField(blank=True, null=True)),
                        ('is_confirmed', models.BooleanField(default=False)),
                    ],
                    options={
                        'ordering': ['workforce', 'route', 'from_on'],
                        'constraints': [models.UniqueConstraint(fields=('workforce', 'route', 'from_on'), name='a_probation_changes_once_a_day'), models.CheckConstraint(condition=models.Q(('source', ''), _negated=True), name='a_probation_has_a_source'), models.CheckConstraint(condition=models.Q(('months__gt', 0)), name='a_probation_lasts'), models.CheckConstraint(condition=models.Q(('until_on', None), ('until_on__gte', models.F('from_on')), _connector='OR'), name='a_probation_rule_ends_later')],
                    },
                ),
                migrations.CreateModel(
                    name='ServiceAward',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('years', models.PositiveSmallIntegerField(unique=True)),
                        ('retired_on', models.DateField(blank=True, null=True)),
                    ],
                    options={
                        'ordering': ['years'],
                    },
                ),
                migrations.CreateModel(
                    name='Term',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('employment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='terms', to='workforce.employment')),
                        ('kind', models.CharField(choices=[('PROBATION', 'Probation'), ('FIXED_TERM', 'End of a fixed term'), ('RETIREMENT', 'Retirement'), ('SECONDMENT', 'End of a secondment'), ('ACTING_UP', 'End of acting up'), ('PROMOTION', 'End of a temporary promotion'), ('LONG_SERVICE', 'Long service')], max_length=12)),
                        ('route', models.SlugField(blank=True, help_text='Of a probation; the way of a retirement', max_length=40)),
                        ('title', models.CharField(blank=True, help_text='What it is, such as the post acted up to', max_length=160)),
                        ('years', models.PositiveSmallIntegerField(blank=True, help_text='Of long service', null=True)),
                        ('began_on', models.DateField()),
                        ('due_on', models.DateField(help_text='The last day, or the day it comes due')),
                        ('act_by', models.DateField(help_text='By when it is to be decided')),
                        ('extends', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='extensions', to='terms.term')),
                        ('opened_at', models.DateTimeField()),
                        ('opened_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('outcome', models.CharField(blank=True, choices=[('CONFIRMED', 'Confirmed'), ('EXTENDED', 'Extended'), ('PERMANENT', 'Made permanent'), ('ENDED', 'Ended'), ('CANCELLED', 'Called off'), ('HONOURED', 'Honoured')], max_length=10)),
                        ('because', models.CharField(blank=True, max_length=300)),
                        ('settled_at', models.DateTimeField(blank=True, null=True)),
                        ('settled_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                        ('withdrawn_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('case', models.OneToOneField(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='term', to='cases.case')),
                    ],
                    options={
                        'indexes': [models.Index(condition=models.Q(('withdrawn_at', None)), fields=['due_on', 'id'], name='term_by_day'), models.Index(condition=models.Q(('settled_at', None), ('withdrawn_at', None)), fields=['act_by', 'id'], name='term_to_decide')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('due_on__gte', models.F('began_on'))), name='a_term_falls_due_after_it_begins'), models.CheckConstraint(condition=models.Q(models.Q(('outcome', ''), ('settled_at', None)), models.Q(models.Q(('outcome', ''), _negated=True), ('settled_at__isnull', False)), _connector='OR'), name='a_settled_term_says_how'), models.UniqueConstraint(condition=models.Q(('withdrawn_at', None)), fields=('employment', 'kind', 'due_on'), name='a_term_falls_due_once_a_day')],
                    },
                ),
                migrations.CreateModel(
                    name='TermStep',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('term', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='terms.term')),
                        ('key', models.CharField(choices=[('PLAN', 'Objectives and training are agreed'), ('REVIEW_1', 'Review after one month'), ('REVIEW_3', 'Review after three months'), ('REVIEW_6', 'Review after six months'), ('REVIEW_12', 'Review after a year'), ('REVIEW_18', 'Review after eighteen months'), ('REVIEW', 'Review halfway'), ('DIARY', 'Week 20: is a decision on the way?'), ('DECIDE', 'Decision'), ('WARN', 'The manager is warned'), ('FOUR_YEARS', 'Would an extension make it permanent?'), ('CONSULT', 'Talk with them, and tell them of vacancies'), ('NOTICE', 'Notice'), ('ESTIMATE', 'Pension estimate'), ('FORMS', 'Pension forms'), ('DECISION_IN', 'Decision on the ill-health route is in'), ('RECOGNITION', 'Award, certificate, event'), ('REMIND', 'The manager is reminded')], max_length=12)),
                        ('due_on', models.DateField()),
                        ('done_on', models.DateField(blank=True, null=True)),
                        ('done_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('has_concerns', models.BooleanField(default=False)),
                        ('note', models.CharField(blank=True, max_length=300)),
                    ],
                    options={
                        'ordering': ['due_on', 'id'],
                        'indexes': [models.Index(condition=models.Q(('done_on', None)), fields=['due_on', 'id'], name='term_step_due')],
                        'constraints': [models.UniqueConstraint(fields=('term', 'key'), name='a_term_has_a_step_once')],
                    },
                ),
                migrations.CreateModel(
                    name='TermLetter',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('term', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='letters', to='terms.term')),
                        ('key', models.CharField(max_length=60)),
                        ('reader', models.CharField(choices=[('PERSON', 'The person'), ('MANAGER', 'Their manager')], max_length=7)),
                        ('letter', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='letters.letter')),
                        ('at', models.DateTimeField()),
                    ],
                    options={
                        'ordering': ['at', 'id'],
                        'constraints': [models.UniqueConstraint(fields=('term', 'key', 'reader'), name='a_letter_about_a_term_goes_once')],
                    },
                ),
            ],
        ),
    ]
