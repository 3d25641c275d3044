import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from moothall.core.tables import Together


class Migration(migrations.Migration):
    replaces = [
        ('bookings', '0001_appointments'),
        ('bookings', '0002_what_an_appointment_needs'),
    ]
    initial = True
    dependencies = [
        ('cases', '0001_tables'),
    ]
    operations = [
        Together(
            operations=[
                migrations.CreateModel(
                    name='Room',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('name', models.CharField(max_length=120)),
                        ('name_cy', models.CharField(blank=True, max_length=120)),
                        ('place', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rooms', to='people.place')),
                        ('seats', models.PositiveSmallIntegerField(default=3)),
                        ('step_free', models.BooleanField(default=True)),
                        ('retired_at', models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(condition=models.Q(('retired_at', None)), fields=('place', 'name'), name='a_room_is_named_once_in_a_place')],
                    },
                ),
                migrations.CreateModel(
                    name='OpeningHours',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('place', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='opening_hours', to='people.place')),
                        ('room', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='opening_hours', to='bookings.room')),
                        ('weekday', models.PositiveSmallIntegerField(help_text='Monday is 0')),
                        ('opens', models.TimeField()),
                        ('closes', models.TimeField()),
                        ('from_on', models.DateField()),
                        ('until_on', models.DateField(null=True)),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(('closes__gt', models.F('opens'))), name='a_place_closes_after_it_opens'), models.CheckConstraint(condition=models.Q(('weekday__lte', 6)), name='opening_days_are_of_the_week')],
                    },
                ),
                migrations.CreateModel(
                    name='Closure',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('place', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='closures', to='people.place')),
                        ('room', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='closures', to='bookings.room')),
                        ('begins_at', models.DateTimeField()),
                        ('ends_at', models.DateTimeField()),
                        ('reason', models.CharField(max_length=200)),
                        ('entered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('entered_at', models.DateTimeField()),
                        ('withdrawn_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('withdrawn_at', models.DateTimeField(null=True)),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('begins_at'))), name='a_closure_ends_later'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='a_closure_says_why')],
                    },
                ),
                migrations.CreateModel(
                    name='AppointmentKind',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('name', models.CharField(max_length=120)),
                        ('name_cy', models.CharField(blank=True, max_length=120)),
                        ('team', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='appointment_kinds', to='people.team')),
                        ('how', models.CharField(choices=[('ROOM', 'In a room'), ('PHONE', 'By telephone'), ('VIDEO', 'By video')], default='ROOM', max_length=5)),
                        ('minutes', models.PositiveSmallIntegerField(default=30)),
                        ('buffer_minutes', models.PositiveSmallIntegerField(default=0, help_text='Kept free afterwards')),
                        ('every_minutes', models.PositiveSmallIntegerField(default=30, help_text='It begins at these steps')),
                        ('welsh_needed', models.BooleanField(default=False, help_text='Only those who work in Welsh take it')),
                        ('needs', models.SlugField(blank=True, help_text='What whoever takes it must be allowed to do', max_length=60)),
                        ('bring', models.TextField(blank=True, help_text='What to bring, said in the letter')),
                        ('bring_cy', models.TextField(blank=True)),
                        ('retired_at', models.DateTimeField(blank=True, null=True)),
                        ('services', models.ManyToManyField(blank=True, related_name='appointment_kinds', to='cases.service')),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(('minutes__gte', 5)), name='an_appointment_takes_five_minutes'), models.CheckConstraint(condition=models.Q(('every_minutes__gte', 5)), name='appointments_begin_by_steps')],
                    },
                ),
                migrations.CreateModel(
                    name='KindTaker',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('kind', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='takers', to='bookings.appointmentkind')),
                        ('account', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('kind', 'account'), name='a_taker_is_named_once_a_kind')],
                    },
                ),
                migrations.CreateModel(
                    name='Appointment',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('kind', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='appointments', to='bookings.appointmentkind')),
                        ('team', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.team')),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='appointments', to='people.person')),
                        ('case', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='appointments', to='cases.case')),
                        ('room', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='appointments', to='bookings.room')),
                        ('staff', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='appointments', to=settings.AUTH_USER_MODEL)),
                        ('starts_at', models.DateTimeField()),
                        ('ends_at', models.DateTimeField()),
                        ('taken', django.contrib.postgres.fields.ranges.DateTimeRangeField(help_text='From its beginning until the time kept free after it is over')),
                        ('language', models.CharField(blank=True, max_length=2)),
                        ('note', models.CharField(blank=True, max_length=300)),
                        ('state', models.CharField(choices=[('BOOKED', 'Expected'), ('ARRIVED', 'Arrived'), ('LEFT', 'Left'), ('MISSED', 'Did not come'), ('CANCELLED', 'Cancelled')], default='BOOKED', max_length=9)),
                        ('state_since', models.DateTimeField()),
                        ('edition', models.PositiveIntegerField(default=1)),
                        ('booked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('booked_at', models.DateTimeField()),
                    ],
                    options={
                        'ordering': ['starts_at', 'id'],
                        'indexes': [models.Index(fields=['starts_at', 'id'], name='appointment_by_start'), models.Index(fields=['person', '-starts_at'], name='appointment_by_person'), models.Index(condition=models.Q(('case__isnull', False)), fields=['case'], name='appointment_by_case')],
                        'constraints': [django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('room__isnull', False), models.Q(('state', 'CANCELLED'), _negated=True)), expressions=[('room', '='), ('taken', '&&')], name='a_room_is_taken_once_at_a_time'), django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('state', 'CANCELLED'), _negated=True), expressions=[('staff', '='), ('taken', '&&')], name='a_colleague_sees_one_at_a_time'), models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at'))), name='an_appointment_ends_later')],
                    },
                ),
                migrations.CreateModel(
                    name='AppointmentEvent',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('appointment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='events', to='bookings.appointment')),
                        ('kind', models.CharField(choices=[('booked', 'booked'), ('moved', 'moved'), ('cancelled', 'cancelled'), ('arrived', 'arrived'), ('left', 'left'), ('missed', 'did not come')], max_length=9)),
                        ('at', models.DateTimeField()),
                        ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('reason', models.CharField(blank=True, max_length=300)),
                        ('before', models.JSONField(default=dict, help_text='How it stood before: what an undo puts back')),
                        ('undone_at', models.DateTimeField(null=True)),
                        ('undone_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'ordering': ['-at', '-id'],
                    },
                ),
                migrations.CreateModel(
                    name='AppointmentLetter',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('appointment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='letters', to='bookings.appointment')),
                        ('kind', models.CharField(choices=[('booked', 'booked'), ('moved', 'moved'), ('cancelled', 'cancelled'), ('reminder', 'reminder')], max_length=9)),
                        ('edition', models.PositiveIntegerField()),
                        ('letter', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='letters.letter')),
                        ('at', models.DateTimeField()),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('appointment', 'kind', 'edition'), name='an_appointment_is_written_about_once')],
                    },
                ),
            ],
        ),
    ]
