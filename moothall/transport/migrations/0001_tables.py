"""Passengers and their journeys. Addresses of homes and whom to ring are there for whoever may see them alone."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from moothall.cases.wall import OFFICE, behind_the_wall, wall
from moothall.core.tables import Together

# Permissions as PostgreSQL reads them: by the grants in force of whoever is served.
HELD = """exists (
  select from people_grant held join people_role role on role.id = held.role_id
  where held.account_id = nullif(nullif(current_setting('moothall.serves', true), ''), 'office')::bigint
    and role.permissions @> array['{permission}']::varchar[]
    and held.started_on <= current_date and (held.ended_on is null or held.ended_on > current_date)
)"""
USES, MANAGES = HELD.format(permission="transport.use"), HELD.format(permission="cases.manage")
SEES_PROTECTED = HELD.format(permission="people.caution")
PROTECTED = """exists (
  select from transport_home led_to
  join transport_passenger travels on travels.id = led_to.passenger_id
  join people_protectedaddress kept on kept.person_id = travels.person_id and kept.lifted_at is null
  where led_to.id = transport_homeaddress.home_id
)"""


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('cases', '0002_row_security_is_the_second_wall'),
        ('people', '0001_tables'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Together([
            migrations.CreateModel(
                name='Centre',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('key', models.SlugField(max_length=60, unique=True)),
                    ('name', models.CharField(max_length=160)),
                    ('name_cy', models.CharField(blank=True, max_length=160)),
                    ('kind', models.CharField(choices=[('PRIMARY', 'Primary school'), ('SECONDARY', 'Secondary school'), ('SPECIAL', 'Special school'), ('COLLEGE', 'College'), ('DAY', 'Day centre')], max_length=9)),
                    ('nation', models.CharField(choices=[('ENG', 'England'), ('WLS', 'Wales')], default='ENG', max_length=3)),
                    ('address', models.CharField(blank=True, max_length=300)),
                    ('phone', models.CharField(blank=True, max_length=40)),
                    ('latitude', models.FloatField()),
                    ('longitude', models.FloatField()),
                    ('closed_on', models.DateField(blank=True, help_text='The last day it was open for good', null=True)),
                    ('calendar', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='transport.termcalendar')),
                ],
                options={
                    'ordering': ['name'],
                },
            ),
            migrations.CreateModel(
                name='TermCalendar',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('key', models.SlugField(max_length=40, unique=True)),
                    ('name', models.CharField(max_length=120)),
                    ('name_cy', models.CharField(blank=True, max_length=120)),
                ],
                options={
                    'ordering': ['name'],
                },
            ),
            migrations.CreateModel(
                name='Application',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', models.CharField(help_text='Of the person who is to travel', max_length=250)),
                    ('born_on', models.DateField(blank=True, null=True)),
                    ('starts_on', models.DateField(blank=True, null=True)),
                    ('received_on', models.DateField()),
                    ('case', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='transport_application', to='cases.case')),
                    ('centre', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='transport.centre')),
                    ('passenger', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='applications', to='transport.passenger')),
                ],
                options={
                    'ordering': ['-received_on', '-id'],
                    'indexes': [models.Index(fields=['-received_on', '-id'], name='application_by_received')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='an_application_names_somebody')],
                },
            ),
            migrations.CreateModel(
                name='EligibilityRule',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('key', models.SlugField(max_length=60)),
                    ('nation', models.CharField(choices=[('ENG', 'England'), ('WLS', 'Wales')], max_length=3)),
                    ('place', models.PositiveSmallIntegerField(default=1, help_text='In which order they are looked at')),
                    ('name', models.CharField(max_length=200)),
                    ('name_cy', models.CharField(blank=True, max_length=200)),
                    ('phases', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=9), blank=True, default=list, size=None)),
                    ('age_from', models.PositiveSmallIntegerField(blank=True, null=True)),
                    ('age_below', models.PositiveSmallIntegerField(blank=True, null=True)),
                    ('miles_from', models.DecimalField(blank=True, decimal_places=2, max_digits=5, null=True)),
                    ('miles_included', models.BooleanField(default=False, help_text='The distance itself is far enough')),
                    ('miles_until', models.DecimalField(blank=True, decimal_places=2, max_digits=5, null=True)),
                    ('needs', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), blank=True, default=list, size=None)),
                    ('is_law', models.BooleanField(default=True, help_text='False: the office’s own policy')),
                    ('from_on', models.DateField()),
                    ('until_on', models.DateField(blank=True, null=True)),
                    ('source', models.CharField(max_length=300)),
                    ('source_read_on', models.DateField(blank=True, null=True)),
                    ('confirmed', models.BooleanField(default=False, help_text='Somebody has read the source')),
                ],
                options={
                    'ordering': ['nation', 'place', 'id'],
                    'constraints': [models.UniqueConstraint(fields=('key', 'from_on'), name='an_eligibility_rule_changes_once_a_day'), models.CheckConstraint(condition=models.Q(('until_on', None), ('until_on__gte', models.F('from_on')), _connector='OR'), name='an_eligibility_rule_ends_later'), models.CheckConstraint(condition=models.Q(('source', ''), _negated=True), name='an_eligibility_rule_has_a_source')],
                },
            ),
            migrations.CreateModel(
                name='Assessment',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('nation', models.CharField(choices=[('ENG', 'England'), ('WLS', 'Wales')], max_length=3)),
                    ('phase', models.CharField(choices=[('PRIMARY', 'Primary'), ('SECONDARY', 'Secondary'), ('POST16', 'After 16'), ('ADULT', 'Adult')], max_length=9)),
                    ('age', models.PositiveSmallIntegerField()),
                    ('on', models.DateField(help_text='The first day of travel, whose rules count')),
                    ('miles', models.DecimalField(blank=True, decimal_places=2, max_digits=6, null=True)),
                    ('measured', models.CharField(help_text='By which way of measuring', max_length=20)),
                    ('facts', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), blank=True, default=list, size=None)),
                    ('evidence', models.TextField(blank=True, help_text='What shows each fact')),
                    ('tried', models.JSONField(default=list, help_text='Every rule looked at, and what of it was not met')),
                    ('made_at', models.DateTimeField()),
                    ('application', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assessments', to='transport.application')),
                    ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('rule', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='transport.eligibilityrule')),
                ],
                options={
                    'ordering': ['-made_at', '-id'],
                },
            ),
            migrations.CreateModel(
                name='Home',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('from_on', models.DateField()),
                    ('until_on', models.DateField(blank=True, null=True)),
                    ('recorded_at', models.DateTimeField()),
                    ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                    ('name', models.CharField(max_length=60)),
                    ('is_main', models.BooleanField(default=True)),
                    ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('withdrawn_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('passenger', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='homes', to='transport.passenger')),
                ],
                options={
                    'ordering': ['-is_main', '-from_on', '-id'],
                    'constraints': [models.CheckConstraint(condition=models.Q(('until_on', None), ('until_on__gte', models.F('from_on')), _connector='OR'), name='a_home_ends_after_it_begins'), django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('withdrawn_at', None), ('is_main', True)), expressions=[('passenger', '='), (models.Func('from_on', 'until_on', models.Value('[]'), function='daterange', output_field=django.contrib.postgres.fields.ranges.DateRangeField()), '&&')], name='a_passenger_has_one_main_home_at_a_time')],
                },
            ),
            migrations.CreateModel(
                name='Journey',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('how', models.CharField(choices=[('RUN', 'On a run'), ('CONTRACTOR', 'With a contractor'), ('OWN', 'Own transport'), ('CANCELLED', 'Cancelled'), ('UNRESOLVED', 'Unresolved')], max_length=10)),
                    ('run', models.CharField(blank=True, help_text='The number of the run', max_length=20)),
                    ('stop', models.PositiveSmallIntegerField(blank=True, help_text='Which stop of the run', null=True)),
                    ('contractor', models.CharField(blank=True, max_length=120)),
                    ('job', models.CharField(blank=True, help_text="The number of the contractor's job", max_length=40)),
                    ('own', models.CharField(blank=True, help_text='Who brings them, or by what', max_length=120)),
                    ('day', models.DateField()),
                    ('direction', models.CharField(choices=[('TO', 'There'), ('FROM', 'Back')], max_length=4)),
                    ('bell_at', models.TimeField(help_text='When the session begins, or ends', null=True)),
                    ('cancelled_because', models.CharField(blank=True, max_length=200)),
                    ('deadline_at', models.DateTimeField(blank=True, null=True)),
                    ('is_due', models.BooleanField(default=True, help_text='The timetable asks for it')),
                    ('by_hand', models.BooleanField(default=False, help_text='Somebody decided for this day alone')),
                    ('changed_at', models.DateTimeField()),
                    ('centre', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='transport.centre')),
                    ('home', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='transport.home')),
                    ('owner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('passenger', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='journeys', to='transport.passenger')),
                ],
                options={
                    'ordering': ['day', 'direction', 'bell_at', 'id'],
                    'indexes': [models.Index(fields=['day', 'how', 'id'], name='journey_of_day'), models.Index(condition=models.Q(('how', 'UNRESOLVED')), fields=['deadline_at', 'id'], name='journey_unresolved')],
                    'constraints': [models.UniqueConstraint(fields=('passenger', 'day', 'direction'), name='a_passenger_goes_once_a_day_and_direction'), models.CheckConstraint(condition=models.Q(models.Q(('how', 'RUN'), models.Q(('run', ''), _negated=True), ('stop__isnull', False), ('contractor', ''), ('job', ''), ('own', ''), ('cancelled_because', ''), ('deadline_at', None), ('owner', None)), models.Q(('how', 'CONTRACTOR'), ('run', ''), ('stop', None), models.Q(('contractor', ''), _negated=True), models.Q(('job', ''), _negated=True), ('own', ''), ('cancelled_because', ''), ('deadline_at', None), ('owner', None)), models.Q(('how', 'OWN'), ('run', ''), ('stop', None), ('contractor', ''), ('job', ''), models.Q(('own', ''), _negated=True), ('cancelled_because', ''), ('deadline_at', None), ('owner', None)), models.Q(('how', 'CANCELLED'), ('run', ''), ('stop', None), ('contractor', ''), ('job', ''), ('own', ''), models.Q(('cancelled_because', ''), _negated=True), ('deadline_at', None), ('owner', None)), models.Q(('deadline_at__isnull', False), ('how', 'UNRESOLVED'), ('owner__isnull', False), ('run', ''), ('stop', None), ('contractor', ''), ('job', ''), ('own', ''), ('cancelled_because', '')), _connector='OR'), name='a_journey_is_accounted_for_in_exactly_one_way'), models.CheckConstraint(condition=models.Q(('is_due', True), ('how', 'CANCELLED'), _connector='OR'), name='a_journey_no_longer_due_is_cancelled')],
                },
            ),
            migrations.CreateModel(
                name='JourneyChange',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('before', models.CharField(blank=True, max_length=300)),
                    ('after', models.CharField(max_length=300)),
                    ('because', models.CharField(blank=True, max_length=200)),
                    ('at', models.DateTimeField()),
                    ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('journey', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='changes', to='transport.journey')),
                ],
                options={
                    'ordering': ['-at', '-id'],
                },
            ),
            migrations.CreateModel(
                name='Passenger',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('nation', models.CharField(choices=[('ENG', 'England'), ('WLS', 'Wales')], default='ENG', max_length=3)),
                    ('added_at', models.DateTimeField()),
                    ('left_on', models.DateField(blank=True, help_text='The last day on which they travel', null=True)),
                    ('left_because', models.CharField(blank=True, max_length=200)),
                    ('added_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('person', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='passenger', to='people.person')),
                ],
                options={
                    'ordering': ['person__family_name', 'id'],
                    'constraints': [models.CheckConstraint(condition=models.Q(('left_on', None), models.Q(('left_because', ''), _negated=True), _connector='OR'), name='a_passenger_who_left_has_a_reason')],
                },
            ),
            migrations.CreateModel(
                name='Needs',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('from_on', models.DateField()),
                    ('until_on', models.DateField(blank=True, null=True)),
                    ('recorded_at', models.DateTimeField()),
                    ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                    ('wheelchair', models.CharField(choices=[('WALKS', 'No wheelchair'), ('FOLDS', 'Moves to a seat; the chair is folded'), ('MANUAL', 'Stays in a manual chair'), ('POWERED', 'Stays in a powered chair')], default='WALKS', max_length=7)),
                    ('wheelchair_kg', models.PositiveSmallIntegerField(blank=True, help_text='Chair and person', null=True)),
                    ('seats', models.PositiveSmallIntegerField(default=1)),
                    ('restraint', models.CharField(choices=[('NONE', 'Seat belt only'), ('BOOSTER', 'Booster seat'), ('CHILD_SEAT', 'Child seat'), ('HARNESS', 'Harness'), ('FIVE_POINT', 'Five-point harness')], default='NONE', max_length=10)),
                    ('escort', models.CharField(choices=[('NONE', 'None'), ('SHARED', 'One for several passengers'), ('OWN', 'One to one')], default='NONE', max_length=6)),
                    ('travels_alone', models.BooleanField(default=False, help_text='No other passenger on the vehicle')),
                    ('medication', models.CharField(blank=True, max_length=500)),
                    ('communication', models.CharField(blank=True, max_length=500)),
                    ('triggers', models.CharField(blank=True, help_text='What upsets them, and what helps', max_length=500)),
                    ('most_minutes', models.PositiveSmallIntegerField(blank=True, help_text='Longest ride', null=True)),
                    ('most_minutes_because', models.CharField(blank=True, max_length=200)),
                    ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('withdrawn_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('passenger', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='needs', to='transport.passenger')),
                ],
                options={
                    'ordering': ['-from_on', '-id'],
                    'constraints': [models.CheckConstraint(condition=models.Q(('until_on', None), ('until_on__gte', models.F('from_on')), _connector='OR'), name='needs_end_after_they_begin'), django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('withdrawn_at', None)), expressions=[('passenger', '='), (models.Func('from_on', 'until_on', models.Value('[]'), function='daterange', output_field=django.contrib.postgres.fields.ranges.DateRangeField()), '&&')], name='a_passenger_has_one_set_of_needs_at_a_time'), models.CheckConstraint(condition=models.Q(models.Q(('wheelchair__in', ('MANUAL', 'POWERED')), _negated=True), ('wheelchair_kg__isnull', False), _connector='OR'), name='a_wheelchair_that_is_sat_in_has_a_weight'), models.CheckConstraint(condition=models.Q(('most_minutes', None), models.Q(('most_minutes_because', ''), _negated=True), _connector='OR'), name='a_longest_ride_of_their_own_says_why'), models.CheckConstraint(condition=models.Q(('seats__lte', 4)), name='a_passenger_takes_four_seats_at_most')],
                },
            ),
            migrations.CreateModel(
                name='Entitlement',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('way', models.CharField(choices=[('TRANSPORT', 'A place on a vehicle'), ('BUDGET', 'A personal travel budget'), ('MILEAGE', 'Mileage paid to the family'), ('PASS', 'A bus pass')], max_length=9)),
                    ('amount', models.DecimalField(blank=True, decimal_places=2, max_digits=12, null=True)),
                    ('from_on', models.DateField()),
                    ('until_on', models.DateField(blank=True, help_text='The last day: they age out, or it ends', null=True)),
                    ('review_on', models.DateField(help_text='By when it is looked at again')),
                    ('ended_at', models.DateTimeField(blank=True, null=True)),
                    ('ended_because', models.CharField(blank=True, max_length=200)),
                    ('centre', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='transport.centre')),
                    ('ended_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('rule', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='transport.eligibilityrule')),
                    ('passenger', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entitlements', to='transport.passenger')),
                ],
                options={
                    'ordering': ['-from_on', '-id'],
                    'indexes': [models.Index(condition=models.Q(('ended_at', None)), fields=['review_on', 'id'], name='travel_to_review')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('until_on', None), ('until_on__gte', models.F('from_on')), _connector='OR'), name='an_entitlement_to_travel_ends_later'), models.CheckConstraint(condition=models.Q(('ended_at', None), models.Q(('ended_because', ''), _negated=True), _connector='OR'), name='an_ended_entitlement_to_travel_says_why')],
                },
            ),
            migrations.CreateModel(
                name='EmergencyContact',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('from_on', models.DateField()),
                    ('until_on', models.DateField(blank=True, null=True)),
                    ('recorded_at', models.DateTimeField()),
                    ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                    ('name', models.CharField(max_length=160)),
                    ('relationship', models.CharField(max_length=80)),
                    ('phone', models.CharField(max_length=40)),
                    ('may_receive', models.BooleanField(default=False)),
                    ('place', models.PositiveSmallIntegerField(default=1, help_text='Who is rung first')),
                    ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('withdrawn_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('passenger', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='emergency_contacts', to='transport.passenger')),
                ],
                options={
                    'ordering': ['place', 'id'],
                    'constraints': [models.CheckConstraint(condition=models.Q(('until_on', None), ('until_on__gte', models.F('from_on')), _connector='OR'), name='an_emergency_contact_ends_after_it_begins')],
                },
            ),
            migrations.CreateModel(
                name='Consent',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('from_on', models.DateField()),
                    ('until_on', models.DateField(blank=True, null=True)),
                    ('recorded_at', models.DateTimeField()),
                    ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                    ('kind', models.CharField(choices=[('CREW', 'The crew may know what they need'), ('MEDICINE', 'Emergency medicine may be given'), ('PHOTOGRAPH', 'A photograph on the crew sheet'), ('MESSAGES', 'Messages by text')], max_length=10)),
                    ('given', models.BooleanField()),
                    ('said_by', models.CharField(max_length=160)),
                    ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('withdrawn_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('passenger', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='consents', to='transport.passenger')),
                ],
                options={
                    'ordering': ['kind', '-from_on', '-id'],
                    'constraints': [models.CheckConstraint(condition=models.Q(('until_on', None), ('until_on__gte', models.F('from_on')), _connector='OR'), name='a_consent_ends_after_it_begins'), models.UniqueConstraint(condition=models.Q(('until_on', None), ('withdrawn_at', None)), fields=('passenger', 'kind'), name='a_consent_is_said_once_at_a_time')],
                },
            ),
            migrations.CreateModel(
                name='Away',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('from_on', models.DateField()),
                    ('until_on', models.DateField(blank=True, null=True)),
                    ('recorded_at', models.DateTimeField()),
                    ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                    ('there', models.BooleanField(default=True)),
                    ('back', models.BooleanField(default=True)),
                    ('because', models.CharField(max_length=200)),
                    ('told_by', models.CharField(blank=True, max_length=160)),
                    ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('withdrawn_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('passenger', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='aways', to='transport.passenger')),
                ],
                options={
                    'ordering': ['-from_on', '-id'],
                    'constraints': [models.CheckConstraint(condition=models.Q(('until_on', None), ('until_on__gte', models.F('from_on')), _connector='OR'), name='being_away_ends_after_it_begins'), models.CheckConstraint(condition=models.Q(('because', ''), _negated=True), name='being_away_has_a_reason'), models.CheckConstraint(condition=models.Q(('until_on__isnull', False)), name='being_away_has_a_last_day'), models.CheckConstraint(condition=models.Q(('there', True), ('back', True), _connector='OR'), name='being_away_has_a_direction')],
                },
            ),
            migrations.CreateModel(
                name='Arrangement',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('from_on', models.DateField()),
                    ('until_on', models.DateField(blank=True, null=True)),
                    ('recorded_at', models.DateTimeField()),
                    ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                    ('weekdays', django.contrib.postgres.fields.ArrayField(base_field=models.PositiveSmallIntegerField(), help_text='Monday is 0', size=None)),
                    ('every_weeks', models.PositiveSmallIntegerField(default=1)),
                    ('how', models.CharField(choices=[('RUN', 'On a run'), ('CONTRACTOR', 'With a contractor'), ('OWN', 'Own transport'), ('CANCELLED', 'Cancelled'), ('UNRESOLVED', 'Unresolved')], max_length=10)),
                    ('run', models.CharField(blank=True, help_text='The number of the run', max_length=20)),
                    ('stop', models.PositiveSmallIntegerField(blank=True, help_text='Which stop of the run', null=True)),
                    ('contractor', models.CharField(blank=True, max_length=120)),
                    ('job', models.CharField(blank=True, help_text="The number of the contractor's job", max_length=40)),
                    ('own', models.CharField(blank=True, help_text='Who brings them, or by what', max_length=120)),
                    ('direction', models.CharField(choices=[('TO', 'There'), ('FROM', 'Back')], max_length=4)),
                    ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('withdrawn_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('passenger', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='arrangements', to='transport.passenger')),
                ],
                options={
                    'ordering': ['direction', 'from_on', 'id'],
                    'constraints': [models.CheckConstraint(condition=models.Q(('until_on', None), ('until_on__gte', models.F('from_on')), _connector='OR'), name='an_arrangement_ends_after_it_begins'), models.CheckConstraint(condition=models.Q(models.Q(('how', 'RUN'), models.Q(('run', ''), _negated=True), ('stop__isnull', False), ('contractor', ''), ('job', ''), ('own', '')), models.Q(('how', 'CONTRACTOR'), ('run', ''), ('stop', None), models.Q(('contractor', ''), _negated=True), models.Q(('job', ''), _negated=True), ('own', '')), models.Q(('how', 'OWN'), ('run', ''), ('stop', None), ('contractor', ''), ('job', ''), models.Q(('own', ''), _negated=True)), _connector='OR'), name='an_arrangement_is_of_one_kind')],
                },
            ),
            migrations.CreateModel(
                name='RiskAssessment',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('from_on', models.DateField()),
                    ('until_on', models.DateField(blank=True, null=True)),
                    ('recorded_at', models.DateTimeField()),
                    ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                    ('level', models.CharField(choices=[('LOW', 'Low'), ('MEDIUM', 'Medium'), ('HIGH', 'High')], max_length=6)),
                    ('risks', models.TextField()),
                    ('controls', models.TextField()),
                    ('review_on', models.DateField()),
                    ('passenger', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='risks', to='transport.passenger')),
                    ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('withdrawn_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ['-from_on', '-id'],
                    'indexes': [models.Index(condition=models.Q(('until_on', None), ('withdrawn_at', None)), fields=['review_on', 'id'], name='risk_assessment_by_review')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('review_on__gt', models.F('from_on'))), name='a_risk_assessment_is_reviewed_later')],
                },
            ),
            migrations.CreateModel(
                name='Separation',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('from_on', models.DateField()),
                    ('until_on', models.DateField(blank=True, null=True)),
                    ('recorded_at', models.DateTimeField()),
                    ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                    ('because', models.CharField(max_length=300)),
                    ('one', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='transport.passenger')),
                    ('other', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='transport.passenger')),
                    ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('withdrawn_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ['from_on', 'id'],
                    'constraints': [models.CheckConstraint(condition=models.Q(('until_on', None), ('until_on__gte', models.F('from_on')), _connector='OR'), name='a_separation_ends_after_it_begins'), models.CheckConstraint(condition=models.Q(('one__lt', models.F('other'))), name='a_separation_names_the_earlier_passenger_first'), models.CheckConstraint(condition=models.Q(('because', ''), _negated=True), name='a_separation_has_a_reason'), models.UniqueConstraint(condition=models.Q(('until_on', None), ('withdrawn_at', None)), fields=('one', 'other'), name='two_passengers_are_kept_apart_once')],
                },
            ),
            migrations.CreateModel(
                name='Stay',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('from_on', models.DateField()),
                    ('until_on', models.DateField(blank=True, null=True)),
                    ('recorded_at', models.DateTimeField()),
                    ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                    ('weekdays', django.contrib.postgres.fields.ArrayField(base_field=models.PositiveSmallIntegerField(), help_text='Monday is 0', size=None)),
                    ('every_weeks', models.PositiveSmallIntegerField(default=1)),
                    ('morning', models.BooleanField(default=True, help_text='Fetched from there')),
                    ('afternoon', models.BooleanField(default=True, help_text='Brought there')),
                    ('home', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='stays', to='transport.home')),
                    ('passenger', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='stays', to='transport.passenger')),
                    ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('withdrawn_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ['from_on', 'id'],
                    'constraints': [models.CheckConstraint(condition=models.Q(('until_on', None), ('until_on__gte', models.F('from_on')), _connector='OR'), name='a_stay_ends_after_it_begins'), models.CheckConstraint(condition=models.Q(('morning', True), ('afternoon', True), _connector='OR'), name='a_stay_is_for_a_direction'), models.CheckConstraint(condition=models.Q(('every_weeks__range', (1, 4))), name='a_stay_comes_each_four_weeks')],
                },
            ),
            migrations.CreateModel(
                name='Term',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', models.CharField(max_length=80)),
                    ('first_on', models.DateField()),
                    ('last_on', models.DateField()),
                    ('calendar', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='terms', to='transport.termcalendar')),
                ],
                options={
                    'ordering': ['first_on', 'id'],
                    'constraints': [models.CheckConstraint(condition=models.Q(('last_on__gte', models.F('first_on'))), name='a_term_ends_later'), models.UniqueConstraint(fields=('calendar', 'first_on'), name='a_term_begins_once')],
                },
            ),
            migrations.CreateModel(
                name='Closure',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(choices=[('HOLIDAY', 'Holiday'), ('INSET', 'Inset day'), ('SHUT', 'Closed'), ('EARLY', 'Closes early')], max_length=7)),
                    ('first_on', models.DateField()),
                    ('last_on', models.DateField()),
                    ('closes_at', models.TimeField(blank=True, null=True)),
                    ('because', models.CharField(max_length=200)),
                    ('recorded_at', models.DateTimeField()),
                    ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                    ('centre', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='closures', to='transport.centre')),
                    ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('withdrawn_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('calendar', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='closures', to='transport.termcalendar')),
                ],
                options={
                    'ordering': ['first_on', 'id'],
                    'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('calendar', None), ('centre__isnull', False)), models.Q(('calendar__isnull', False), ('centre', None)), _connector='OR'), name='a_closure_is_of_a_calendar_or_a_centre'), models.CheckConstraint(condition=models.Q(('last_on__gte', models.F('first_on'))), name='a_closure_of_centres_ends_later'), models.CheckConstraint(condition=models.Q(models.Q(('closes_at__isnull', False), ('kind', 'EARLY')), models.Q(models.Q(('kind', 'EARLY'), _negated=True), ('closes_at', None)), _connector='OR'), name='an_early_closing_has_a_time')],
                },
            ),
            migrations.CreateModel(
                name='TransportRate',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('key', models.CharField(choices=[('place-day', 'A place on our own run, a day'), ('escort-day', 'A passenger escort, a day'), ('taxi-start', 'A taxi, before the first mile'), ('taxi-mile', 'A taxi, a mile'), ('mileage-mile', 'Mileage paid to a family, a mile'), ('pass-year', 'A bus pass, a year'), ('school-days', 'Days of travel in a year'), ('budget-to-5', 'Travel budget up to 5 miles, a year'), ('budget-to-10', 'Travel budget up to 10 miles, a year'), ('budget-over-10', 'Travel budget over 10 miles, a year')], max_length=20)),
                    ('amount', models.DecimalField(decimal_places=2, max_digits=12)),
                    ('from_on', models.DateField()),
                    ('until_on', models.DateField(blank=True, null=True)),
                    ('source', models.CharField(max_length=300)),
                    ('source_read_on', models.DateField(blank=True, null=True)),
                    ('confirmed', models.BooleanField(default=False)),
                ],
                options={
                    'ordering': ['key', '-from_on'],
                    'constraints': [models.UniqueConstraint(fields=('key', 'from_on'), name='a_transport_rate_changes_once_a_day'), models.CheckConstraint(condition=models.Q(('amount__gte', 0)), name='a_transport_rate_is_not_negative'), models.CheckConstraint(condition=models.Q(('source', ''), _negated=True), name='a_transport_rate_has_a_source')],
                },
            ),
            migrations.CreateModel(
                name='Travel',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('from_on', models.DateField()),
                    ('until_on', models.DateField(blank=True, null=True)),
                    ('recorded_at', models.DateTimeField()),
                    ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                    ('weekdays', django.contrib.postgres.fields.ArrayField(base_field=models.PositiveSmallIntegerField(), help_text='Monday is 0', size=None)),
                    ('every_weeks', models.PositiveSmallIntegerField(default=1)),
                    ('session', models.SlugField(default='day', max_length=30)),
                    ('there', models.BooleanField(default=True)),
                    ('back', models.BooleanField(default=True)),
                    ('centre', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='travels', to='transport.centre')),
                    ('passenger', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='travels', to='transport.passenger')),
                    ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('withdrawn_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ['from_on', 'id'],
                    'indexes': [models.Index(fields=['passenger', 'from_on'], name='travel_of_passenger')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('until_on', None), ('until_on__gte', models.F('from_on')), _connector='OR'), name='travel_ends_after_it_begins'), models.CheckConstraint(condition=models.Q(('there', True), ('back', True), _connector='OR'), name='travel_has_a_direction'), models.CheckConstraint(condition=models.Q(('every_weeks__range', (1, 4))), name='travel_comes_each_four_weeks')],
                },
            ),
            migrations.CreateModel(
                name='TravelReview',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('review_on', models.DateField()),
                    ('case', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='travel_review', to='cases.case')),
                    ('entitlement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reviews', to='transport.entitlement')),
                ],
                options={
                    'ordering': ['-review_on', '-id'],
                    'constraints': [models.UniqueConstraint(fields=('entitlement', 'review_on'), name='a_review_of_travel_is_opened_once')],
                },
            ),
            migrations.CreateModel(
                name='Appeal',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('stage', models.PositiveSmallIntegerField(choices=[(0, 'First decision'), (1, 'First appeal'), (2, 'Appeal panel')])),
                    ('received_on', models.DateField()),
                    ('ask_by', models.DateField(help_text='The last day to ask, as reckoned then')),
                    ('grounds', models.TextField()),
                    ('late_because', models.CharField(blank=True, max_length=300)),
                    ('recorded_at', models.DateTimeField()),
                    ('case', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='transport_appeal', to='cases.case')),
                    ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('application', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='appeals', to='transport.application')),
                ],
                options={
                    'ordering': ['stage', 'id'],
                    'constraints': [models.UniqueConstraint(fields=('application', 'stage'), name='a_stage_is_appealed_to_once'), models.CheckConstraint(condition=models.Q(('stage__in', (1, 2))), name='an_appeal_has_two_stages'), models.CheckConstraint(condition=models.Q(('received_on__lte', models.F('ask_by')), models.Q(('late_because', ''), _negated=True), _connector='OR'), name='a_late_appeal_says_why')],
                },
            ),
            migrations.CreateModel(
                name='Bell',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('from_on', models.DateField()),
                    ('until_on', models.DateField(blank=True, null=True)),
                    ('recorded_at', models.DateTimeField()),
                    ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                    ('session', models.SlugField(default='day', max_length=30)),
                    ('name', models.CharField(blank=True, max_length=80)),
                    ('weekdays', django.contrib.postgres.fields.ArrayField(base_field=models.PositiveSmallIntegerField(), help_text='Monday is 0', size=None)),
                    ('begins', models.TimeField()),
                    ('ends', models.TimeField()),
                    ('early_minutes', models.PositiveSmallIntegerField(default=20, help_text='Nobody arrives earlier than this')),
                    ('wait_minutes', models.PositiveSmallIntegerField(default=15, help_text='Nobody waits longer afterwards')),
                    ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('withdrawn_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('centre', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='bells', to='transport.centre')),
                ],
                options={
                    'ordering': ['session', '-from_on', 'id'],
                    'constraints': [models.CheckConstraint(condition=models.Q(('until_on', None), ('until_on__gte', models.F('from_on')), _connector='OR'), name='a_bell_ends_after_it_begins'), models.CheckConstraint(condition=models.Q(('ends__gt', models.F('begins'))), name='a_session_ends_after_it_begins')],
                },
            ),
            migrations.CreateModel(
                name='Decision',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('stage', models.PositiveSmallIntegerField(choices=[(0, 'First decision'), (1, 'First appeal'), (2, 'Appeal panel')], default=0)),
                    ('outcome', models.CharField(choices=[('AGREED', 'Agreed'), ('REFUSED', 'Refused')], max_length=7)),
                    ('because', models.TextField()),
                    ('decided_at', models.DateTimeField()),
                    ('decided_on', models.DateField()),
                    ('application', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='transport.application')),
                    ('assessment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='transport.assessment')),
                    ('decided_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('entitlement', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='transport.entitlement')),
                ],
                options={
                    'ordering': ['stage', 'id'],
                    'constraints': [models.UniqueConstraint(fields=('application', 'stage'), name='a_stage_is_decided_once'), models.CheckConstraint(condition=models.Q(('because', ''), _negated=True), name='a_decision_on_travel_has_a_reason'), models.CheckConstraint(condition=models.Q(models.Q(('entitlement__isnull', False), ('outcome', 'AGREED')), models.Q(('entitlement', None), ('outcome', 'REFUSED')), _connector='OR'), name='agreed_travel_is_an_entitlement')],
                },
            ),
            migrations.CreateModel(
                name='HomeAddress',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('words', models.TextField()),
                    ('postcode', models.CharField(blank=True, max_length=10)),
                    ('latitude', models.FloatField(blank=True, null=True)),
                    ('longitude', models.FloatField(blank=True, null=True)),
                    ('home', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='address', to='transport.home')),
                ],
                options={
                    'ordering': ['home_id'],
                    'constraints': [models.CheckConstraint(condition=models.Q(('words', ''), _negated=True), name='the_address_of_a_home_is_given'), models.CheckConstraint(condition=models.Q(models.Q(('latitude', None), ('longitude', None)), models.Q(('latitude__range', (-90, 90)), ('longitude__range', (-180, 180))), _connector='OR'), name='a_home_is_somewhere_on_earth')],
                },
            ),
        ]),
        behind_the_wall("transport_application"),
        behind_the_wall("transport_assessment", application_id="transport_application"),
        behind_the_wall("transport_decision", application_id="transport_application"),
        behind_the_wall("transport_appeal", application_id="transport_application"),
        behind_the_wall("transport_travelreview"),
        wall("transport_homeaddress", f"{OFFICE} or {USES} and ({SEES_PROTECTED} or not {PROTECTED})"),
        wall("transport_emergencycontact", f"{OFFICE} or {USES} and {MANAGES}"),
    ]
