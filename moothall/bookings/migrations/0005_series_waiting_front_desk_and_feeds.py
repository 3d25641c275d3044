"""Bookings repeat and wait; the front desk keeps visitors, keys and messages; calendars read along."""

import django.contrib.postgres.indexes
import django.db.models.deletion
import moothall.core.tables
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('bookings', '0004_appointments_take_their_rooms'),
        ('people', '0001_tables'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        moothall.core.tables.Together(
            operations=[
                migrations.CreateModel(
                    name='Attendee',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('email', models.EmailField(max_length=250)),
                        ('told_edition', models.PositiveIntegerField(default=0, help_text='The edition last written about; 0 is none')),
                        ('account', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('reservation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='attendees', to='bookings.reservation')),
                    ],
                    options={
                        'ordering': ['email', 'id'],
                        'constraints': [models.UniqueConstraint(fields=('reservation', 'email'), name='an_attendee_is_invited_once')],
                    },
                ),
                migrations.CreateModel(
                    name='CalendarFeed',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('fingerprint', models.CharField(max_length=64, unique=True)),
                        ('made_at', models.DateTimeField()),
                        ('withdrawn_at', models.DateTimeField(null=True)),
                        ('account', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='calendar_feeds', to=settings.AUTH_USER_MODEL)),
                        ('resource', models.ForeignKey(help_text='None is their own diary', null=True, on_delete=django.db.models.deletion.CASCADE, related_name='feeds', to='bookings.resource')),
                    ],
                    options={
                        'ordering': ['resource__name', 'id'],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('withdrawn_at', None)), fields=('account', 'resource'), name='a_diary_has_one_address_at_a_time', nulls_distinct=False)],
                    },
                ),
                migrations.CreateModel(
                    name='DeskMessage',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('for_whom', models.CharField(max_length=160)),
                        ('words', models.CharField(max_length=500)),
                        ('left_at', models.DateTimeField()),
                        ('given_at', models.DateTimeField(null=True)),
                        ('given_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('left_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('place', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.place')),
                    ],
                    options={
                        'ordering': ['left_at', 'id'],
                    },
                ),
                migrations.CreateModel(
                    name='KeyLoan',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('to_whom', models.CharField(max_length=160)),
                        ('out_at', models.DateTimeField()),
                        ('back_at', models.DateTimeField(null=True)),
                        ('is_lost', models.BooleanField(default=False)),
                        ('back_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('out_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('resource', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='key_loans', to='bookings.resource')),
                    ],
                    options={
                        'ordering': ['out_at', 'id'],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('back_at', None)), fields=('resource',), name='a_key_is_out_with_one_person')],
                    },
                ),
                migrations.CreateModel(
                    name='Layout',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('name', models.CharField(max_length=120)),
                        ('name_cy', models.CharField(blank=True, max_length=120)),
                    ],
                    options={
                        'ordering': ['name', 'id'],
                    },
                ),
                migrations.CreateModel(
                    name='Refreshment',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('name', models.CharField(max_length=120)),
                        ('name_cy', models.CharField(blank=True, max_length=120)),
                        ('price', models.DecimalField(decimal_places=2, default=0, max_digits=12)),
                        ('retired_at', models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        'ordering': ['name', 'id'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('price__gte', 0)), name='a_refreshment_costs_nothing_or_more')],
                    },
                ),
                migrations.CreateModel(
                    name='RefreshmentLine',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('number', models.PositiveSmallIntegerField()),
                        ('price', models.DecimalField(decimal_places=2, max_digits=12)),
                        ('refreshment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='bookings.refreshment')),
                        ('reservation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='refreshments', to='bookings.reservation')),
                    ],
                    options={
                        'ordering': ['refreshment__name', 'id'],
                        'constraints': [models.UniqueConstraint(fields=('reservation', 'refreshment'), name='a_refreshment_is_asked_once'), models.CheckConstraint(condition=models.Q(('number__gte', 1)), name='one_refreshment_or_more')],
                    },
                ),
                migrations.CreateModel(
                    name='ReservationSeries',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('every_days', models.PositiveSmallIntegerField(help_text='1 daily, 7 weekly, 14 fortnightly')),
                        ('missed', models.JSONField(default=list, help_text='What could not be had, why, and what was free instead')),
                        ('made_at', models.DateTimeField()),
                        ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(('every_days__gte', 1)), name='a_series_goes_on')],
                    },
                ),
                migrations.CreateModel(
                    name='Visitor',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('name', models.CharField(max_length=160)),
                        ('organisation', models.CharField(blank=True, max_length=160)),
                        ('expected_at', models.DateTimeField()),
                        ('needs', models.CharField(blank=True, help_text='Such as a parking space, or no stairs', max_length=300)),
                        ('pass_number', models.CharField(blank=True, max_length=20)),
                        ('arrived_at', models.DateTimeField(null=True)),
                        ('left_at', models.DateTimeField(null=True)),
                        ('missed_at', models.DateTimeField(null=True)),
                        ('made_at', models.DateTimeField()),
                        ('host', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('place', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.place')),
                    ],
                    options={
                        'indexes': [models.Index(fields=['place', 'expected_at'], name='visitor_by_day')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('left_at', None), models.Q(('arrived_at__isnull', False), ('left_at__gte', models.F('arrived_at'))), _connector='OR'), name='who_leaves_has_come'), models.CheckConstraint(condition=models.Q(('missed_at', None), ('arrived_at', None), _connector='OR'), name='who_came_did_not_stay_away')],
                    },
                ),
                migrations.CreateModel(
                    name='Wish',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('title', models.CharField(max_length=200)),
                        ('starts_at', models.DateTimeField()),
                        ('ends_at', models.DateTimeField()),
                        ('why', models.TextField(help_text='What stood in the way, in words')),
                        ('made_at', models.DateTimeField()),
                        ('settled_at', models.DateTimeField(help_text='Withdrawn, or its time has passed', null=True)),
                        ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('offered', models.OneToOneField(help_text='The hold offered', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='wish', to='bookings.reservation')),
                        ('resource', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='wishes', to='bookings.resource')),
                    ],
                    options={
                        'indexes': [models.Index(condition=models.Q(('settled_at', None)), fields=['resource', 'made_at'], name='wish_waiting')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at'))), name='a_wish_ends_later')],
                    },
                ),
                migrations.AddField(
                    model_name='reservation',
                    name='recharge_to',
                    field=models.CharField(blank=True, help_text='The cost code that pays', max_length=40),
                ),
                migrations.AddField(
                    model_name='taking',
                    name='rate',
                    field=models.DecimalField(db_default=0, decimal_places=2, default=0, help_text='As it was when it was taken', max_digits=12),
                ),
                migrations.AddIndex(
                    model_name='taking',
                    index=django.contrib.postgres.indexes.GistIndex(condition=models.Q(('stands', True)), fields=['blocked'], name='taking_by_time'),
                ),
                migrations.AddField(
                    model_name='reservation',
                    name='layout',
                    field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='bookings.layout'),
                ),
                migrations.AddField(
                    model_name='reservation',
                    name='series',
                    field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reservations', to='bookings.reservationseries'),
                ),
            ],
        ),
    ]
