import django.contrib.postgres.fields
import django.db.models.deletion
from decimal import Decimal
from django.conf import settings
from django.db import migrations, models

from moothall.core.tables import Together


class Migration(migrations.Migration):
    replaces = [
        ('leave', '0001_leave_cover_and_balances'),
        ('leave', '0002_what_payroll_was_told'),
    ]
    initial = True
    dependencies = [
        ('workforce', '0001_tables'),
    ]
    operations = [
        Together(
            operations=[
                migrations.CreateModel(
                    name='LeaveKind',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('key', models.SlugField(max_length=40, unique=True)),
                        ('name', models.CharField(max_length=80)),
                        ('name_cy', models.CharField(blank=True, max_length=80)),
                        ('counts', models.CharField(choices=[('ANNUAL', 'Annual leave'), ('BANK_HOLIDAY', 'Bank holidays'), ('TOIL', 'Time off in lieu'), ('NOTHING', 'No allowance')], default='NOTHING', help_text='What it is taken from', max_length=12)),
                        ('is_paid', models.BooleanField(default=True)),
                        ('needs_note', models.BooleanField(default=False, help_text='Whoever asks says what for')),
                        ('most_weeks', models.DecimalField(blank=True, decimal_places=2, help_text='In any twelve months', max_digits=4, null=True)),
                        ('payroll_code', models.CharField(blank=True, max_length=12)),
                        ('order', models.PositiveSmallIntegerField(default=50)),
                        ('retired_at', models.DateTimeField(blank=True, null=True)),
                    ],
                ),
                migrations.CreateModel(
                    name='LeaveScheme',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('workforce', models.CharField(choices=[('employee', 'Employee'), ('police_officer', 'Police officer'), ('special', 'Special constable'), ('worker', 'Worker'), ('volunteer', 'Volunteer'), ('intern', 'Intern')], max_length=14, unique=True)),
                        ('month', models.PositiveSmallIntegerField(default=4)),
                        ('day', models.PositiveSmallIntegerField(default=1)),
                        ('full_day_hours', models.DecimalField(decimal_places=2, default=Decimal('7.40'), max_digits=4)),
                        ('rounding', models.CharField(default='hundredth', max_length=20)),
                        ('notice_times', models.DecimalField(decimal_places=1, default=Decimal('2'), help_text='Asked for so many times its length ahead', max_digits=3)),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(('day__gte', 1), ('day__lte', 28), ('month__gte', 1), ('month__lte', 12)), name='a_leave_year_begins_on_a_day')],
                    },
                ),
                migrations.CreateModel(
                    name='CoverRule',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cover_rules', to='people.organisation')),
                        ('post', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='cover_rules', to='people.post')),
                        ('weekdays', django.contrib.postgres.fields.ArrayField(base_field=models.PositiveSmallIntegerField(), blank=True, default=list, help_text='Monday is 0; empty: every day', size=None)),
                        ('least', models.PositiveSmallIntegerField(blank=True, null=True)),
                        ('percent', models.PositiveSmallIntegerField(blank=True, help_text='Of those who are to work that day', null=True)),
                        ('why', models.CharField(blank=True, max_length=200)),
                        ('from_on', models.DateField()),
                        ('until_on', models.DateField(blank=True, help_text='The last day', null=True)),
                        ('entered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('entered_at', models.DateTimeField()),
                        ('withdrawn_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('withdrawn_at', models.DateTimeField(null=True)),
                    ],
                    options={
                        'ordering': ['unit__name', 'from_on', 'id'],
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('least__isnull', False), ('percent', None)), models.Q(('least', None), ('percent__isnull', False)), _connector='OR'), name='cover_is_a_number_or_a_share'), models.CheckConstraint(condition=models.Q(('percent', None), models.Q(('percent__gte', 1), ('percent__lte', 100)), _connector='OR'), name='a_share_is_of_a_hundred'), models.CheckConstraint(condition=models.Q(('until_on', None), ('until_on__gte', models.F('from_on')), _connector='OR'), name='cover_ends_after_it_begins')],
                    },
                ),
                migrations.CreateModel(
                    name='LeaveDeputy',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('manager', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='leave_deputies', to=settings.AUTH_USER_MODEL)),
                        ('deputy', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='deputises_for', to=settings.AUTH_USER_MODEL)),
                        ('from_on', models.DateField()),
                        ('until_on', models.DateField()),
                        ('named_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('named_at', models.DateTimeField()),
                        ('withdrawn_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('withdrawn_at', models.DateTimeField(null=True)),
                    ],
                    options={
                        'indexes': [models.Index(fields=['deputy', 'until_on'], name='leave_deputy_of_account')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('until_on__gte', models.F('from_on'))), name='a_deputy_ends_after_beginning'), models.CheckConstraint(condition=models.Q(('manager', models.F('deputy')), _negated=True), name='nobody_deputises_for_themselves')],
                    },
                ),
                migrations.CreateModel(
                    name='PayrollRun',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('month', models.DateField(help_text='Its first day')),
                        ('number', models.PositiveSmallIntegerField(help_text='Of the runs for this month')),
                        ('made_at', models.DateTimeField()),
                        ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'ordering': ['-month', '-number'],
                        'constraints': [models.UniqueConstraint(fields=('month', 'number'), name='payroll_runs_of_a_month_are_counted'), models.CheckConstraint(condition=models.Q(('month__day', 1)), name='a_payroll_run_is_for_a_month')],
                    },
                ),
                migrations.CreateModel(
                    name='PayrollLine',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('run', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='leave.payrollrun')),
                        ('employment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='workforce.employment')),
                        ('kind', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='leave.leavekind')),
                        ('month', models.DateField(help_text='The month in which the leave was; earlier than the run: a correction')),
                        ('hours', models.DecimalField(decimal_places=2, help_text='Below nought takes hours back', max_digits=7)),
                    ],
                    options={
                        'ordering': ['run', 'employment', 'month', 'kind'],
                        'indexes': [models.Index(fields=['month', 'employment', 'kind'], name='payroll_told_by_month')],
                        'constraints': [models.UniqueConstraint(fields=('run', 'employment', 'kind', 'month'), name='a_payroll_run_says_each_thing_once'), models.CheckConstraint(condition=models.Q(('hours', 0), _negated=True), name='a_payroll_line_says_something')],
                    },
                ),
                migrations.CreateModel(
                    name='LeaveRequest',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('employment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='leave', to='workforce.employment')),
                        ('kind', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='requests', to='leave.leavekind')),
                        ('from_on', models.DateField()),
                        ('until_on', models.DateField()),
                        ('begins_at_noon', models.BooleanField(default=False)),
                        ('ends_at_noon', models.BooleanField(default=False)),
                        ('hours', models.DecimalField(decimal_places=2, max_digits=7)),
                        ('note', models.CharField(blank=True, max_length=300)),
                        ('state', models.CharField(choices=[('REQUESTED', 'Asked for'), ('APPROVED', 'Approved'), ('REFUSED', 'Refused'), ('WITHDRAWN', 'Withdrawn')], default='REQUESTED', max_length=9)),
                        ('asked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('asked_at', models.DateTimeField()),
                        ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('decided_at', models.DateTimeField(null=True)),
                        ('reason', models.CharField(blank=True, help_text='Why it was refused, or approved all the same', max_length=300)),
                    ],
                    options={
                        'ordering': ['-from_on', '-id'],
                        'indexes': [models.Index(fields=['employment', '-from_on'], name='leave_of_employment'), models.Index(condition=models.Q(('state', 'REQUESTED')), fields=['from_on', 'id'], name='leave_to_decide'), models.Index(fields=['until_on', 'from_on'], name='leave_by_days')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('until_on__gte', models.F('from_on'))), name='leave_ends_after_it_begins'), models.CheckConstraint(condition=models.Q(('hours__gte', 0)), name='leave_is_never_below_nought'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'REFUSED'), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='who_refuses_leave_says_why')],
                    },
                ),
                migrations.CreateModel(
                    name='LeaveDay',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('request', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='days', to='leave.leaverequest')),
                        ('employment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='leave_days', to='workforce.employment')),
                        ('day', models.DateField()),
                        ('hours', models.DecimalField(decimal_places=2, max_digits=4)),
                        ('given_back_at', models.DateTimeField(help_text='They were sick: the leave was not used up', null=True)),
                        ('given_back_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'ordering': ['day', 'id'],
                        'indexes': [models.Index(fields=['employment', 'day'], name='leave_day_of_employment'), models.Index(fields=['day', 'employment'], name='leave_day_by_day')],
                        'constraints': [models.UniqueConstraint(fields=('request', 'day'), name='a_request_has_each_day_once'), models.CheckConstraint(condition=models.Q(('hours__gt', 0), ('hours__lte', 24)), name='a_day_has_24_hours')],
                    },
                ),
                migrations.CreateModel(
                    name='LeaveEvent',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('request', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='events', to='leave.leaverequest')),
                        ('kind', models.CharField(choices=[('asked', 'asked for'), ('approved', 'approved'), ('refused', 'refused'), ('withdrawn', 'withdrawn'), ('given_back', 'given back: sick')], max_length=10)),
                        ('at', models.DateTimeField()),
                        ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('reason', models.CharField(blank=True, max_length=300)),
                        ('before', models.JSONField(default=dict, help_text='How it stood before: what an undo puts back')),
                        ('cover', models.JSONField(default=list, help_text='Who was left on each day, as it was decided')),
                        ('undone_at', models.DateTimeField(null=True)),
                        ('undone_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'ordering': ['-at', '-id'],
                        'indexes': [models.Index(fields=['request', '-at'], name='leave_event_of_request')],
                    },
                ),
                migrations.CreateModel(
                    name='LeaveEntry',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('employment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='leave_entries', to='workforce.employment')),
                        ('kind', models.CharField(choices=[('CARRIED', 'Carried over'), ('ADJUSTED', 'Put right'), ('TOIL', 'Time off in lieu earned'), ('WORKED', 'Hours worked, which earn leave'), ('PAID', 'Paid in lieu')], max_length=8)),
                        ('ground', models.CharField(blank=True, choices=[('SICK', 'Too ill to take it'), ('FAMILY', 'On family leave'), ('EMPLOYER', 'The employer gave no chance to take it'), ('AGREED', 'By agreement')], max_length=8)),
                        ('counts_on', models.DateField(help_text='In the leave year of this day')),
                        ('until_on', models.DateField(blank=True, help_text='The last day on which it may be taken', null=True)),
                        ('hours', models.DecimalField(decimal_places=2, help_text='Below nought takes leave away', max_digits=7)),
                        ('why', models.CharField(max_length=200)),
                        ('entered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('entered_at', models.DateTimeField()),
                        ('withdrawn_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('withdrawn_at', models.DateTimeField(null=True)),
                    ],
                    options={
                        'ordering': ['counts_on', 'id'],
                        'indexes': [models.Index(fields=['employment', 'counts_on'], name='leave_entry_of_employment')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('why', ''), _negated=True), name='who_changes_a_balance_says_why'), models.CheckConstraint(condition=models.Q(('hours', Decimal('0')), _negated=True), name='an_entry_has_hours'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'CARRIED'), _negated=True), models.Q(('ground', ''), _negated=True), _connector='OR'), name='leave_is_carried_over_on_a_ground')],
                    },
                ),
                migrations.CreateModel(
                    name='LeaveLink',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('account', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='leave_links', to=settings.AUTH_USER_MODEL)),
                        ('shows', models.CharField(choices=[('OWN', 'My leave'), ('TEAM', 'Who is away in my team')], max_length=4)),
                        ('token', models.CharField(max_length=40, unique=True)),
                        ('made_at', models.DateTimeField()),
                        ('ended_at', models.DateTimeField(null=True)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('account', 'shows'), name='one_calendar_of_each_sort')],
                    },
                ),
            ],
        ),
    ]
