"""Selection events: days, rooms, people, plans, marks and results. What leads to a case is behind the wall."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from moothall.cases.wall import behind_the_wall
from moothall.core.tables import Together


class Migration(migrations.Migration):

    dependencies = [
        ('bookings', '0008_kinds_of_bed_are_sold_no_more'),
        ('credentials', '0004_looked_up_by_number'),
        ('recruitment', '0002_shortlisting'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Together([
        migrations.CreateModel(
            name='EventAssessor',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('assesses', models.BooleanField(default=True, help_text='Not only interprets')),
                ('interprets', models.CharField(blank=True, help_text='A language, such as BSL', max_length=20)),
                ('most_minutes', models.PositiveSmallIntegerField(blank=True, help_text='A day, as agreed', null=True)),
                ('named_at', models.DateTimeField()),
                ('let_go_at', models.DateTimeField(blank=True, null=True)),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('named_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['account__name', 'id'],
            },
        ),
        migrations.CreateModel(
            name='AssessorNotice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sequence', models.PositiveIntegerField(default=0)),
                ('stands', models.BooleanField(default=True)),
                ('said', models.CharField(blank=True, max_length=64)),
                ('told_at', models.DateTimeField()),
                ('assessor', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='notice', to='recruitment.eventassessor')),
            ],
        ),
        migrations.CreateModel(
            name='EventCandidate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('longer', models.PositiveSmallIntegerField(default=0, help_text='Per cent of each exercise')),
                ('rest', models.PositiveSmallIntegerField(default=0, help_text='Minutes between exercises at least')),
                ('step_free', models.BooleanField(default=False)),
                ('companion', models.BooleanField(default=False, help_text='Somebody who supports them comes along')),
                ('interpreter', models.CharField(blank=True, max_length=20)),
                ('welsh', models.BooleanField(default=False, help_text='Is assessed in Welsh')),
                ('helped_at', models.DateTimeField(blank=True, help_text='What would help them was settled', null=True)),
                ('brought_at', models.DateTimeField()),
                ('removed_at', models.DateTimeField(blank=True, null=True)),
                ('attended', models.CharField(blank=True, choices=[('PRESENT', 'Came'), ('LATE', 'Came late'), ('ABSENT', 'Did not come')], max_length=7)),
                ('help_given', models.BooleanField(blank=True, help_text='What was agreed was there', null=True)),
                ('attended_note', models.CharField(blank=True, max_length=300)),
                ('attended_at', models.DateTimeField(blank=True, null=True)),
                ('application', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='events', to='recruitment.application')),
                ('attended_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('brought_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('helped_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('removed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='EventExercise',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120)),
                ('name_cy', models.CharField(blank=True, max_length=120)),
                ('minutes', models.PositiveSmallIntegerField()),
                ('size', models.PositiveSmallIntegerField(default=1, help_text='How many sit it together')),
                ('assessors', models.PositiveSmallIntegerField(default=1)),
                ('hold', models.PositiveSmallIntegerField(default=0, help_text='Minutes for notes after it')),
                ('rest', models.PositiveSmallIntegerField(default=0, help_text='Minutes a candidate has before the next')),
                ('best', models.PositiveSmallIntegerField(default=4, help_text='The highest mark')),
                ('least', models.PositiveSmallIntegerField(default=2, help_text='The mark that passes')),
                ('place', models.PositiveSmallIntegerField(default=1)),
                ('after', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='before', to='recruitment.eventexercise')),
                ('needs', models.ForeignKey(blank=True, help_text='What whoever assesses it has to hold on the day', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='credentials.credentialkind')),
            ],
            options={
                'ordering': ['place', 'id'],
            },
        ),
        migrations.AddField(
            model_name='eventassessor',
            name='exercises',
            field=models.ManyToManyField(blank=True, related_name='+', to='recruitment.eventexercise'),
        ),
        migrations.CreateModel(
            name='EventNotice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sequence', models.PositiveIntegerField(default=0)),
                ('stands', models.BooleanField(default=True, help_text='It is in their calendar')),
                ('said', models.CharField(blank=True, help_text='The fingerprint of when and where', max_length=64)),
                ('result', models.CharField(blank=True, help_text='The result they were told', max_length=64)),
                ('told_at', models.DateTimeField()),
                ('candidate', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='notice', to='recruitment.eventcandidate')),
            ],
        ),
        migrations.CreateModel(
            name='EventPlan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('because', models.CharField(blank=True, max_length=200)),
                ('seconds', models.PositiveSmallIntegerField(default=10)),
                ('seed', models.PositiveSmallIntegerField(default=1)),
                ('state', models.CharField(choices=[('WAITING', 'Waiting'), ('RUNNING', 'Planning'), ('DONE', 'Made'), ('FAILED', 'Could not be made'), ('BROKEN', 'Broken off')], default='WAITING', max_length=8)),
                ('points', models.JSONField(default=list, help_text='Seconds, points and who has no time, as it went')),
                ('digest', models.CharField(blank=True, help_text='Of what it was made from', max_length=64)),
                ('sittings', models.JSONField(default=list, help_text='As the planner says them, by number')),
                ('unseated', models.JSONField(default=list, help_text='Who has no time, on which exercise it fails, why')),
                ('changes', models.JSONField(default=list, help_text='Of a mending: what differs for whom, and why')),
                ('figures', models.JSONField(default=dict)),
                ('before', models.JSONField(default=list, help_text='What stood when it came into force, to go back to')),
                ('problem', models.CharField(blank=True, max_length=500)),
                ('asked_at', models.DateTimeField()),
                ('heard_at', models.DateTimeField(blank=True, null=True)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('stop_asked_at', models.DateTimeField(blank=True, null=True)),
                ('published_at', models.DateTimeField(blank=True, null=True)),
                ('asked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('mends', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='mended_by', to='recruitment.eventplan')),
                ('published_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-asked_at', '-id'],
            },
        ),
        migrations.CreateModel(
            name='EventReason',
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
                'constraints': [models.UniqueConstraint(fields=('key', 'from_on'), name='an_event_reason_changes_once_a_day')],
            },
        ),
        migrations.CreateModel(
            name='SelectionEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('FITNESS', 'Fitness test'), ('CENTRE', 'Assessment centre'), ('INTERVIEW', 'Interviews'), ('BOARD', 'Board')], max_length=9)),
                ('name', models.CharField(max_length=160)),
                ('name_cy', models.CharField(blank=True, max_length=160)),
                ('about', models.TextField(blank=True, help_text='What to bring and to wear, where to come')),
                ('about_cy', models.TextField(blank=True)),
                ('step', models.CharField(help_text='The step of the process that is done by it', max_length=40)),
                ('spare', models.PositiveSmallIntegerField(default=0, help_text='Free times, so that candidates can take another one')),
                ('choose_until', models.DateField(blank=True, help_text='The last day to take another time', null=True)),
                ('made_at', models.DateTimeField()),
                ('closed_at', models.DateTimeField(blank=True, help_text='Results are decided', null=True)),
                ('cancelled_at', models.DateTimeField(blank=True, null=True)),
                ('cancelled_because', models.CharField(blank=True, max_length=300)),
                ('campaign', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='events', to='recruitment.campaign')),
                ('cancelled_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('closed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('plan', models.ForeignKey(help_text='The one in force', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='recruitment.eventplan')),
            ],
            options={
                'ordering': ['-id'],
            },
        ),
        migrations.CreateModel(
            name='EventSitting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('begins_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField()),
                ('taken', django.contrib.postgres.fields.ranges.DateTimeRangeField(help_text='With the time for notes')),
                ('exercise', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sittings', to='recruitment.eventexercise')),
                ('room', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='bookings.resource')),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sittings', to='recruitment.selectionevent')),
            ],
            options={
                'ordering': ['begins_at', 'room', 'id'],
            },
        ),
        migrations.CreateModel(
            name='EventRoom',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('exercises', models.ManyToManyField(blank=True, related_name='rooms', to='recruitment.eventexercise')),
                ('resource', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='bookings.resource')),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rooms', to='recruitment.selectionevent')),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.AddField(
            model_name='eventplan',
            name='event',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='plans', to='recruitment.selectionevent'),
        ),
        migrations.AddField(
            model_name='eventexercise',
            name='event',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='exercises', to='recruitment.selectionevent'),
        ),
        migrations.CreateModel(
            name='EventDay',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('on', models.DateField()),
                ('opens', models.TimeField()),
                ('closes', models.TimeField()),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='days', to='recruitment.selectionevent')),
            ],
            options={
                'ordering': ['on', 'id'],
            },
        ),
        migrations.AddField(
            model_name='eventcandidate',
            name='event',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='candidates', to='recruitment.selectionevent'),
        ),
        migrations.AddField(
            model_name='eventassessor',
            name='event',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='assessors', to='recruitment.selectionevent'),
        ),
        migrations.CreateModel(
            name='AssessorAway',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('begins_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField()),
                ('because', models.CharField(max_length=200)),
                ('noted_at', models.DateTimeField()),
                ('undone_at', models.DateTimeField(blank=True, null=True)),
                ('noted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('assessor', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='away', to='recruitment.eventassessor')),
            ],
            options={
                'ordering': ['begins_at', 'id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('begins_at'))), name='who_assesses_is_away_for_a_while')],
            },
        ),
        migrations.CreateModel(
            name='Conflict',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('DECLARED', 'They know each other'), ('MANAGER', 'Is or was their line manager'), ('REFEREE', 'Is their referee')], default='DECLARED', max_length=8)),
                ('declared_at', models.DateTimeField()),
                ('undone_at', models.DateTimeField(blank=True, null=True)),
                ('declared_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('assessor', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='conflicts', to='recruitment.eventassessor')),
                ('candidate', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='conflicts', to='recruitment.eventcandidate')),
            ],
            options={
                'ordering': ['id'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('undone_at', None)), fields=('assessor', 'candidate'), name='a_conflict_is_declared_once')],
            },
        ),
        migrations.CreateModel(
            name='EventResult',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('outcome', models.CharField(choices=[('PASSED', 'Passed'), ('NOT_PASSED', 'Not passed'), ('ABSENT', 'Did not come')], max_length=10)),
                ('total', models.DecimalField(decimal_places=2, max_digits=7)),
                ('step', models.BigIntegerField(help_text='The step of their case that was done by it', null=True)),
                ('decided_at', models.DateTimeField()),
                ('undone_at', models.DateTimeField(blank=True, null=True)),
                ('candidate', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='results', to='recruitment.eventcandidate')),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('reason', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='recruitment.eventreason')),
                ('undone_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-total', 'id'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('undone_at', None)), fields=('candidate',), name='a_candidate_has_one_result')],
            },
        ),
        migrations.CreateModel(
            name='EventSeat',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place', models.PositiveSmallIntegerField()),
                ('span', django.contrib.postgres.fields.ranges.DateTimeRangeField()),
                ('applicant', models.ForeignKey(help_text='Who never sits two', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='recruitment.applicant')),
                ('candidate', models.ForeignKey(help_text='None: free', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='seats', to='recruitment.eventcandidate')),
                ('sitting', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='seats', to='recruitment.eventsitting')),
            ],
            options={
                'ordering': ['sitting__begins_at', 'id'],
                'constraints': [models.UniqueConstraint(fields=('sitting', 'place'), name='a_place_is_in_a_sitting_once'), django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('applicant__isnull', False)), expressions=[('applicant', '='), ('span', '&&')], name='a_candidate_sits_one_thing_at_a_time')],
            },
        ),
        migrations.CreateModel(
            name='Assessing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('span', django.contrib.postgres.fields.ranges.DateTimeRangeField()),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('assessor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='duties', to='recruitment.eventassessor')),
                ('interprets_for', models.ForeignKey(help_text='None: assesses', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='recruitment.eventcandidate')),
                ('sitting', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='panel', to='recruitment.eventsitting')),
            ],
            options={
                'ordering': ['sitting__begins_at', 'id'],
                'constraints': [models.UniqueConstraint(fields=('sitting', 'assessor'), name='an_assessor_is_in_a_sitting_once'), django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('account', '='), ('span', '&&')], name='an_assessor_has_one_sitting_at_a_time')],
            },
        ),
        migrations.CreateModel(
            name='Score',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('mark', models.PositiveSmallIntegerField()),
                ('because', models.CharField(max_length=1000)),
                ('handed_in_at', models.DateTimeField()),
                ('assessor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='scores', to='recruitment.eventassessor')),
                ('candidate', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='scores', to='recruitment.eventcandidate')),
                ('exercise', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='scores', to='recruitment.eventexercise')),
            ],
            options={
                'ordering': ['exercise__place', 'id'],
                'constraints': [models.UniqueConstraint(fields=('assessor', 'candidate', 'exercise'), name='a_score_is_handed_in_once'), models.CheckConstraint(condition=models.Q(('because', ''), _negated=True), name='a_score_says_why')],
            },
        ),
        migrations.AddConstraint(
            model_name='selectionevent',
            constraint=models.CheckConstraint(condition=models.Q(('cancelled_at', None), models.Q(('cancelled_because', ''), _negated=True), _connector='OR'), name='a_cancelled_event_says_why'),
        ),
        migrations.AddIndex(
            model_name='eventsitting',
            index=models.Index(fields=['event', 'begins_at'], name='event_sitting_by_time'),
        ),
        migrations.AddConstraint(
            model_name='eventsitting',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('room', '='), ('taken', '&&')], name='a_room_has_one_sitting_at_a_time'),
        ),
        migrations.AddConstraint(
            model_name='eventroom',
            constraint=models.UniqueConstraint(fields=('event', 'resource'), name='a_room_of_an_event_stands_once'),
        ),
        migrations.AddConstraint(
            model_name='eventexercise',
            constraint=models.CheckConstraint(condition=models.Q(('minutes__gte', 5), ('size__gte', 1)), name='an_exercise_takes_time_and_people'),
        ),
        migrations.AddConstraint(
            model_name='eventexercise',
            constraint=models.CheckConstraint(condition=models.Q(('best__gte', 1), ('least__lte', models.F('best'))), name='a_pass_can_be_reached'),
        ),
        migrations.AddConstraint(
            model_name='eventday',
            constraint=models.UniqueConstraint(fields=('event', 'on'), name='a_day_of_an_event_stands_once'),
        ),
        migrations.AddConstraint(
            model_name='eventday',
            constraint=models.CheckConstraint(condition=models.Q(('closes__gt', models.F('opens'))), name='a_day_of_an_event_ends_later'),
        ),
        migrations.AddConstraint(
            model_name='eventcandidate',
            constraint=models.UniqueConstraint(fields=('event', 'application'), name='a_candidate_is_brought_once'),
        ),
        migrations.AddConstraint(
            model_name='eventassessor',
            constraint=models.UniqueConstraint(condition=models.Q(('let_go_at', None)), fields=('event', 'account'), name='an_assessor_is_named_once'),
        ),
        ]),
        behind_the_wall("recruitment_eventcandidate", application_id="recruitment_application"),
        behind_the_wall("recruitment_eventnotice", candidate_id="recruitment_eventcandidate"),
        behind_the_wall("recruitment_conflict", candidate_id="recruitment_eventcandidate"),
        behind_the_wall("recruitment_eventseat", candidate_id="recruitment_eventcandidate"),
        behind_the_wall("recruitment_assessing", interprets_for_id="recruitment_eventcandidate"),
        behind_the_wall("recruitment_score", candidate_id="recruitment_eventcandidate"),
        behind_the_wall("recruitment_eventresult", candidate_id="recruitment_eventcandidate"),
    ]
