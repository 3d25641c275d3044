"""A change says from which day on it matters, and whose leave is to be worked out anew is written down as well."""

import django.db.models.deletion
from django.db import migrations, models
from moothall.core.tables import Together

# From that day on: months that end before it come to what they came to. Without a day, every month is counted.
FROM_A_DAY = """
CREATE OR REPLACE FUNCTION reports_assignment_changed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE since date;
BEGIN
  IF TG_OP = 'INSERT' THEN
    since := NEW.from_on;
  ELSIF TG_OP = 'DELETE' THEN
    since := OLD.from_on;
  ELSIF (OLD.employment_id, OLD.unit_id, OLD.post_id, OLD.pattern_id, OLD.pattern_from, OLD.fte, OLD.is_main,
         OLD.from_on, OLD.withdrawn_at)
      IS DISTINCT FROM (NEW.employment_id, NEW.unit_id, NEW.post_id, NEW.pattern_id, NEW.pattern_from, NEW.fte,
         NEW.is_main, NEW.from_on, NEW.withdrawn_at) THEN
    since := least(OLD.from_on, NEW.from_on);
  ELSIF OLD.until_on IS DISTINCT FROM NEW.until_on THEN
    since := least(OLD.until_on, NEW.until_on);
  ELSE
    RETURN NULL;
  END IF;
  IF TG_OP <> 'INSERT' THEN
    INSERT INTO reports_unittocount (unit_id, from_on) VALUES (OLD.unit_id, since);
  END IF;
  IF TG_OP = 'INSERT' OR (TG_OP = 'UPDATE' AND NEW.unit_id <> OLD.unit_id) THEN
    INSERT INTO reports_unittocount (unit_id, from_on) VALUES (NEW.unit_id, since);
  END IF;
  RETURN NULL;
END
$$;
CREATE OR REPLACE FUNCTION reports_employment_changed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE since date;
BEGIN
  IF (OLD.started_on, OLD.workforce) IS DISTINCT FROM (NEW.started_on, NEW.workforce) THEN
    since := least(OLD.started_on, NEW.started_on);
  ELSIF OLD.ended_on IS DISTINCT FROM NEW.ended_on THEN
    since := least(OLD.ended_on, NEW.ended_on);
  ELSE
    RETURN NULL;
  END IF;
  INSERT INTO reports_unittocount (unit_id, from_on)
    SELECT DISTINCT unit_id, since FROM workforce_assignment WHERE employment_id = NEW.id;
  RETURN NULL;
END
$$;
CREATE OR REPLACE FUNCTION reports_absence_changed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE since date;
BEGIN
  IF TG_OP = 'INSERT' THEN
    since := NEW.first_day;
  ELSIF TG_OP = 'DELETE' THEN
    since := OLD.first_day;
  ELSIF (OLD.employment_id, OLD.first_day, OLD.half_first, OLD.withdrawn_at)
      IS DISTINCT FROM (NEW.employment_id, NEW.first_day, NEW.half_first, NEW.withdrawn_at) THEN
    since := least(OLD.first_day, NEW.first_day);
  ELSIF (OLD.last_day, OLD.half_last) IS DISTINCT FROM (NEW.last_day, NEW.half_last) THEN
    since := least(OLD.last_day, NEW.last_day);
  ELSE
    RETURN NULL;
  END IF;
  INSERT INTO reports_unittocount (unit_id, from_on)
    SELECT DISTINCT unit_id, since FROM workforce_assignment
    WHERE (TG_OP <> 'DELETE' AND employment_id = NEW.employment_id)
      OR (TG_OP <> 'INSERT' AND employment_id = OLD.employment_id);
  RETURN NULL;
END
$$;
"""
# Whose leave is to be worked out anew; a row without anybody means everybody.
LEAVE = """
CREATE FUNCTION reports_leave_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO reports_leavetocount (employment_id) SELECT DISTINCT employment_id FROM touched;
  RETURN NULL;
END
$$;
CREATE FUNCTION reports_terms_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO reports_leavetocount (employment_id) VALUES (NEW.id);
  RETURN NULL;
END
$$;
CREATE FUNCTION reports_post_of_leave_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO reports_leavetocount (employment_id)
    SELECT DISTINCT employment_id FROM workforce_assignment WHERE post_id = NEW.id;
  RETURN NULL;
END
$$;
CREATE FUNCTION reports_everybodys_leave_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO reports_leavetocount (employment_id) VALUES (NULL);
  RETURN NULL;
END
$$;
CREATE TRIGGER leave_is_added_up_anew AFTER UPDATE OF ended_on, continuous_from, nation, workforce
  ON workforce_employment FOR EACH ROW EXECUTE FUNCTION reports_terms_changed();
CREATE TRIGGER leave_is_added_up_anew AFTER UPDATE OF team_id ON people_post
  FOR EACH ROW EXECUTE FUNCTION reports_post_of_leave_changed();
"""
BY_WHOM = ("workforce_assignment", "leave_leaveday", "leave_leaveentry", "leave_leaverequest")
FOR_ALL = ("workforce_workpattern", "leave_leavescheme", "leave_leavekind")
VERBS = {"INSERT": "NEW", "UPDATE": "NEW", "DELETE": "OLD"}
WATCHED = "".join(
    f"CREATE TRIGGER leave_is_added_up_anew_{verb.lower()} AFTER {verb} ON {table} "
    f"REFERENCING {rows} TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION reports_leave_changed();\n"
    for table in BY_WHOM
    for verb, rows in VERBS.items()
) + "".join(
    f"CREATE TRIGGER leave_is_added_up_anew AFTER INSERT OR UPDATE OR DELETE ON {table} "
    "FOR EACH STATEMENT EXECUTE FUNCTION reports_everybodys_leave_changed();\n"
    for table in FOR_ALL
)
NOT_WATCHED = (
    "".join(f"DROP TRIGGER leave_is_added_up_anew_{verb.lower()} ON {table};\n" for table in BY_WHOM for verb in VERBS)
    + "".join(
        f"DROP TRIGGER leave_is_added_up_anew ON {table};\n"
        for table in (*FOR_ALL, "workforce_employment", "people_post")
    )
    + "DROP FUNCTION reports_leave_changed, reports_terms_changed, reports_post_of_leave_changed, "
    "reports_everybodys_leave_changed;"
)
EVERYBODY = "INSERT INTO reports_leavetocount (employment_id) VALUES (NULL)"


class Migration(migrations.Migration):
    dependencies = [
        ("leave", "0001_tables"),
        ("reports", "0002_a_unit_that_changed_is_counted_anew"),
        ("workforce", "0002_behind_the_wall"),
    ]
    operations = [
        Together(
            [
                migrations.AddField(
                    "unittocount", "from_on",
                    models.DateField(help_text="What comes before this day is as it was; empty: all is to be counted", null=True),
                ),
                migrations.CreateModel(
                    name="LeaveToCount",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("employment", models.ForeignKey(db_constraint=False, help_text="Empty: everybody", null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="workforce.employment")),
                    ],
                    options={"ordering": ["id"]},
                ),
            ]
        ),
        migrations.RunSQL(FROM_A_DAY, migrations.RunSQL.noop),
        migrations.RunSQL(LEAVE + WATCHED, NOT_WATCHED),
        migrations.RunSQL(EVERYBODY, migrations.RunSQL.noop),
    ]
