import datetime
import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.comparison
from decimal import Decimal
from django.conf import settings
from django.db import migrations, models

from moothall.core.tables import Together


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('credentials', '0001_tables'),
        ('people', '0001_tables'),
        ('people', '__first__'),
        ('workforce', '0002_behind_the_wall'),
    ]

    operations = [
        Together(
            operations=[
                migrations.CreateModel(
                    name='Course',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('key', models.SlugField(max_length=60, unique=True)),
                        ('name', models.CharField(max_length=160)),
                        ('name_cy', models.CharField(blank=True, max_length=160)),
                        ('added_at', models.DateTimeField()),
                        ('retired_at', models.DateTimeField(blank=True, null=True)),
                        ('added_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('retired_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'ordering': ['name', 'id'],
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('key', ''), _negated=True), models.Q(('name', ''), _negated=True)), name='a_course_has_a_name')],
                    },
                ),
                migrations.CreateModel(
                    name='CourseRequirement',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('workforce', models.CharField(blank=True, choices=[('employee', 'Employee'), ('police_officer', 'Police officer'), ('special', 'Special constable'), ('worker', 'Worker'), ('volunteer', 'Volunteer'), ('intern', 'Intern')], max_length=14)),
                        ('within_days', models.PositiveSmallIntegerField(default=90, help_text='Of starting, or of the first day of this requirement')),
                        ('again_months', models.PositiveSmallIntegerField(blank=True, null=True)),
                        ('because', models.CharField(blank=True, max_length=200)),
                        ('from_on', models.DateField()),
                        ('until_on', models.DateField(blank=True, null=True)),
                        ('added_at', models.DateTimeField()),
                        ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                        ('added_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('course', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='requirements', to='training.course')),
                        ('post', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.post')),
                        ('unit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.organisation')),
                        ('withdrawn_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'ordering': ['course', 'id'],
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(models.Q(('workforce', ''), _negated=True), ('post', None), ('unit', None)), models.Q(('post', None), ('unit__isnull', False), ('workforce', '')), models.Q(('post__isnull', False), ('unit', None), ('workforce', '')), _connector='OR'), name='a_course_is_asked_of_one_thing'), models.CheckConstraint(condition=models.Q(('until_on', None), ('until_on__gte', models.F('from_on')), _connector='OR'), name='a_course_is_asked_until_later')],
                    },
                ),
                migrations.CreateModel(
                    name='CourseVersion',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('number', models.PositiveSmallIntegerField()),
                        ('from_on', models.DateField()),
                        ('days', models.PositiveSmallIntegerField(default=1)),
                        ('least', models.PositiveSmallIntegerField(default=4, help_text='Fewer, and it is not worth its trainers')),
                        ('most', models.PositiveSmallIntegerField(default=12)),
                        ('room', models.CharField(choices=[('CLASSROOM', 'Classroom'), ('GYM', 'Gym with mats'), ('RANGE', 'Range'), ('DRIVING', 'Driving area'), ('COMPUTERS', 'Room with computers'), ('ONLINE', 'No room: online')], default='CLASSROOM', max_length=10)),
                        ('trainers', models.PositiveSmallIntegerField(default=1, help_text='So many for one session')),
                        ('valid_months', models.PositiveSmallIntegerField(blank=True, null=True)),
                        ('price', models.DecimalField(decimal_places=2, default=Decimal('0'), help_text='Of a place that is left empty', max_digits=12)),
                        ('about', models.TextField(blank=True)),
                        ('about_cy', models.TextField(blank=True)),
                        ('bring', models.CharField(blank=True, help_text='What those who come bring', max_length=300)),
                        ('bring_cy', models.CharField(blank=True, max_length=300)),
                        ('made_at', models.DateTimeField()),
                        ('course', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='versions', to='training.course')),
                        ('grants', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='courses', to='credentials.credentialkind')),
                        ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('prerequisites', models.ManyToManyField(blank=True, related_name='+', to='training.course')),
                        ('skill', models.ForeignKey(blank=True, help_text='What a trainer is able to teach', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='workforce.skill')),
                    ],
                    options={
                        'ordering': ['course', '-number'],
                        'constraints': [models.UniqueConstraint(fields=('course', 'number'), name='versions_of_a_course_are_counted'), models.CheckConstraint(condition=models.Q(('days__gte', 1), ('days__lte', 60)), name='a_course_takes_days'), models.CheckConstraint(condition=models.Q(('least__gte', 1), ('most__gte', models.F('least'))), name='a_course_has_sizes'), models.CheckConstraint(condition=models.Q(('price__gte', 0)), name='a_place_costs_nothing_or_more')],
                    },
                ),
                migrations.CreateModel(
                    name='DutyFile',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('name', models.CharField(max_length=200)),
                        ('digest', models.CharField(max_length=64)),
                        ('state', models.CharField(choices=[('READ', 'To look at'), ('DONE', 'Carried out'), ('ASIDE', 'Put aside')], default='READ', max_length=5)),
                        ('first_on', models.DateField(blank=True, null=True)),
                        ('last_on', models.DateField(blank=True, null=True)),
                        ('rows', models.PositiveIntegerField(default=0)),
                        ('same', models.PositiveIntegerField(default=0)),
                        ('below', models.JSONField(default=list, help_text='Lines that are below the minimum since')),
                        ('brought_at', models.DateTimeField()),
                        ('done_at', models.DateTimeField(blank=True, null=True)),
                        ('brought_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('done_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'ordering': ['-brought_at', '-id'],
                    },
                ),
                migrations.CreateModel(
                    name='DutyChange',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('number', models.PositiveIntegerField(help_text='The line of the file, its heading being 1')),
                        ('sort', models.CharField(choices=[('NEW', 'New'), ('CHANGED', 'Changed'), ('REFUSED', 'Cannot be read')], max_length=7)),
                        ('day', models.DateField(null=True)),
                        ('part', models.CharField(blank=True, max_length=1)),
                        ('kind', models.CharField(blank=True, max_length=5)),
                        ('before', models.CharField(blank=True, max_length=40)),
                        ('said', models.CharField(blank=True, help_text='Why it cannot be read, or the line itself', max_length=300)),
                        ('employment', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='workforce.employment')),
                        ('file', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='changes', to='training.dutyfile')),
                    ],
                    options={
                        'ordering': ['number', 'id'],
                        'indexes': [models.Index(fields=['file', 'sort', 'number'], name='duty_change_by_sort')],
                    },
                ),
                migrations.CreateModel(
                    name='DutyLine',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('day', models.DateField()),
                        ('part', models.CharField(blank=True, choices=[('E', 'Early'), ('L', 'Late'), ('N', 'Night'), ('D', 'Day')], max_length=1)),
                        ('kind', models.CharField(choices=[('DUTY', 'On duty'), ('REST', 'Rest day'), ('LEAVE', 'Leave'), ('COURT', 'Court'), ('SICK', 'Sick')], default='DUTY', max_length=5)),
                        ('employment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='duty_lines', to='workforce.employment')),
                        ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='training.dutyfile')),
                    ],
                    options={
                        'ordering': ['day', 'id'],
                        'indexes': [models.Index(fields=['day', 'employment'], name='duty_by_day')],
                        'constraints': [models.UniqueConstraint(fields=('employment', 'day'), name='one_duty_a_day'), models.CheckConstraint(condition=models.Q(('kind', 'REST'), models.Q(('part', ''), _negated=True), _connector='OR'), name='a_duty_has_its_part_of_the_day')],
                    },
                ),
                migrations.CreateModel(
                    name='Need',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('held_since', models.DateField(blank=True, null=True)),
                        ('due_on', models.DateField(blank=True, help_text='Empty: once is enough, and it is done', null=True)),
                        ('noted_at', models.DateTimeField()),
                        ('course', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='needs', to='training.course')),
                        ('employment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='training_needs', to='workforce.employment')),
                        ('requirement', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='training.courserequirement')),
                    ],
                    options={
                        'ordering': ['due_on', 'id'],
                        'indexes': [models.Index(fields=['course', 'due_on'], name='need_by_course')],
                        'constraints': [models.UniqueConstraint(fields=('employment', 'course'), name='a_course_is_needed_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Nomination',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('state', models.CharField(choices=[('ASKED', 'Waits for the manager'), ('PLACED', 'Has a place'), ('WAITING', 'On the waiting list'), ('REFUSED', 'Refused'), ('WITHDRAWN', 'Withdrawn')], default='ASKED', max_length=9)),
                        ('waits_because', models.CharField(blank=True, choices=[('FULL', 'The session is full'), ('TEAM', 'The team would be below its minimum'), ('FIRST', 'Another course comes first'), ('CLASH', 'Other training on the same day'), ('AWAY', 'Away on one of the days'), ('NIGHT', 'Comes off a night on one of the days')], max_length=5)),
                        ('waits_for', models.CharField(blank=True, help_text='The day, the course, the team', max_length=300)),
                        ('asked_at', models.DateTimeField()),
                        ('decided_at', models.DateTimeField(blank=True, null=True)),
                        ('because', models.CharField(blank=True, help_text='Why refused or withdrawn', max_length=300)),
                        ('placed_at', models.DateTimeField(blank=True, null=True)),
                        ('attended', models.BooleanField(blank=True, null=True)),
                        ('absent_because', models.CharField(blank=True, max_length=300)),
                        ('recharge', models.DecimalField(decimal_places=2, default=Decimal('0'), max_digits=12)),
                        ('result', models.CharField(blank=True, choices=[('PASSED', 'Passed'), ('FAILED', 'Not passed'), ('REFERRED', 'To be seen again')], max_length=8)),
                        ('result_on', models.DateField(blank=True, null=True)),
                        ('result_at', models.DateTimeField(blank=True, null=True)),
                        ('asked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('credential', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='credentials.credential')),
                        ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('employment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='training', to='workforce.employment')),
                        ('result_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('session', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='nominations', to='training.session')),
                    ],
                    options={
                        'ordering': ['-asked_at', '-id'],
                        'indexes': [models.Index(fields=['employment', 'state'], name='nomination_of_employment'), models.Index(fields=['session', 'state'], name='nomination_of_session')],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('state__in', ['ASKED', 'PLACED', 'WAITING'])), fields=('employment', 'session'), name='nobody_is_put_forward_twice'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'WAITING'), ('waits_because__gt', '')), models.Q(models.Q(('state', 'WAITING'), _negated=True), ('waits_because', '')), _connector='OR'), name='who_waits_is_told_why'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'REFUSED'), _negated=True), models.Q(('because', ''), _negated=True), _connector='OR'), name='who_refuses_training_says_why'), models.CheckConstraint(condition=models.Q(models.Q(('attended', False), _negated=True), models.Q(('absent_because', ''), _negated=True), _connector='OR'), name='who_did_not_come_has_a_reason'), models.CheckConstraint(condition=models.Q(('result', ''), ('attended', True), _connector='OR'), name='only_who_came_has_a_result'), models.CheckConstraint(condition=models.Q(('recharge__gte', 0)), name='a_recharge_is_never_below_nought')],
                    },
                ),
                migrations.CreateModel(
                    name='Evaluation',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('useful', models.PositiveSmallIntegerField(help_text='From 1, not at all, to 5, very')),
                        ('taught', models.PositiveSmallIntegerField()),
                        ('words', models.TextField(blank=True)),
                        ('at', models.DateTimeField()),
                        ('nomination', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='evaluation', to='training.nomination')),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(('taught__gte', 1), ('taught__lte', 5), ('useful__gte', 1), ('useful__lte', 5)), name='an_evaluation_goes_from_one_to_five')],
                    },
                ),
                migrations.CreateModel(
                    name='PlaceDay',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('day', models.DateField()),
                        ('employment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='training_days', to='workforce.employment')),
                        ('nomination', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='days', to='training.nomination')),
                    ],
                    options={
                        'ordering': ['day', 'id'],
                        'indexes': [models.Index(fields=['day', 'employment'], name='training_by_day')],
                        'constraints': [models.UniqueConstraint(fields=('employment', 'day'), name='nobody_is_trained_twice_a_day')],
                    },
                ),
                migrations.CreateModel(
                    name='Session',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('room', models.CharField(blank=True, max_length=120)),
                        ('language', models.CharField(choices=[('en', 'English'), ('cy', 'Welsh')], default='en', max_length=2)),
                        ('days', django.contrib.postgres.fields.ArrayField(base_field=models.DateField(), size=None)),
                        ('first_on', models.DateField()),
                        ('last_on', models.DateField()),
                        ('begins', models.TimeField(default=datetime.time(9, 0))),
                        ('ends', models.TimeField(default=datetime.time(17, 0))),
                        ('capacity', models.PositiveSmallIntegerField()),
                        ('taken', models.PositiveSmallIntegerField(default=0)),
                        ('note', models.CharField(blank=True, max_length=300)),
                        ('made_at', models.DateTimeField()),
                        ('cancelled_at', models.DateTimeField(blank=True, null=True)),
                        ('cancelled_because', models.CharField(blank=True, max_length=300)),
                        ('cancelled_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('place', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.place')),
                        ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sessions', to='training.courseversion')),
                    ],
                    options={
                        'ordering': ['first_on', 'id'],
                        'indexes': [models.Index(fields=['first_on', 'id'], name='session_by_day'), models.Index(fields=['version', 'first_on'], name='session_of_course')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('taken__lte', models.F('capacity'))), name='no_more_than_there_are_places'), models.CheckConstraint(condition=models.Q(('days__len__gte', 1), ('last_on__gte', models.F('first_on'))), name='a_session_has_days'), models.CheckConstraint(condition=models.Q(('ends__gt', models.F('begins'))), name='a_session_ends_later'), models.CheckConstraint(condition=models.Q(('cancelled_at', None), models.Q(('cancelled_because', ''), _negated=True), _connector='OR'), name='who_cancels_says_why')],
                    },
                ),
                migrations.CreateModel(
                    name='TeamDay',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('day', models.DateField()),
                        ('part', models.CharField(choices=[('E', 'Early'), ('L', 'Late'), ('N', 'Night'), ('D', 'Day')], max_length=1)),
                        ('rostered', models.PositiveSmallIntegerField(help_text='Who would be on duty if nobody was away')),
                        ('present', models.PositiveSmallIntegerField(help_text='Rostered, less leave, court and sickness')),
                        ('minimum', models.PositiveSmallIntegerField()),
                        ('out', models.PositiveSmallIntegerField(default=0, help_text='In training')),
                        ('beyond', models.PositiveSmallIntegerField(default=0, help_text='Let through below the minimum by name, or since more are away than were')),
                        ('counted_at', models.DateTimeField()),
                        ('skill', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='workforce.skill')),
                        ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='training_ledger', to='people.organisation')),
                        ('source', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='training.teamminimum')),
                    ],
                    options={
                        'ordering': ['day', 'part', 'id'],
                        'constraints': [models.UniqueConstraint(fields=('unit', 'day', 'part', 'skill'), name='a_team_has_one_line_a_part_of_a_day', nulls_distinct=False), models.CheckConstraint(condition=models.Q(('out__lte', django.db.models.expressions.CombinedExpression(django.db.models.functions.comparison.Greatest(django.db.models.expressions.CombinedExpression(models.F('present'), '-', models.F('minimum')), 0), '+', models.F('beyond')))), name='training_leaves_the_minimum')],
                    },
                ),
                migrations.CreateModel(
                    name='SparedRow',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('nomination', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='spared', to='training.nomination')),
                        ('line', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='spared', to='training.teamday')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('nomination', 'line'), name='a_place_takes_a_line_once')],
                    },
                ),
                migrations.CreateModel(
                    name='MinimumOverride',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('reason', models.CharField(max_length=300)),
                        ('at', models.DateTimeField()),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('nomination', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='overrides', to='training.nomination')),
                        ('line', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='overrides', to='training.teamday')),
                    ],
                    options={
                        'ordering': ['-at', '-id'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='who_goes_below_a_minimum_says_why')],
                    },
                ),
                migrations.CreateModel(
                    name='TeamMinimum',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('part', models.CharField(blank=True, choices=[('E', 'Early'), ('L', 'Late'), ('N', 'Night'), ('D', 'Day')], help_text='Empty: every part of the day', max_length=1)),
                        ('percent', models.PositiveSmallIntegerField(blank=True, help_text='Of those rostered', null=True)),
                        ('least', models.PositiveSmallIntegerField(blank=True, null=True)),
                        ('from_on', models.DateField()),
                        ('until_on', models.DateField(blank=True, null=True)),
                        ('why', models.CharField(max_length=200)),
                        ('set_at', models.DateTimeField()),
                        ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                        ('set_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('skill', models.ForeignKey(blank=True, help_text='Only those who have it are counted', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='workforce.skill')),
                        ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='training_minimums', to='people.organisation')),
                        ('withdrawn_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'ordering': ['unit__name', 'from_on', 'id'],
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('least__isnull', False), ('percent', None)), models.Q(('least', None), ('percent__isnull', False)), _connector='OR'), name='a_minimum_is_a_number_or_a_share'), models.CheckConstraint(condition=models.Q(('percent', None), models.Q(('percent__gte', 1), ('percent__lte', 100)), _connector='OR'), name='a_minimum_is_of_a_hundred'), models.CheckConstraint(condition=models.Q(('until_on', None), ('until_on__gte', models.F('from_on')), _connector='OR'), name='a_minimum_ends_after_it_begins'), models.CheckConstraint(condition=models.Q(('why', ''), _negated=True), name='who_sets_a_minimum_says_why')],
                    },
                ),
                migrations.CreateModel(
                    name='TrainerDay',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('day', models.DateField()),
                        ('session', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='trainer_days', to='training.session')),
                        ('trainer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='teaching_days', to='workforce.employment')),
                    ],
                    options={
                        'ordering': ['day', 'id'],
                        'constraints': [models.UniqueConstraint(fields=('trainer', 'day'), name='a_trainer_teaches_once_a_day')],
                    },
                ),
            ],
        ),
    ]
