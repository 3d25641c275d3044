"""Rooms become one kind of what can be taken, and nothing is taken twice."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import moothall.core.tables
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('bookings', '0002_behind_the_wall'),
        ('people', '0001_tables'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RenameModel(
            old_name='Room',
            new_name='Resource',
        ),
        migrations.RenameField(
            model_name='resource',
            old_name='seats',
            new_name='capacity',
        ),
        migrations.RemoveConstraint(
            model_name='resource',
            name='a_room_is_named_once_in_a_place',
        ),
        moothall.core.tables.Together(
            operations=[
                migrations.CreateModel(
                    name='Feature',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('name', models.CharField(max_length=120)),
                        ('name_cy', models.CharField(blank=True, max_length=120)),
                        ('key', models.SlugField(max_length=60, unique=True)),
                        ('is_access', models.BooleanField(default=False, help_text='Somebody may need it to take part at all')),
                    ],
                    options={
                        'ordering': ['name', 'id'],
                    },
                ),
                migrations.CreateModel(
                    name='Taking',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('appointment_number', models.BigIntegerField(null=True)),
                        ('shown', django.contrib.postgres.fields.ranges.DateTimeRangeField(help_text='As it was asked for')),
                        ('blocked', django.contrib.postgres.fields.ranges.DateTimeRangeField(help_text='With the time to set up before and to clear down after')),
                        ('asked_for', models.BooleanField(default=True, help_text='Not only because it is a part of something asked for')),
                        ('stands', models.BooleanField(default=True, help_text='Held, asked for or booked: nobody else may have it')),
                        ('reservation', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='takings', to='bookings.reservation')),
                        ('resource', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='takings', to='bookings.resource')),
                    ],
                    options={
                        'ordering': ['resource_id', 'id'],
                        'indexes': [models.Index(condition=models.Q(('appointment_number__isnull', False)), fields=['appointment_number'], name='taking_by_appointment')],
                        'constraints': [django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('stands', True)), expressions=[('resource', '='), ('blocked', '&&')], name='a_resource_is_taken_once_at_a_time'), models.CheckConstraint(condition=models.Q(models.Q(('appointment_number', None), ('reservation__isnull', False)), models.Q(('appointment_number__isnull', False), ('reservation', None)), _connector='OR'), name='a_taking_is_for_one_thing'), models.CheckConstraint(condition=models.Q(('blocked__contains', models.F('shown')), ('shown__isempty', False)), name='what_is_shown_is_taken')],
                    },
                ),
                migrations.AddField(
                    model_name='resource',
                    name='account',
                    field=models.ForeignKey(blank=True, help_text='Whose diary it is, of a person', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='resources', to=settings.AUTH_USER_MODEL),
                ),
                migrations.AddField(
                    model_name='resource',
                    name='asks_approval',
                    field=models.BooleanField(default=False, help_text='A booking waits until its team agrees'),
                ),
                migrations.AddField(
                    model_name='resource',
                    name='cleardown_minutes',
                    field=models.PositiveSmallIntegerField(default=0, help_text='Kept free after each booking'),
                ),
                migrations.AddField(
                    model_name='resource',
                    name='for_appointments',
                    field=models.BooleanField(default=True, help_text='Appointments may take place in it'),
                ),
                migrations.AddField(
                    model_name='resource',
                    name='kind',
                    field=models.CharField(choices=[('ROOM', 'Room'), ('BED', 'Bedroom'), ('VEHICLE', 'Vehicle'), ('EQUIPMENT', 'Equipment'), ('PERSON', 'Person')], default='ROOM', max_length=9),
                ),
                migrations.AddField(
                    model_name='resource',
                    name='notes',
                    field=models.CharField(blank=True, help_text='How to find it and get in', max_length=300),
                ),
                migrations.AddField(
                    model_name='resource',
                    name='rate',
                    field=models.DecimalField(decimal_places=2, default=0, help_text='What an hour, or a night, is recharged at', max_digits=12),
                ),
                migrations.AddField(
                    model_name='resource',
                    name='setup_minutes',
                    field=models.PositiveSmallIntegerField(default=0, help_text='Kept free before each booking'),
                ),
                migrations.AddField(
                    model_name='resource',
                    name='team',
                    field=models.ForeignKey(blank=True, help_text='Who looks after it, and agrees to its bookings', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='resources', to='people.team'),
                ),
                migrations.AlterField(
                    model_name='resource',
                    name='capacity',
                    field=models.PositiveSmallIntegerField(default=3, help_text='How many it seats, carries or sleeps'),
                ),
                migrations.AlterField(
                    model_name='resource',
                    name='place',
                    field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='resources', to='people.place'),
                ),
                migrations.AddField(
                    model_name='resource',
                    name='features',
                    field=models.ManyToManyField(blank=True, related_name='resources', to='bookings.feature'),
                ),
                migrations.CreateModel(
                    name='Reservation',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ('title', models.CharField(max_length=200)),
                        ('is_private', models.BooleanField(default=False, help_text='Others see that it is taken, and not for what')),
                        ('starts_at', models.DateTimeField()),
                        ('ends_at', models.DateTimeField()),
                        ('setup_minutes', models.PositiveSmallIntegerField(default=0)),
                        ('cleardown_minutes', models.PositiveSmallIntegerField(default=0)),
                        ('state', models.CharField(choices=[('HELD', 'Held'), ('ASKED', 'Waits for approval'), ('CONFIRMED', 'Booked'), ('CANCELLED', 'Cancelled')], default='CONFIRMED', max_length=9)),
                        ('state_since', models.DateTimeField()),
                        ('held_until', models.DateTimeField(blank=True, null=True)),
                        ('edition', models.PositiveIntegerField(default=1)),
                        ('people', models.PositiveSmallIntegerField(default=0, help_text='How many are expected; 0 is not known')),
                        ('note', models.CharField(blank=True, max_length=500)),
                        ('about_kind', models.CharField(blank=True, max_length=100)),
                        ('about_id', models.BigIntegerField(null=True)),
                        ('made_at', models.DateTimeField()),
                        ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reservations', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'ordering': ['starts_at', 'id'],
                        'indexes': [models.Index(fields=['starts_at', 'id'], name='reservation_by_start'), models.Index(fields=['made_by', 'starts_at'], name='reservation_by_maker'), models.Index(fields=['about_kind', 'about_id'], name='reservation_by_subject'), models.Index(condition=models.Q(('state', 'HELD')), fields=['held_until'], name='reservation_held')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at'))), name='a_reservation_ends_later'), models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='a_reservation_says_what_for'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'HELD'), _negated=True), ('held_until__isnull', False), _connector='OR'), name='a_hold_ends_by_itself')],
                    },
                ),
                migrations.CreateModel(
                    name='ReservationEvent',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('kind', models.CharField(choices=[('made', 'made'), ('confirmed', 'confirmed'), ('moved', 'moved'), ('changed', 'changed'), ('cancelled', 'cancelled'), ('expired', 'hold ran out'), ('agreed', 'agreed to'), ('refused', 'not agreed to')], max_length=9)),
                        ('at', models.DateTimeField()),
                        ('reason', models.CharField(blank=True, max_length=300)),
                        ('before', models.JSONField(default=dict)),
                        ('undone_at', models.DateTimeField(null=True)),
                        ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('reservation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='events', to='bookings.reservation')),
                        ('undone_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'ordering': ['-at', '-id'],
                    },
                ),
                migrations.CreateModel(
                    name='ResourcePart',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('part', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='whole_rows', to='bookings.resource')),
                        ('whole', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='part_rows', to='bookings.resource')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('whole', 'part'), name='a_part_is_named_once'), models.CheckConstraint(condition=models.Q(('whole', models.F('part')), _negated=True), name='nothing_is_a_part_of_itself')],
                    },
                ),
                migrations.AddField(
                    model_name='resource',
                    name='parts',
                    field=models.ManyToManyField(related_name='wholes', through='bookings.ResourcePart', through_fields=('whole', 'part'), to='bookings.resource'),
                ),
                migrations.AddIndex(
                    model_name='resource',
                    index=models.Index(fields=['kind', 'place'], name='resource_by_kind'),
                ),
                migrations.AddConstraint(
                    model_name='resource',
                    constraint=models.UniqueConstraint(condition=models.Q(('retired_at', None)), fields=('place', 'kind', 'name'), name='a_room_is_named_once_in_a_place'),
                ),
                migrations.AddConstraint(
                    model_name='resource',
                    constraint=models.UniqueConstraint(condition=models.Q(('account__isnull', False)), fields=('account',), name='a_person_is_one_resource'),
                ),
                migrations.AddConstraint(
                    model_name='resource',
                    constraint=models.CheckConstraint(condition=models.Q(('account', None), ('kind', 'PERSON'), _connector='OR'), name='only_a_person_has_a_diary'),
                ),
                migrations.AddConstraint(
                    model_name='resource',
                    constraint=models.CheckConstraint(condition=models.Q(('rate__gte', 0)), name='a_rate_is_not_negative'),
                ),
            ],
        ),
    ]
