"""Bedrooms are sold by the night: the database counts each night of each stay, and lets none be sold twice.

A night is counted on shelves: of a kind and each below it, plainly and with what is needed. The place is
locked first, so that whoever sells at once waits in one line and nobody in a ring.
"""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import django.db.models.expressions
import moothall.core.tables
from django.conf import settings
from django.db import migrations, models

UP = """
CREATE FUNCTION bookings_rooms_in_use(house bigint, day date, lowest integer, needed text) RETURNS integer
LANGUAGE sql STABLE AS $$
  SELECT count(*)::integer
    FROM bookings_resource room JOIN bookings_bedkind kind ON kind.id = room.bed_kind_id
   WHERE room.place_id = house AND room.retired_at IS NULL AND kind.level >= lowest
     AND NOT EXISTS (
       SELECT 1 FROM unnest(string_to_array(needed, '+')) AS need
        WHERE NOT (need = 'step-free' AND room.step_free)
          AND NOT EXISTS (SELECT 1 FROM bookings_resource_features had
                            JOIN bookings_feature feature ON feature.id = had.feature_id
                           WHERE had.resource_id = room.id AND feature.key = need))
     AND NOT EXISTS (
       SELECT 1 FROM bookings_closure shut
        WHERE shut.withdrawn_at IS NULL
          AND (shut.room_id = room.id OR (shut.room_id IS NULL AND coalesce(shut.place_id, house) = house))
          AND tstzrange(shut.begins_at, shut.ends_at) @> ((day + time '22:00') AT TIME ZONE 'Europe/London'))
$$;

CREATE FUNCTION bookings_shelves(house bigint, kind_number bigint, first date, until date, needed varchar[])
RETURNS TABLE (place_id bigint, night date, level smallint, need text)
LANGUAGE sql STABLE AS $$
  SELECT house, day::date, lowest::smallint, wanted
    FROM bookings_bedkind kind
   CROSS JOIN generate_series(first::timestamp, until::timestamp - interval '1 day', interval '1 day') AS day
   CROSS JOIN generate_series(0, kind.level::integer) AS lowest
   CROSS JOIN (SELECT '' AS wanted UNION SELECT unnest(needed)::text
               UNION SELECT string_agg(one, '+' ORDER BY one) FROM unnest(needed) AS one) AS each
   WHERE kind.id = kind_number AND wanted IS NOT NULL
$$;

CREATE FUNCTION bookings_stay_takes_its_nights() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  stood boolean := TG_OP <> 'INSERT' AND OLD.state NOT IN ('CANCELLED', 'MISSED');
  stands boolean := TG_OP <> 'DELETE' AND NEW.state NOT IN ('CANCELLED', 'MISSED');
BEGIN
  IF TG_OP = 'UPDATE' AND stood = stands AND OLD.place_id = NEW.place_id AND OLD.kind_id = NEW.kind_id
     AND OLD.arrives_on = NEW.arrives_on AND OLD.leaves_on = NEW.leaves_on AND OLD.needs = NEW.needs THEN
    RETURN NULL;
  END IF;
  IF stood AND stands THEN
    PERFORM 1 FROM people_place WHERE id IN (OLD.place_id, NEW.place_id) ORDER BY id FOR NO KEY UPDATE;
  ELSIF stood THEN
    PERFORM 1 FROM people_place WHERE id = OLD.place_id FOR NO KEY UPDATE;
  ELSIF stands THEN
    PERFORM 1 FROM people_place WHERE id = NEW.place_id FOR NO KEY UPDATE;
  END IF;
  IF stood THEN
    UPDATE bookings_bednight held
       SET sold = held.sold - 1, over = greatest(0, held.sold - 1 - held.there_are)
      FROM (SELECT * FROM bookings_shelves(OLD.place_id, OLD.kind_id, OLD.arrives_on, OLD.leaves_on, OLD.needs)
            EXCEPT
            SELECT gained.* FROM bookings_shelves(NEW.place_id, NEW.kind_id, NEW.arrives_on, NEW.leaves_on,
                                                  NEW.needs) AS gained WHERE stands) AS lost
     WHERE held.place_id = lost.place_id AND held.night = lost.night AND held.level = lost.level
       AND held.need = lost.need;
  END IF;
  IF stands THEN
    INSERT INTO bookings_bednight (place_id, night, level, need, there_are, over, sold)
    SELECT gained.place_id, gained.night, gained.level, gained.need,
           bookings_rooms_in_use(gained.place_id, gained.night, gained.level, gained.need), 0, 0
      FROM bookings_shelves(NEW.place_id, NEW.kind_id, NEW.arrives_on, NEW.leaves_on, NEW.needs) AS gained
        ON CONFLICT DO NOTHING;
    UPDATE bookings_bednight held SET sold = held.sold + 1
      FROM (SELECT * FROM bookings_shelves(NEW.place_id, NEW.kind_id, NEW.arrives_on, NEW.leaves_on, NEW.needs)
            EXCEPT
            SELECT had.* FROM bookings_shelves(OLD.place_id, OLD.kind_id, OLD.arrives_on, OLD.leaves_on,
                                               OLD.needs) AS had WHERE stood) AS gained
     WHERE held.place_id = gained.place_id AND held.night = gained.night AND held.level = gained.level
       AND held.need = gained.need;
  END IF;
  RETURN NULL;
END
$$;
CREATE TRIGGER a_stay_takes_its_nights AFTER INSERT OR UPDATE OR DELETE ON bookings_stay
  FOR EACH ROW EXECUTE FUNCTION bookings_stay_takes_its_nights();
"""
DOWN = """
DROP TRIGGER a_stay_takes_its_nights ON bookings_stay;
DROP FUNCTION bookings_stay_takes_its_nights();
DROP FUNCTION bookings_shelves(bigint, bigint, date, date, varchar[]);
DROP FUNCTION bookings_rooms_in_use(bigint, date, integer, text);
"""


