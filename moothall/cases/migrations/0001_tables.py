import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from moothall.core.tables import Together


class Migration(migrations.Migration):
    replaces = [
        ('cases', '0001_initial'),
        ('cases', '0002_history_keeps_the_row_before'),
        ('cases', '0003_an_escalation_is_told_once'),
        ('cases', '0004_a_digest_is_written_once_a_day'),
        ('cases', '0005_words_of_restricted_cases'),
        ('cases', '0008_what_a_wall_counts'),
        ('cases', '0010_a_restricted_case_in_an_emergency'),
    ]
    initial = True
    dependencies = [
        ('letters', '0001_tables'),
    ]
    operations = [
        Together(
            operations=[
                migrations.CreateModel(
                    name='Case',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('reference', models.CharField(max_length=20, unique=True)),
                        ('service', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cases', to='cases.service')),
                        ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.serviceversion')),
                        ('title', models.CharField(max_length=300)),
                        ('requester', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='cases', to='people.person')),
                        ('subject', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='cases_about', to='people.person')),
                        ('team', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cases', to='people.team')),
                        ('assignee', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='cases', to=settings.AUTH_USER_MODEL)),
                        ('seen_by_teams', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list, help_text='The owning team, and teams that have a part in it', size=None)),
                        ('status', models.CharField(choices=[('OPEN', 'open'), ('WAITING', 'waiting'), ('CLOSED', 'closed')], default='OPEN', max_length=7)),
                        ('waiting_on', models.CharField(choices=[('US', 'us'), ('PERSON', 'the person'), ('THIRD', 'somebody else')], default='US', max_length=6)),
                        ('priority', models.SmallIntegerField(choices=[(1, 'urgent'), (2, 'high'), (3, 'normal'), (4, 'low')], default=3)),
                        ('confidentiality', models.CharField(choices=[('OPEN', 'open'), ('TEAM', 'team'), ('RESTRICTED', 'restricted'), ('SEALED', 'sealed')], default='TEAM', max_length=10)),
                        ('channel', models.CharField(max_length=20)),
                        ('language', models.CharField(blank=True, default='', max_length=2)),
                        ('answers', models.JSONField(default=dict)),
                        ('received_at', models.DateTimeField()),
                        ('logged_at', models.DateTimeField()),
                        ('logged_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('due_on', models.DateField(blank=True, help_text='The nearest running clock; recomputed, never edited', null=True)),
                        ('amber_on', models.DateField(blank=True, null=True)),
                        ('held_until', models.DateField(blank=True, null=True)),
                        ('hold_reason', models.CharField(blank=True, max_length=200)),
                        ('came_back_at', models.DateTimeField(blank=True, help_text='Last message in that nobody has answered', null=True)),
                        ('handed_at', models.DateTimeField(blank=True, null=True)),
                        ('handed_because', models.TextField(blank=True)),
                        ('first_answered_at', models.DateTimeField(blank=True, null=True)),
                        ('closed_at', models.DateTimeField(blank=True, null=True)),
                        ('outcome', models.CharField(blank=True, max_length=60)),
                        ('closing_reason', models.TextField(blank=True)),
                        ('parent_step', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='sub_cases', to='cases.step')),
                        ('merged_into', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.case')),
                        ('edition', models.PositiveIntegerField(default=1, help_text='Counts changes, to notice two people at once')),
                    ],
                    options={
                        'indexes': [models.Index(fields=['-received_at', '-id'], name='case_by_received'), models.Index(fields=['team', '-received_at', '-id'], name='case_by_team'), models.Index(fields=['requester', '-received_at', '-id'], name='case_by_requester'), models.Index(condition=models.Q(('status', 'CLOSED'), _negated=True), fields=['assignee', 'due_on', 'id'], name='case_mine_open'), models.Index(condition=models.Q(('status', 'CLOSED'), _negated=True), fields=['team', 'due_on', 'id'], name='case_team_open'), models.Index(condition=models.Q(('status', 'CLOSED'), _negated=True), fields=['team', '-received_at', '-id'], name='case_team_open_by_received'), models.Index(condition=models.Q(('status', 'CLOSED'), _negated=True), fields=['-received_at', '-id'], name='case_open_by_received'), models.Index(condition=models.Q(('assignee', None), models.Q(('status', 'CLOSED'), _negated=True)), fields=['team', '-received_at', '-id'], name='case_unassigned'), models.Index(condition=models.Q(('status', 'CLOSED'), _negated=True), fields=['due_on', 'id'], name='case_open_by_due'), models.Index(condition=models.Q(models.Q(('status', 'CLOSED'), _negated=True), models.Q(('first_answered_at', None), ('came_back_at__isnull', False), _connector='OR')), fields=['team', 'received_at'], name='case_team_to_answer'), models.Index(condition=models.Q(('first_answered_at__isnull', False)), fields=['team', 'first_answered_at'], name='case_team_answered'), models.Index(condition=models.Q(('held_until__isnull', False)), fields=['held_until'], name='case_held'), django.contrib.postgres.indexes.GinIndex(condition=models.Q(('status', 'CLOSED'), _negated=True), fields=['seen_by_teams'], name='case_open_seen_by')],
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('status', 'CLOSED'), _negated=True), models.Q(('closed_at__isnull', False), models.Q(('outcome', ''), _negated=True)), _connector='OR'), name='a_closed_case_has_an_outcome'), models.CheckConstraint(condition=models.Q(('held_until', None), models.Q(('hold_reason', ''), _negated=True), _connector='OR'), name='a_held_case_says_why'), models.CheckConstraint(condition=models.Q(('received_at__lte', models.F('logged_at'))), name='a_case_is_received_before_it_is_logged')],
                    },
                ),
                migrations.CreateModel(
                    name='CaseEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='reference_title_service_team_assignee_requester_status_priority_confidentiality_received_at_outcome_merged_into_events', to='cases.case')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('reference', models.CharField(max_length=20)),
                        ('title', models.CharField(max_length=300)),
                        ('service', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='cases.service')),
                        ('team', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.team')),
                        ('assignee', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                        ('requester', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.person')),
                        ('status', models.CharField(choices=[('OPEN', 'open'), ('WAITING', 'waiting'), ('CLOSED', 'closed')], default='OPEN', max_length=7)),
                        ('priority', models.SmallIntegerField(choices=[(1, 'urgent'), (2, 'high'), (3, 'normal'), (4, 'low')], default=3)),
                        ('confidentiality', models.CharField(choices=[('OPEN', 'open'), ('TEAM', 'team'), ('RESTRICTED', 'restricted'), ('SEALED', 'sealed')], default='TEAM', max_length=10)),
                        ('received_at', models.DateTimeField()),
                        ('outcome', models.CharField(blank=True, max_length=60)),
                        ('merged_into', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='cases.case')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='CaseSearch',
                    fields=[
                        ('case', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='search', serialize=False, to='cases.case')),
                        ('words', django.contrib.postgres.search.SearchVectorField()),
                    ],
                    options={
                        'indexes': [django.contrib.postgres.indexes.GinIndex(fields=['words'], name='case_by_words')],
                    },
                ),
                migrations.CreateModel(
                    name='NamedSearch',
                    fields=[
                        ('case', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='named_search', serialize=False, to='cases.case')),
                        ('words', django.contrib.postgres.search.SearchVectorField()),
                    ],
                ),
                migrations.CreateModel(
                    name='CaseAccess',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='access', to='cases.case')),
                        ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('reason', models.TextField()),
                        ('given_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('given_at', models.DateTimeField()),
                        ('until', models.DateTimeField(help_text='Set in an emergency: not named, and let in until then', null=True)),
                        ('ended_at', models.DateTimeField(null=True)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('case', 'account'), name='access_is_given_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Reading',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='readings', to='cases.case')),
                        ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('reason', models.TextField()),
                        ('at', models.DateTimeField()),
                        ('until', models.DateTimeField()),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='a_reading_has_a_reason')],
                    },
                ),
                migrations.CreateModel(
                    name='CaseLink',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='links', to='cases.case')),
                        ('other', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='linked_from', to='cases.case')),
                        ('kind', models.CharField(choices=[('RELATED', 'related'), ('DUPLICATE', 'duplicate'), ('MERGED', 'merged'), ('SPLIT', 'split off')], max_length=9)),
                        ('detail', models.JSONField(default=dict, help_text='What a merge moved, so that it can be moved back')),
                        ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('made_at', models.DateTimeField()),
                        ('ended_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('ended_at', models.DateTimeField(null=True)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('case', 'other', 'kind'), name='two_cases_are_linked_once'), models.CheckConstraint(condition=models.Q(('case', models.F('other')), _negated=True), name='a_case_is_not_linked_to_itself')],
                    },
                ),
                migrations.CreateModel(
                    name='Step',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='cases.case')),
                        ('key', models.CharField(max_length=40)),
                        ('name', models.CharField(max_length=250)),
                        ('position', models.PositiveIntegerField()),
                        ('occurrence', models.PositiveIntegerField(default=1)),
                        ('owner', models.CharField(help_text='The part that does it, such as vetting or line_manager', max_length=60)),
                        ('team', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='people.team')),
                        ('assignee', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='steps', to=settings.AUTH_USER_MODEL)),
                        ('state', models.CharField(choices=[('PENDING', 'not yet'), ('READY', 'to do'), ('DONE', 'done'), ('SKIPPED', 'not needed')], default='PENDING', max_length=7)),
                        ('waiting_on', models.CharField(choices=[('US', 'us'), ('PERSON', 'the person'), ('THIRD', 'somebody else')], default='US', max_length=6)),
                        ('ready_at', models.DateTimeField(blank=True, null=True)),
                        ('due_on', models.DateField(blank=True, null=True)),
                        ('amber_on', models.DateField(blank=True, null=True)),
                        ('done_at', models.DateTimeField(blank=True, null=True)),
                        ('done_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('outcome', models.CharField(blank=True, max_length=60)),
                        ('note', models.TextField(blank=True)),
                    ],
                    options={
                        'ordering': ['position', 'occurrence'],
                        'indexes': [models.Index(condition=models.Q(('state', 'READY')), fields=['team', 'due_on', 'id'], name='step_team_ready'), models.Index(condition=models.Q(('state', 'READY')), fields=['assignee', 'due_on', 'id'], name='step_mine_ready')],
                        'constraints': [models.UniqueConstraint(fields=('case', 'key', 'occurrence'), name='a_step_occurs_once_at_a_time'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'DONE'), _negated=True), ('done_at__isnull', False), _connector='OR'), name='a_done_step_says_when')],
                    },
                ),
                migrations.CreateModel(
                    name='CaseClock',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='clocks', to='cases.case')),
                        ('key', models.CharField(help_text='What it is for, such as answer or acknowledge', max_length=60)),
                        ('name', models.CharField(max_length=160)),
                        ('rule', models.JSONField(help_text='The clock rule in force on the day it started')),
                        ('due_on', models.DateField(blank=True, null=True)),
                        ('due_at', models.DateTimeField(blank=True, null=True)),
                        ('amber_on', models.DateField(blank=True, null=True)),
                        ('first_due_on', models.DateField(blank=True, help_text='As first computed', null=True)),
                        ('computed_at', models.DateTimeField()),
                        ('met_at', models.DateTimeField(blank=True, null=True)),
                        ('stopped_at', models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        'ordering': ['due_on', 'id'],
                        'indexes': [models.Index(condition=models.Q(('met_at', None), ('stopped_at', None)), fields=['due_on'], name='clock_running_by_due')],
                        'constraints': [models.UniqueConstraint(fields=('case', 'key'), name='a_clock_runs_once_on_a_case')],
                    },
                ),
                migrations.CreateModel(
                    name='ClockEvent',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('clock', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='events', to='cases.caseclock')),
                        ('kind', models.CharField(max_length=30)),
                        ('at', models.DateTimeField()),
                        ('detail', models.JSONField(default=dict)),
                        ('reason', models.CharField(blank=True, max_length=300)),
                        ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('recorded_at', models.DateTimeField()),
                        ('withdrawn_at', models.DateTimeField(null=True)),
                    ],
                    options={
                        'ordering': ['at', 'id'],
                    },
                ),
                migrations.CreateModel(
                    name='Escalation',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='escalations', to='cases.case')),
                        ('step', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='escalations', to='cases.step')),
                        ('level', models.CharField(help_text='amber, owner_team_lead or head_of_service', max_length=40)),
                        ('to', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='escalations', to=settings.AUTH_USER_MODEL)),
                        ('due_on', models.DateField()),
                        ('at', models.DateTimeField()),
                        ('settled_at', models.DateTimeField(null=True)),
                    ],
                    options={
                        'indexes': [models.Index(condition=models.Q(('settled_at', None)), fields=['to', '-at'], name='escalation_open')],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('settled_at', None)), fields=('case', 'step', 'level', 'due_on'), name='an_escalation_is_told_once', nulls_distinct=False)],
                    },
                ),
                migrations.CreateModel(
                    name='HolidayCorrection',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('day', models.DateField()),
                        ('nations', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=3), size=None)),
                        ('name', models.CharField(max_length=160)),
                        ('name_cy', models.CharField(blank=True, max_length=160)),
                        ('withdrawn', models.BooleanField(default=False)),
                        ('source', models.TextField()),
                        ('added_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('added_at', models.DateTimeField()),
                    ],
                    options={
                        'ordering': ['day', 'id'],
                    },
                ),
                migrations.CreateModel(
                    name='Digest',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='digests', to=settings.AUTH_USER_MODEL)),
                        ('day', models.DateField()),
                        ('cases', models.PositiveIntegerField(help_text='How many cases it named or counted')),
                        ('at', models.DateTimeField()),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('account', 'day'), name='one_digest_a_day_for_each_person')],
                    },
                ),
                migrations.CreateModel(
                    name='EmergencyRules',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('lasts_minutes', models.PositiveSmallIntegerField(default=60)),
                        ('signed_in_minutes', models.PositiveSmallIntegerField(default=10)),
                        ('set_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('set_at', models.DateTimeField()),
                    ],
                    options={
                        'ordering': ['-id'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('lasts_minutes__gte', 5), ('lasts_minutes__lte', 480)), name='an_emergency_lasts_eight_hours_at_most'), models.CheckConstraint(condition=models.Q(('signed_in_minutes__gte', 1), ('signed_in_minutes__lte', 60)), name='signed_in_lately_is_within_the_hour')],
                    },
                ),
                migrations.CreateModel(
                    name='EmergencyOpening',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='emergencies', to='cases.case')),
                        ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('access', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='emergency', to='cases.caseaccess')),
                        ('reason', models.TextField()),
                        ('opened_at', models.DateTimeField()),
                        ('until', models.DateTimeField()),
                        ('justified', models.BooleanField(null=True)),
                        ('judgement', models.TextField(blank=True)),
                        ('judged_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('judged_at', models.DateTimeField(null=True)),
                    ],
                    options={
                        'indexes': [models.Index(fields=['-opened_at', '-id'], name='emergency_by_time')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='an_emergency_has_a_reason'), models.CheckConstraint(condition=models.Q(('until__gt', models.F('opened_at'))), name='an_emergency_ends_later'), models.CheckConstraint(condition=models.Q(('judged_by', None), models.Q(('judged_by', models.F('account')), _negated=True), _connector='OR'), name='nobody_judges_their_own_opening'), models.CheckConstraint(condition=models.Q(models.Q(('judged_at', None), ('judged_by', None), ('judgement', ''), ('justified', None)), models.Q(('judged_at__isnull', False), ('judged_by__isnull', False), ('justified__isnull', False), models.Q(('judgement', ''), _negated=True)), _connector='OR'), name='a_judgement_says_who_and_why')],
                    },
                ),
                migrations.CreateModel(
                    name='Entry',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='entries', to='cases.case')),
                        ('kind', models.CharField(choices=[('NOTE', 'note'), ('CALL', 'call'), ('COUNTER', 'at the counter'), ('MAIL_IN', 'mail in'), ('MAIL_OUT', 'mail out'), ('DECISION', 'decision'), ('CHANGE', 'change'), ('STEP', 'step'), ('DIFFERENCE', 'a copy that differs')], max_length=10)),
                        ('at', models.DateTimeField()),
                        ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                        ('sender', models.CharField(blank=True, max_length=400)),
                        ('recipients', models.TextField(blank=True)),
                        ('subject', models.CharField(blank=True, max_length=1000)),
                        ('text', models.TextField(blank=True)),
                        ('quoted', models.TextField(blank=True)),
                        ('html', models.TextField(blank=True, help_text='Cleaned; shown only in a sandboxed frame')),
                        ('minutes', models.PositiveSmallIntegerField(blank=True, null=True)),
                        ('letter', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='letters.letter')),
                        ('detail', models.JSONField(default=dict, help_text='Of a change: the verb, before and after')),
                        ('undone_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('undone_at', models.DateTimeField(null=True)),
                    ],
                    options={
                        'indexes': [models.Index(fields=['case', '-at', '-id'], name='entry_timeline'), models.Index(condition=models.Q(('letter__isnull', False)), fields=['letter'], name='entry_by_letter')],
                    },
                ),
                migrations.CreateModel(
                    name='EntryDocument',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('entry', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='attached', to='cases.entry')),
                        ('document', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.document')),
                        ('name', models.CharField(max_length=255)),
                        ('inline', models.BooleanField(default=False)),
                        ('content_id', models.CharField(blank=True, max_length=255)),
                    ],
                    options={
                        'ordering': ['id'],
                    },
                ),
                migrations.CreateModel(
                    name='Service',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('key', models.SlugField(max_length=80, unique=True)),
                        ('name', models.CharField(max_length=200)),
                        ('name_cy', models.CharField(blank=True, max_length=200)),
                        ('desk', models.CharField(max_length=60)),
                        ('prefix', models.CharField(help_text='First letters of its case references, such as LOD', max_length=5)),
                        ('team', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='services', to='people.team')),
                        ('retired_at', models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        'ordering': ['name'],
                    },
                ),
                migrations.CreateModel(
                    name='ServiceVersion',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('service', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='cases.service')),
                        ('number', models.PositiveIntegerField()),
                        ('definition', models.JSONField(help_text='Form, steps, clocks, letters, outcomes, as read from the pack')),
                        ('digest', models.CharField(max_length=64)),
                        ('current', models.BooleanField(default=True)),
                        ('loaded_at', models.DateTimeField()),
                    ],
                    options={
                        'ordering': ['service_id', '-number'],
                        'constraints': [models.UniqueConstraint(fields=('service', 'number'), name='a_service_version_has_its_number'), models.UniqueConstraint(condition=models.Q(('current', True)), fields=('service',), name='a_service_has_one_current_version')],
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='case',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."assignee_id" IS DISTINCT FROM (NEW."assignee_id") OR OLD."confidentiality" IS DISTINCT FROM (NEW."confidentiality") OR OLD."merged_into_id" IS DISTINCT FROM (NEW."merged_into_id") OR OLD."outcome" IS DISTINCT FROM (NEW."outcome") OR OLD."priority" IS DISTINCT FROM (NEW."priority") OR OLD."received_at" IS DISTINCT FROM (NEW."received_at") OR OLD."reference" IS DISTINCT FROM (NEW."reference") OR OLD."requester_id" IS DISTINCT FROM (NEW."requester_id") OR OLD."service_id" IS DISTINCT FROM (NEW."service_id") OR OLD."status" IS DISTINCT FROM (NEW."status") OR OLD."team_id" IS DISTINCT FROM (NEW."team_id") OR OLD."title" IS DISTINCT FROM (NEW."title"))', func='INSERT INTO "cases_caseevent" ("assignee_id", "confidentiality", "merged_into_id", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "priority", "received_at", "reference", "requester_id", "service_id", "status", "team_id", "title") VALUES (OLD."assignee_id", OLD."confidentiality", OLD."merged_into_id", OLD."outcome", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."priority", OLD."received_at", OLD."reference", OLD."requester_id", OLD."service_id", OLD."status", OLD."team_id", OLD."title"); RETURN NULL;', hash='363ec36677ed81668339d294c1995ad66ecd909e', operation='UPDATE', pgid='pgtrigger_update_update_f5146', table='cases_case', when='AFTER')),
                ),
            ],
        ),
    ]
