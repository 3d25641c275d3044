"""Incidents and what is done about them, behind the wall of their cases; who signs in for a contractor, and who
is of a passenger's family."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from moothall.cases.wall import OFFICE, behind_the_wall, wall
from moothall.core.tables import Together

OF_INCIDENTS = ("involved", "incidentphoto", "outsidereport", "investigation", "statement", "incidentaction")
SERVED = "nullif(nullif(current_setting('moothall.serves', true), ''), 'office')::bigint"
USES = f"""exists (
  select from people_grant held join people_role role on role.id = held.role_id
  where held.account_id = {SERVED} and role.permissions @> array['transport.use']::varchar[]
    and held.started_on <= current_date and (held.ended_on is null or held.ended_on > current_date)
)"""
THEMSELF = f"person_id = (select who.person_id from people_account who where who.id = {SERVED})"


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0002_row_security_is_the_second_wall'),
        ('people', '0001_tables'),
        ('records', '0002_the_audit_is_only_added_to'),
        ("transport", "0006_value"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Together([
            migrations.CreateModel(
                name='Incident',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(choices=[('INCIDENT', 'Incident'), ('ACCIDENT', 'Accident'), ('CONCERN', 'Safeguarding concern')], max_length=8)),
                    ('happened_at', models.DateTimeField()),
                    ('where', models.CharField(max_length=300)),
                    ('what', models.TextField()),
                    ('run_called', models.CharField(blank=True, help_text='The number of the run, or the job', max_length=20)),
                    ('reported_at', models.DateTimeField()),
                    ('by_crew', models.BooleanField(default=False, help_text='Reported on the way, not at the desk')),
                    ('case', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='transport_incident', to='cases.case')),
                    ('contractor', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='incidents', to='transport.contractor')),
                    ('reported_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('run', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='incidents', to='transport.run')),
                    ('vehicle', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='incidents', to='transport.vehicle')),
                ],
                options={
                    'ordering': ['-happened_at', '-id'],
                },
            ),
            migrations.CreateModel(
                name='IncidentAction',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('what', models.TextField()),
                    ('due_on', models.DateField()),
                    ('added_at', models.DateTimeField()),
                    ('done_at', models.DateTimeField(blank=True, null=True)),
                    ('done_how', models.TextField(blank=True)),
                    ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                    ('added_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('done_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('incident', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='actions', to='transport.incident')),
                    ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('withdrawn_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ['due_on', 'id'],
                },
            ),
            migrations.CreateModel(
                name='IncidentPhoto',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('added_at', models.DateTimeField()),
                    ('added_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('document', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.document')),
                    ('incident', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='photos', to='transport.incident')),
                ],
                options={
                    'ordering': ['id'],
                },
            ),
            migrations.CreateModel(
                name='Investigation',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('begun_at', models.DateTimeField()),
                    ('facts', models.TextField(blank=True)),
                    ('cause', models.TextField(blank=True)),
                    ('finished_at', models.DateTimeField(blank=True, null=True)),
                    ('finished_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('incident', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='investigation', to='transport.incident')),
                    ('investigator', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
            ),
            migrations.CreateModel(
                name='Involved',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('part', models.CharField(choices=[('PASSENGER', 'Passenger'), ('CREW', 'Crew'), ('OTHER', 'Somebody else')], max_length=9)),
                    ('name', models.CharField(max_length=250)),
                    ('harm', models.CharField(choices=[('NONE', 'Not hurt'), ('AID', 'First aid'), ('HOSPITAL', 'Taken to hospital'), ('DIED', 'Died')], default='NONE', max_length=8)),
                    ('injuries', models.TextField(blank=True)),
                    ('recorded_at', models.DateTimeField()),
                    ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                    ('incident', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='involved', to='transport.incident')),
                    ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                    ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('withdrawn_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'verbose_name_plural': 'involved',
                    'ordering': ['part', 'id'],
                },
            ),
            migrations.CreateModel(
                name='ReportingDuty',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('key', models.SlugField(max_length=40)),
                    ('kinds', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=8), help_text='Of what: INCIDENT, ACCIDENT, CONCERN', size=None)),
                    ('name', models.CharField(max_length=160)),
                    ('name_cy', models.CharField(blank=True, max_length=160)),
                    ('when', models.CharField(help_text='In which case they have to be told', max_length=400)),
                    ('when_cy', models.CharField(blank=True, max_length=400)),
                    ('days', models.PositiveSmallIntegerField(help_text='Calendar days after the day it happened; 0 is at once')),
                    ('place', models.PositiveSmallIntegerField(default=1)),
                    ('from_on', models.DateField()),
                    ('until_on', models.DateField(blank=True, null=True)),
                    ('source', models.CharField(max_length=300)),
                    ('source_read_on', models.DateField(blank=True, null=True)),
                    ('confirmed', models.BooleanField(default=False)),
                ],
                options={
                    'verbose_name_plural': 'reporting duties',
                    'ordering': ['place', '-from_on', 'id'],
                    'constraints': [models.UniqueConstraint(fields=('key', 'from_on'), name='a_duty_to_report_changes_once_a_day'), models.CheckConstraint(condition=models.Q(('until_on', None), ('until_on__gte', models.F('from_on')), _connector='OR'), name='a_duty_to_report_ends_later'), models.CheckConstraint(condition=models.Q(('source', ''), _negated=True), name='a_duty_to_report_has_a_source')],
                },
            ),
            migrations.CreateModel(
                name='OutsideReport',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('needed', models.BooleanField()),
                    ('because', models.CharField(max_length=300)),
                    ('due_on', models.DateField()),
                    ('told_on', models.DateField(blank=True, null=True)),
                    ('reference', models.CharField(blank=True, help_text='What they gave us', max_length=80)),
                    ('recorded_at', models.DateTimeField()),
                    ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                    ('incident', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='outside_reports', to='transport.incident')),
                    ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('duty', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='transport.reportingduty')),
                ],
                options={
                    'ordering': ['duty__place', 'id'],
                },
            ),
            migrations.CreateModel(
                name='Statement',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', models.CharField(max_length=250)),
                    ('said', models.TextField()),
                    ('taken_on', models.DateField()),
                    ('recorded_at', models.DateTimeField()),
                    ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                    ('incident', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='statements', to='transport.incident')),
                    ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('withdrawn_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ['taken_on', 'id'],
                },
            ),
            migrations.CreateModel(
                name='Carer',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('from_on', models.DateField()),
                    ('until_on', models.DateField(blank=True, null=True)),
                    ('recorded_at', models.DateTimeField()),
                    ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                    ('relationship', models.CharField(max_length=80)),
                    ('may_see', models.BooleanField(default=True)),
                    ('because', models.CharField(blank=True, help_text='Why they may see nothing', max_length=200)),
                    ('home', models.ForeignKey(blank=True, help_text='Journeys from and to this home alone; empty for all', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='transport.home')),
                    ('passenger', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='carers', to='transport.passenger')),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cares_for', to='people.person')),
                    ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('withdrawn_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ['person__folded_name', 'id'],
                    'constraints': [models.CheckConstraint(condition=models.Q(('until_on', None), ('until_on__gte', models.F('from_on')), _connector='OR'), name='caring_for_a_passenger_ends_later'), django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('withdrawn_at', None)), expressions=[('passenger', '='), ('person', '='), (models.Func('from_on', 'until_on', models.Value('[]'), function='daterange', output_field=django.contrib.postgres.fields.ranges.DateRangeField()), '&&')], name='somebody_cares_for_a_passenger_once_at_a_time'), models.CheckConstraint(condition=models.Q(('may_see', True), models.Q(('because', ''), _negated=True), _connector='OR'), name='who_may_see_nothing_of_a_passenger_says_why'), models.CheckConstraint(condition=models.Q(('relationship', ''), _negated=True), name='somebody_of_the_family_is_something')],
                },
            ),
            migrations.CreateModel(
                name='ContractorContact',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('from_on', models.DateField()),
                    ('until_on', models.DateField(blank=True, null=True)),
                    ('recorded_at', models.DateTimeField()),
                    ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                    ('contractor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='contacts', to='transport.contractor')),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='acts_for_contractors', to='people.person')),
                    ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('withdrawn_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ['person__folded_name', 'id'],
                    'constraints': [models.CheckConstraint(condition=models.Q(('until_on', None), ('until_on__gte', models.F('from_on')), _connector='OR'), name='acting_for_a_contractor_ends_later'), django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('withdrawn_at', None)), expressions=[('contractor', '='), ('person', '='), (models.Func('from_on', 'until_on', models.Value('[]'), function='daterange', output_field=django.contrib.postgres.fields.ranges.DateRangeField()), '&&')], name='somebody_acts_for_a_contractor_once_at_a_time')],
                },
            ),
            migrations.AddIndex(
                model_name='incident',
                index=models.Index(fields=['-happened_at', '-id'], name='incident_by_day'),
            ),
            migrations.AddIndex(
                model_name='incident',
                index=models.Index(fields=['vehicle', '-happened_at'], name='incident_of_vehicle'),
            ),
            migrations.AddConstraint(
                model_name='incident',
                constraint=models.CheckConstraint(condition=models.Q(('what', ''), _negated=True), name='an_incident_says_what_happened'),
            ),
            migrations.AddConstraint(
                model_name='incident',
                constraint=models.CheckConstraint(condition=models.Q(('where', ''), _negated=True), name='an_incident_says_where'),
            ),
            migrations.AddConstraint(
                model_name='incident',
                constraint=models.CheckConstraint(condition=models.Q(('happened_at__lte', models.F('reported_at'))), name='an_incident_happened_before_it_is_reported'),
            ),
            migrations.AddIndex(
                model_name='incidentaction',
                index=models.Index(condition=models.Q(('done_at', None), ('withdrawn_at', None)), fields=['owner', 'due_on', 'id'], name='incident_action_to_do'),
            ),
            migrations.AddConstraint(
                model_name='incidentaction',
                constraint=models.CheckConstraint(condition=models.Q(('what', ''), _negated=True), name='an_action_after_an_incident_says_what'),
            ),
            migrations.AddConstraint(
                model_name='incidentaction',
                constraint=models.CheckConstraint(condition=models.Q(('done_at', None), models.Q(('done_how', ''), _negated=True), _connector='OR'), name='an_action_that_is_done_says_how'),
            ),
            migrations.AddConstraint(
                model_name='incidentaction',
                constraint=models.CheckConstraint(condition=models.Q(('done_at', None), ('done_at__gte', models.F('added_at')), _connector='OR'), name='an_action_is_done_later'),
            ),
            migrations.AddConstraint(
                model_name='investigation',
                constraint=models.CheckConstraint(condition=models.Q(('finished_at', None), models.Q(models.Q(('facts', ''), _negated=True), models.Q(('cause', ''), _negated=True)), _connector='OR'), name='a_finished_investigation_has_facts_and_cause'),
            ),
            migrations.AddIndex(
                model_name='involved',
                index=models.Index(fields=['person', 'incident'], name='incident_of_person'),
            ),
            migrations.AddConstraint(
                model_name='involved',
                constraint=models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='somebody_who_was_there_has_a_name'),
            ),
            migrations.AddConstraint(
                model_name='involved',
                constraint=models.UniqueConstraint(condition=models.Q(('withdrawn_at', None)), fields=('incident', 'person'), name='somebody_was_there_once'),
            ),
            migrations.AddConstraint(
                model_name='outsidereport',
                constraint=models.UniqueConstraint(condition=models.Q(('withdrawn_at', None)), fields=('incident', 'duty'), name='a_duty_to_report_is_decided_once'),
            ),
            migrations.AddConstraint(
                model_name='outsidereport',
                constraint=models.CheckConstraint(condition=models.Q(('because', ''), _negated=True), name='a_report_outside_says_why'),
            ),
            migrations.AddConstraint(
                model_name='outsidereport',
                constraint=models.CheckConstraint(condition=models.Q(('needed', True), ('told_on', None), _connector='OR'), name='nobody_is_told_what_they_need_not_be'),
            ),
            migrations.AddConstraint(
                model_name='statement',
                constraint=models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='a_statement_is_somebodys'),
            ),
            migrations.AddConstraint(
                model_name='statement',
                constraint=models.CheckConstraint(condition=models.Q(('said', ''), _negated=True), name='a_statement_says_something'),
            ),
        ]),
        behind_the_wall("transport_incident"),
        *(behind_the_wall(f"transport_{table}", incident_id="transport_incident") for table in OF_INCIDENTS),
        wall("transport_carer", f"{OFFICE} or {USES} or {THEMSELF}"),
        wall("transport_contractorcontact", f"{OFFICE} or {USES} or {THEMSELF}"),
    ]
