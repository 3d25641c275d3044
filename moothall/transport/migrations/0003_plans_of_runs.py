"""Vehicles, plans of runs, and what is changed of them."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from moothall.cases.wall import behind_the_wall
from moothall.core.tables import Together


class Migration(migrations.Migration):

    dependencies = [
        ('letters', '0002_outbox_unsettled'),
        ('transport', '0002_contractors'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Together([
            migrations.CreateModel(
                name='PlanCase',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('digest', models.CharField(help_text='SHA-256 of case and travel times', max_length=64, unique=True)),
                    ('case', models.BinaryField(help_text='JSON, compressed')),
                    ('tables', models.BinaryField(help_text='Seconds and metres between all locations, as .npz')),
                    ('names', models.JSONField(help_text='Which rows its numbers stand for')),
                    ('made_at', models.DateTimeField()),
                ],
            ),
            migrations.CreateModel(
                name='Depot',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('key', models.SlugField(max_length=40, unique=True)),
                    ('name', models.CharField(max_length=120)),
                    ('address', models.CharField(blank=True, max_length=300)),
                    ('latitude', models.FloatField()),
                    ('longitude', models.FloatField()),
                    ('closed_on', models.DateField(blank=True, help_text='The last day it was used', null=True)),
                ],
                options={
                    'ordering': ['name', 'id'],
                    'constraints': [models.CheckConstraint(condition=models.Q(('latitude__range', (-90, 90)), ('longitude__range', (-180, 180))), name='a_depot_is_somewhere_on_earth')],
                },
            ),
            migrations.CreateModel(
                name='PlanningFigure',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('key', models.CharField(choices=[('ride-primary', 'Longest ride to a primary school, minutes'), ('ride', 'Longest ride to anywhere else, minutes'), ('move', 'A change of time that families are told of, minutes'), ('board', 'Getting on or off, seconds'), ('board-chair', 'The same in a wheelchair, seconds'), ('late', 'At the school before the bell, minutes'), ('escort-run', 'A passenger escort, for going out once'), ('escort-hour', 'A passenger escort, an hour'), ('slow', 'A slow day takes so many times as long'), ('most-late', 'Late on a slow day at most, per cent of passengers')], max_length=20)),
                    ('amount', models.DecimalField(decimal_places=2, max_digits=12)),
                    ('from_on', models.DateField()),
                    ('until_on', models.DateField(blank=True, null=True)),
                    ('source', models.CharField(max_length=300)),
                    ('source_read_on', models.DateField(blank=True, null=True)),
                    ('confirmed', models.BooleanField(default=False)),
                ],
                options={
                    'ordering': ['key', '-from_on'],
                    'constraints': [models.UniqueConstraint(fields=('key', 'from_on'), name='a_figure_of_plans_changes_once_a_day'), models.CheckConstraint(condition=models.Q(('until_on', None), ('until_on__gte', models.F('from_on')), _connector='OR'), name='a_figure_of_plans_ends_later'), models.CheckConstraint(condition=models.Q(('amount__gte', 0)), name='a_figure_of_plans_is_not_negative'), models.CheckConstraint(condition=models.Q(('source', ''), _negated=True), name='a_figure_of_plans_has_a_source')],
                },
            ),
            migrations.CreateModel(
                name='Run',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('direction', models.CharField(choices=[('TO', 'There'), ('FROM', 'Back')], max_length=4)),
                    ('number', models.PositiveSmallIntegerField(help_text='Within its plan and direction')),
                    ('escorts', models.PositiveSmallIntegerField(default=0)),
                    ('locked', models.BooleanField(default=False)),
                    ('leaves_at', models.TimeField(help_text='Leaves its depot, or its first stop where it is a contractor’s')),
                    ('back_at', models.TimeField()),
                    ('seconds', models.PositiveIntegerField(help_text='On the road')),
                    ('cost', models.DecimalField(decimal_places=2, max_digits=12)),
                    ('contractor', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='runs', to='transport.contractor')),
                    ('depot', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='transport.depot')),
                ],
                options={
                    'ordering': ['-direction', 'number', 'id'],
                },
            ),
            migrations.CreateModel(
                name='Call',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('position', models.PositiveSmallIntegerField(help_text='The first stop is 1')),
                    ('at', models.TimeField()),
                    ('kind', models.CharField(choices=[('PICKUP', 'Picked up'), ('SETDOWN', 'Set down')], max_length=7)),
                    ('centre', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='transport.centre')),
                    ('home', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='transport.home')),
                    ('run', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='calls', to='transport.run')),
                ],
                options={
                    'ordering': ['run', 'position'],
                },
            ),
            migrations.CreateModel(
                name='RunPlan',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', models.CharField(max_length=120)),
                    ('direction', models.CharField(choices=[('BOTH', 'There and back'), ('TO', 'There'), ('FROM', 'Back')], default='BOTH', max_length=4)),
                    ('weekdays', django.contrib.postgres.fields.ArrayField(base_field=models.PositiveSmallIntegerField(), help_text='Monday is 0', size=None)),
                    ('from_on', models.DateField()),
                    ('until_on', models.DateField(blank=True, null=True)),
                    ('state', models.CharField(choices=[('DRAFT', 'Draft'), ('CONSIDERED', 'Considered'), ('PUBLISHED', 'Published'), ('WITHDRAWN', 'Withdrawn')], default='DRAFT', max_length=10)),
                    ('because', models.CharField(blank=True, help_text='Why there is another version', max_length=200)),
                    ('figures', models.JSONField(default=dict)),
                    ('times_from', models.CharField(blank=True, help_text='What the travel times stand on', max_length=500)),
                    ('seconds', models.PositiveIntegerField(default=30)),
                    ('seed', models.PositiveIntegerField(default=1)),
                    ('making', models.CharField(choices=[('WAITING', 'Waiting'), ('RUNNING', 'Planning'), ('DONE', 'Made'), ('STOPPED', 'Stopped by hand'), ('REFUSED', 'Refused by the checker'), ('FAILED', 'Could not be made'), ('BROKEN', 'Broken off')], default='WAITING', max_length=8)),
                    ('phase', models.CharField(choices=[('READING', 'Reading who travels, where and with what'), ('THERE', 'Planning the way there'), ('BACK', 'Planning the way back'), ('CHECKING', 'Checking every rule')], default='READING', max_length=8)),
                    ('points', models.JSONField(default=list, help_text='Seconds, pounds, runs and people left out, as it went')),
                    ('problem', models.CharField(blank=True, max_length=500)),
                    ('asked_at', models.DateTimeField()),
                    ('heard_at', models.DateTimeField(blank=True, null=True)),
                    ('ended_at', models.DateTimeField(blank=True, null=True)),
                    ('stop_asked_at', models.DateTimeField(blank=True, null=True)),
                    ('published_at', models.DateTimeField(blank=True, null=True)),
                    ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                    ('withdrawn_because', models.CharField(blank=True, max_length=200)),
                    ('asked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('published_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('stop_asked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('version_of', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='transport.runplan')),
                    ('withdrawn_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ['-asked_at', '-id'],
                },
            ),
            migrations.CreateModel(
                name='RunNotice',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('lines', models.JSONField(help_text='For each direction: days, the time before, the time now, the run')),
                    ('told_at', models.DateTimeField(blank=True, null=True)),
                    ('by_telephone', models.BooleanField(default=False, help_text='There is no address to write to')),
                    ('letter', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='letters.letter')),
                    ('passenger', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='transport.passenger')),
                    ('told_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notices', to='transport.runplan')),
                ],
                options={
                    'ordering': ['plan', 'passenger__person__family_name', 'id'],
                },
            ),
            migrations.AddField(
                model_name='run',
                name='plan',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='runs', to='transport.runplan'),
            ),
            migrations.CreateModel(
                name='PlanHalf',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('direction', models.CharField(choices=[('TO', 'There'), ('FROM', 'Back')], max_length=4)),
                    ('said', models.BinaryField(help_text='The plan in the published form: JSON, compressed')),
                    ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='transport.plancase')),
                    ('plan', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='halves', to='transport.runplan')),
                ],
                options={
                    'ordering': ['-direction'],
                },
            ),
            migrations.CreateModel(
                name='PlanChange',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('direction', models.CharField(choices=[('TO', 'There'), ('FROM', 'Back')], max_length=4)),
                    ('from_run', models.CharField(blank=True, help_text='Empty: none', max_length=8)),
                    ('to_run', models.CharField(max_length=8)),
                    ('pounds', models.DecimalField(decimal_places=2, max_digits=12)),
                    ('before', models.BinaryField(help_text='The direction as it was: JSON, compressed')),
                    ('at', models.DateTimeField()),
                    ('undone_at', models.DateTimeField(blank=True, null=True)),
                    ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('passenger', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='transport.passenger')),
                    ('undone_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('plan', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='changes', to='transport.runplan')),
                ],
                options={
                    'ordering': ['-at', '-id'],
                },
            ),
            migrations.CreateModel(
                name='NoRide',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('direction', models.CharField(choices=[('TO', 'There'), ('FROM', 'Back')], max_length=4)),
                    ('weekdays', django.contrib.postgres.fields.ArrayField(base_field=models.PositiveSmallIntegerField(), help_text='Monday is 0', size=None)),
                    ('reason', models.CharField(max_length=300)),
                    ('centre', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='transport.centre')),
                    ('home', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='transport.home')),
                    ('owner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('passenger', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='transport.passenger')),
                    ('plan', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='without', to='transport.runplan')),
                ],
                options={
                    'ordering': ['-direction', 'id'],
                },
            ),
            migrations.CreateModel(
                name='Mending',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('making', models.CharField(choices=[('WAITING', 'Waiting'), ('RUNNING', 'Planning'), ('DONE', 'Made'), ('STOPPED', 'Stopped by hand'), ('REFUSED', 'Refused by the checker'), ('FAILED', 'Could not be made'), ('BROKEN', 'Broken off')], default='WAITING', max_length=8)),
                    ('because', models.CharField(max_length=200)),
                    ('changes', models.JSONField(help_text='What happened, each with its rows')),
                    ('options', models.JSONField(default=list, help_text='What each option costs and whom it moves')),
                    ('problem', models.CharField(blank=True, max_length=500)),
                    ('asked_at', models.DateTimeField()),
                    ('heard_at', models.DateTimeField(blank=True, null=True)),
                    ('ended_at', models.DateTimeField(blank=True, null=True)),
                    ('asked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('accepted', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='transport.runplan')),
                    ('plan', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='mendings', to='transport.runplan')),
                ],
                options={
                    'ordering': ['-asked_at', '-id'],
                },
            ),
            migrations.CreateModel(
                name='Vehicle',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('registration', models.CharField(max_length=12, unique=True)),
                    ('fuel', models.CharField(choices=[('DIESEL', 'Diesel'), ('PETROL', 'Petrol'), ('ELECTRIC', 'Electric'), ('HYBRID', 'Hybrid')], default='DIESEL', max_length=8)),
                    ('added_at', models.DateTimeField()),
                    ('gone_on', models.DateField(blank=True, help_text='The last day on which we had it', null=True)),
                    ('gone_because', models.CharField(blank=True, max_length=200)),
                    ('added_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('contractor', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='vehicles', to='transport.contractor')),
                    ('depot', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='vehicles', to='transport.depot')),
                ],
                options={
                    'ordering': ['registration'],
                },
            ),
            migrations.AddField(
                model_name='run',
                name='vehicle',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='runs', to='transport.vehicle'),
            ),
            migrations.CreateModel(
                name='OffRoad',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('from_on', models.DateField()),
                    ('until_on', models.DateField(blank=True, null=True)),
                    ('recorded_at', models.DateTimeField()),
                    ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                    ('because', models.CharField(max_length=200)),
                    ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('withdrawn_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('vehicle', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='off_road', to='transport.vehicle')),
                ],
                options={
                    'ordering': ['-from_on', '-id'],
                },
            ),
            migrations.CreateModel(
                name='VehicleKind',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('key', models.SlugField(max_length=40, unique=True)),
                    ('name', models.CharField(max_length=80)),
                    ('name_cy', models.CharField(blank=True, max_length=80)),
                    ('layouts', models.JSONField(help_text='[[seats, wheelchair bays], …]')),
                ],
                options={
                    'ordering': ['name', 'id'],
                    'constraints': [models.CheckConstraint(condition=models.Q(('layouts', []), _negated=True), name='a_kind_of_vehicle_has_a_layout')],
                },
            ),
            migrations.AddField(
                model_name='vehicle',
                name='kind',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='vehicles', to='transport.vehiclekind'),
            ),
            migrations.AddField(
                model_name='run',
                name='kind',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='transport.vehiclekind'),
            ),
            migrations.CreateModel(
                name='KindPrice',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('from_on', models.DateField()),
                    ('until_on', models.DateField(blank=True, null=True)),
                    ('recorded_at', models.DateTimeField()),
                    ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                    ('a_run', models.DecimalField(decimal_places=2, help_text='For going out once', max_digits=12)),
                    ('an_hour', models.DecimalField(decimal_places=2, default=0, max_digits=12)),
                    ('a_mile', models.DecimalField(decimal_places=2, default=0, max_digits=12)),
                    ('source', models.CharField(max_length=300)),
                    ('contractor', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='transport.contractor')),
                    ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('withdrawn_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('kind', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='prices', to='transport.vehiclekind')),
                ],
                options={
                    'ordering': ['kind__name', '-from_on', '-id'],
                },
            ),
            migrations.CreateModel(
                name='MendingOption',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('number', models.PositiveSmallIntegerField()),
                    ('direction', models.CharField(choices=[('TO', 'There'), ('FROM', 'Back')], max_length=4)),
                    ('said', models.BinaryField(help_text='In the published form: JSON, compressed')),
                    ('mending', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='kept', to='transport.mending')),
                    ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='transport.plancase')),
                ],
                options={
                    'ordering': ['number', '-direction'],
                    'constraints': [models.UniqueConstraint(fields=('mending', 'number', 'direction'), name='an_option_has_a_direction_once')],
                },
            ),
            migrations.CreateModel(
                name='Ride',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('weekdays', django.contrib.postgres.fields.ArrayField(base_field=models.PositiveSmallIntegerField(), help_text='Monday is 0', size=None)),
                    ('seconds', models.PositiveIntegerField(help_text='Aboard')),
                    ('most_seconds', models.PositiveIntegerField(help_text='Aboard at most')),
                    ('locked', models.BooleanField(default=False)),
                    ('centre', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='transport.centre')),
                    ('home', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='transport.home')),
                    ('passenger', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rides', to='transport.passenger')),
                    ('picked_up', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='picked_up', to='transport.call')),
                    ('set_down', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='set_down', to='transport.call')),
                    ('run', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rides', to='transport.run')),
                ],
                options={
                    'ordering': ['run', 'picked_up__position', 'id'],
                    'indexes': [models.Index(fields=['passenger', 'run'], name='ride_of_passenger')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('picked_up', models.F('set_down')), _negated=True), name='a_ride_ends_at_another_call')],
                },
            ),
            migrations.AddConstraint(
                model_name='call',
                constraint=models.UniqueConstraint(fields=('run', 'position'), name='a_run_calls_in_order'),
            ),
            migrations.AddConstraint(
                model_name='call',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('centre__isnull', False), ('home', None)), models.Q(('centre', None), ('home__isnull', False)), _connector='OR'), name='a_call_is_at_a_home_or_a_centre'),
            ),
            migrations.AddIndex(
                model_name='runplan',
                index=models.Index(fields=['-asked_at', '-id'], name='run_plan_by_asked'),
            ),
            migrations.AddConstraint(
                model_name='runplan',
                constraint=models.CheckConstraint(condition=models.Q(('until_on', None), ('until_on__gte', models.F('from_on')), _connector='OR'), name='a_plan_of_runs_ends_later'),
            ),
            migrations.AddConstraint(
                model_name='runplan',
                constraint=models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='a_plan_of_runs_has_a_name'),
            ),
            migrations.AddConstraint(
                model_name='runplan',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ('CONSIDERED', 'PUBLISHED')), _negated=True), ('making__in', ('DONE', 'STOPPED')), _connector='OR'), name='a_published_plan_of_runs_is_made'),
            ),
            migrations.AddConstraint(
                model_name='runplan',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'PUBLISHED'), _negated=True), ('published_at__isnull', False), _connector='OR'), name='a_published_plan_of_runs_says_when'),
            ),
            migrations.AddConstraint(
                model_name='runplan',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'WITHDRAWN'), _negated=True), models.Q(('withdrawn_because', ''), _negated=True), _connector='OR'), name='a_withdrawn_plan_of_runs_has_a_reason'),
            ),
            migrations.AddConstraint(
                model_name='runnotice',
                constraint=models.UniqueConstraint(fields=('plan', 'passenger'), name='a_family_is_told_of_a_plan_once'),
            ),
            migrations.AddConstraint(
                model_name='planhalf',
                constraint=models.UniqueConstraint(fields=('plan', 'direction'), name='a_plan_has_a_direction_once'),
            ),
            migrations.AddConstraint(
                model_name='noride',
                constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='having_no_ride_has_a_reason'),
            ),
            migrations.AddConstraint(
                model_name='mending',
                constraint=models.CheckConstraint(condition=models.Q(('because', ''), _negated=True), name='a_mending_of_runs_says_why'),
            ),
            migrations.AddConstraint(
                model_name='offroad',
                constraint=models.CheckConstraint(condition=models.Q(('until_on', None), ('until_on__gte', models.F('from_on')), _connector='OR'), name='being_off_the_road_ends_later'),
            ),
            migrations.AddConstraint(
                model_name='offroad',
                constraint=models.CheckConstraint(condition=models.Q(('because', ''), _negated=True), name='being_off_the_road_has_a_reason'),
            ),
            migrations.AddConstraint(
                model_name='vehicle',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('contractor__isnull', False), ('depot', None)), models.Q(('contractor', None), ('depot__isnull', False)), _connector='OR'), name='a_vehicle_stands_at_a_depot_or_is_a_contractors'),
            ),
            migrations.AddConstraint(
                model_name='vehicle',
                constraint=models.CheckConstraint(condition=models.Q(('gone_on', None), models.Q(('gone_because', ''), _negated=True), _connector='OR'), name='a_vehicle_that_is_gone_has_a_reason'),
            ),
            migrations.AddConstraint(
                model_name='run',
                constraint=models.UniqueConstraint(fields=('plan', 'direction', 'number'), name='a_run_has_its_number'),
            ),
            migrations.AddConstraint(
                model_name='run',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('contractor__isnull', False), ('depot', None)), models.Q(('contractor', None), ('depot__isnull', False)), _connector='OR'), name='a_run_is_our_own_or_a_contractors'),
            ),
            migrations.AddConstraint(
                model_name='kindprice',
                constraint=models.CheckConstraint(condition=models.Q(('until_on', None), ('until_on__gte', models.F('from_on')), _connector='OR'), name='a_price_of_vehicles_ends_later'),
            ),
            migrations.AddConstraint(
                model_name='kindprice',
                constraint=models.CheckConstraint(condition=models.Q(('a_mile__gte', 0), ('a_run__gte', 0), ('an_hour__gte', 0)), name='a_price_of_vehicles_is_not_negative'),
            ),
            migrations.AddConstraint(
                model_name='kindprice',
                constraint=models.CheckConstraint(condition=models.Q(('source', ''), _negated=True), name='a_price_of_vehicles_has_a_source'),
            ),
        ]),
        behind_the_wall("transport_runnotice", letter_id="letters_letter"),
    ]