class Migration(migrations.Migration):

    dependencies = [
        ('bookings', '0005_series_waiting_front_desk_and_feeds'),
        ('people', '0001_tables'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        moothall.core.tables.Together(
            operations=[
                migrations.CreateModel(
                    name='BedKind',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('name', models.CharField(max_length=120)),
                        ('name_cy', models.CharField(blank=True, max_length=120)),
                        ('level', models.PositiveSmallIntegerField(unique=True)),
                        ('rate', models.DecimalField(decimal_places=2, default=0, help_text='What a night costs', max_digits=12)),
                    ],
                    options={
                        'ordering': ['level'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('level__lte', 9)), name='kinds_of_bed_are_at_most_ten'), models.CheckConstraint(condition=models.Q(('rate__gte', 0)), name='a_night_costs_nothing_or_more')],
                    },
                ),
                migrations.CreateModel(
                    name='Stay',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('guest', models.CharField(blank=True, help_text='Empty until the event says who comes', max_length=160)),
                        ('organisation', models.CharField(blank=True, max_length=160)),
                        ('arrives_on', models.DateField()),
                        ('leaves_on', models.DateField()),
                        ('expected', models.TimeField(help_text='When on the day they arrive', null=True)),
                        ('needs', django.contrib.postgres.fields.ArrayField(base_field=models.SlugField(max_length=60), blank=True, default=list, size=None)),
                        ('corridor_for', models.CharField(blank=True, choices=[('', 'Any'), ('women', 'Women only'), ('men', 'Men only')], max_length=5)),
                        ('note', models.CharField(blank=True, max_length=300)),
                        ('rate', models.DecimalField(decimal_places=2, default=0, help_text='A night, when sold', max_digits=12)),
                        ('recharge_to', models.CharField(blank=True, max_length=40)),
                        ('room_from_on', models.DateField(null=True)),
                        ('room_is_promised', models.BooleanField(default=False, help_text='Whoever chooses rooms leaves it')),
                        ('why_no_room', models.CharField(blank=True, choices=[('no such room', 'no room is like that'), ('full', 'a night is full'), ('crowded out', 'others had to come first')], max_length=12)),
                        ('full_on', models.DateField(help_text='The first night that is full, where that is why', null=True)),
                        ('state', models.CharField(choices=[('BOOKED', 'To come'), ('HERE', 'Here'), ('LEFT', 'Left'), ('MISSED', 'Did not come'), ('CANCELLED', 'Cancelled')], default='BOOKED', max_length=9)),
                        ('state_since', models.DateTimeField()),
                        ('came_at', models.DateTimeField(null=True)),
                        ('made_at', models.DateTimeField()),
                        ('beside', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='bookings.stay')),
                        ('kind', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='stays', to='bookings.bedkind')),
                        ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='stays', to='people.person')),
                        ('place', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='stays', to='people.place')),
                        ('reservation', models.ForeignKey(help_text='The event it belongs to, with which it moves', null=True, on_delete=django.db.models.deletion.CASCADE, related_name='stays', to='bookings.reservation')),
                        ('room', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='stays', to='bookings.resource')),
                    ],
                    options={
                        'ordering': ['arrives_on', 'id'],
                        'indexes': [models.Index(fields=['place', 'arrives_on', 'leaves_on'], name='stay_by_night'), models.Index(condition=models.Q(('person__isnull', False)), fields=['person'], name='stay_by_person')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('leaves_on__gt', models.F('arrives_on'))), name='a_stay_has_a_night'), models.CheckConstraint(condition=models.Q(models.Q(('room', None), ('room_from_on', None)), models.Q(('room__isnull', False), ('room_from_on__gte', models.F('arrives_on')), ('room_from_on__lte', models.F('leaves_on'))), _connector='OR'), name='a_room_is_had_from_a_day_of_the_stay'), django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('room__isnull', False), models.Q(('state__in', ['MISSED', 'CANCELLED']), _negated=True)), expressions=[('room', '='), (models.Func('room_from_on', 'leaves_on', function='daterange', output_field=django.contrib.postgres.fields.ranges.DateRangeField()), '&&')], name='a_bedroom_has_one_stay_a_night')],
                    },
                ),
                migrations.CreateModel(
                    name='BedNight',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('night', models.DateField()),
                        ('level', models.PositiveSmallIntegerField()),
                        ('need', models.CharField(blank=True, help_text='Keys of features, joined by +; or none', max_length=400)),
                        ('there_are', models.PositiveIntegerField()),
                        ('over', models.PositiveIntegerField(db_default=0, default=0)),
                        ('sold', models.IntegerField(db_default=0, default=0)),
                        ('place', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.place')),
                    ],
                    options={
                        'ordering': ['night', 'level', 'need'],
                        'constraints': [models.UniqueConstraint(fields=('place', 'night', 'level', 'need'), name='a_night_is_counted_once'), models.CheckConstraint(condition=models.Q(('sold__gte', 0), ('sold__lte', django.db.models.expressions.CombinedExpression(models.F('there_are'), '+', models.F('over')))), name='a_night_has_no_more_guests_than_beds')],
                    },
                ),
                migrations.CreateModel(
                    name='BroughtCalendar',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('name', models.CharField(max_length=120)),
                        ('until', models.DateTimeField(help_text='How far ahead it was read')),
                        ('made_at', models.DateTimeField()),
                        ('withdrawn_at', models.DateTimeField(null=True)),
                        ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('resource', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='brought_calendars', to='bookings.resource')),
                    ],
                    options={
                        'ordering': ['name', 'id'],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('withdrawn_at', None)), fields=('resource', 'name'), name='a_calendar_is_brought_in_once')],
                    },
                ),
                migrations.CreateModel(
                    name='RoomPlan',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('first_on', models.DateField()),
                        ('until_on', models.DateField()),
                        ('roomed', models.PositiveIntegerField()),
                        ('without', models.PositiveIntegerField()),
                        ('moved', models.PositiveIntegerField(help_text='Who sleeps in the house and has another room now')),
                        ('mixed', models.JSONField(default=list, help_text='Corridors not kept to one group')),
                        ('is_best', models.BooleanField(help_text='Nothing better is possible')),
                        ('made_at', models.DateTimeField()),
                        ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('place', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='room_plans', to='people.place')),
                    ],
                    options={
                        'ordering': ['-made_at', '-id'],
                    },
                ),
                migrations.CreateModel(
                    name='StayEvent',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('kind', models.CharField(choices=[('sold', 'sold'), ('changed', 'changed'), ('moved', 'moved with its event'), ('given', 'given a room'), ('came', 'came'), ('missed', 'did not come'), ('left', 'left'), ('cancelled', 'cancelled')], max_length=9)),
                        ('at', models.DateTimeField()),
                        ('reason', models.CharField(blank=True, max_length=300)),
                        ('before', models.JSONField(default=dict)),
                        ('undone_at', models.DateTimeField(null=True)),
                        ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('stay', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='events', to='bookings.stay')),
                        ('undone_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'ordering': ['-at', '-id'],
                    },
                ),
                migrations.AddField(
                    model_name='resource',
                    name='along',
                    field=models.PositiveSmallIntegerField(default=0, help_text='Where along its corridor a bedroom is'),
                ),
                migrations.AddField(
                    model_name='resource',
                    name='corridor',
                    field=models.CharField(blank=True, help_text='Of a bedroom', max_length=40),
                ),
                migrations.AddField(
                    model_name='resource',
                    name='bed_kind',
                    field=models.ForeignKey(blank=True, help_text='Of a bedroom: it is sold by the night', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='rooms', to='bookings.bedkind'),
                ),
                migrations.AddConstraint(
                    model_name='resource',
                    constraint=models.CheckConstraint(condition=models.Q(('bed_kind', None), ('kind', 'BED'), _connector='OR'), name='only_a_bedroom_is_sold_by_the_night'),
                ),
                migrations.AddField(
                    model_name='keyloan',
                    name='stay',
                    field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='key_loans', to='bookings.stay'),
                ),
            ],
        ),
        migrations.RunSQL(UP, DOWN),
    ]
