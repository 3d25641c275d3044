"""An appointment takes its room, the parts of it, and the diary of whoever sees people, in the one table.

The database does it itself, whatever writes the appointment. Resources are locked in the order of their numbers
first, as the rules do, so that nobody waits in a ring.
"""

from django.db import migrations

UP = """
CREATE FUNCTION bookings_appointment_takes() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  wanted bigint[];
BEGIN
  IF TG_OP = 'UPDATE' AND (OLD.state = 'CANCELLED') = (NEW.state = 'CANCELLED')
     AND OLD.room_id IS NOT DISTINCT FROM NEW.room_id AND OLD.staff_id = NEW.staff_id
     AND OLD.taken = NEW.taken AND OLD.starts_at = NEW.starts_at AND OLD.ends_at = NEW.ends_at THEN
    RETURN NULL;
  END IF;
  IF TG_OP <> 'DELETE' AND NEW.state <> 'CANCELLED' THEN
    SELECT array_agg(id) INTO wanted FROM bookings_resource
     WHERE id = NEW.room_id OR account_id = NEW.staff_id
        OR id IN (SELECT part_id FROM bookings_resourcepart WHERE whole_id = NEW.room_id);
  END IF;
  PERFORM 1 FROM bookings_resource
    WHERE id = ANY(wanted)
       OR (TG_OP <> 'INSERT' AND id IN (SELECT resource_id FROM bookings_taking WHERE appointment_number = OLD.id))
    ORDER BY id FOR NO KEY UPDATE;
  IF TG_OP <> 'INSERT' THEN
    DELETE FROM bookings_taking WHERE appointment_number = OLD.id;
  END IF;
  IF wanted IS NOT NULL THEN
    INSERT INTO bookings_taking (resource_id, appointment_number, shown, blocked, asked_for, stands)
    SELECT one.id, NEW.id, tstzrange(NEW.starts_at, NEW.ends_at), NEW.taken,
           one.id = NEW.room_id OR one.account_id IS NOT NULL, true
      FROM bookings_resource one WHERE one.id = ANY(wanted) ORDER BY one.id;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER an_appointment_takes_its_room AFTER INSERT OR UPDATE OR DELETE ON bookings_appointment
  FOR EACH ROW EXECUTE FUNCTION bookings_appointment_takes();
INSERT INTO bookings_taking (resource_id, appointment_number, shown, blocked, asked_for, stands)
SELECT room_id, id, tstzrange(starts_at, ends_at), taken, true, true
  FROM bookings_appointment WHERE room_id IS NOT NULL AND state <> 'CANCELLED' ORDER BY room_id, id;
"""
DOWN = """
DROP TRIGGER an_appointment_takes_its_room ON bookings_appointment;
DROP FUNCTION bookings_appointment_takes();
"""


class Migration(migrations.Migration):
    dependencies = [("bookings", "0003_resources_and_reservations")]
    operations = [migrations.RunSQL(UP, DOWN)]
