"""Whatever changes what the months of a unit are counted from is written down by the database, whoever does it."""

import django.db.models.deletion
from django.db import migrations, models
from moothall.core.tables import Together

WATCHED = """
CREATE FUNCTION reports_assignment_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'INSERT' THEN
    INSERT INTO reports_unittocount (unit_id) VALUES (OLD.unit_id);
  END IF;
  IF TG_OP = 'INSERT' OR (TG_OP = 'UPDATE' AND NEW.unit_id <> OLD.unit_id) THEN
    INSERT INTO reports_unittocount (unit_id) VALUES (NEW.unit_id);
  END IF;
  RETURN NULL;
END
$$;
CREATE FUNCTION reports_employment_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO reports_unittocount (unit_id)
    SELECT DISTINCT unit_id FROM workforce_assignment WHERE employment_id = NEW.id;
  RETURN NULL;
END
$$;
CREATE FUNCTION reports_absence_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO reports_unittocount (unit_id)
    SELECT DISTINCT unit_id FROM workforce_assignment
    WHERE (TG_OP <> 'DELETE' AND employment_id = NEW.employment_id)
      OR (TG_OP <> 'INSERT' AND employment_id = OLD.employment_id);
  RETURN NULL;
END
$$;
CREATE FUNCTION reports_post_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO reports_unittocount (unit_id)
    SELECT DISTINCT unit_id FROM workforce_assignment WHERE post_id = NEW.id;
  RETURN NULL;
END
$$;
CREATE FUNCTION reports_pattern_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO reports_unittocount (unit_id)
    SELECT DISTINCT unit_id FROM workforce_assignment WHERE pattern_id = NEW.id;
  RETURN NULL;
END
$$;
CREATE TRIGGER months_are_counted_anew AFTER INSERT OR UPDATE OR DELETE ON workforce_assignment
  FOR EACH ROW EXECUTE FUNCTION reports_assignment_changed();
CREATE TRIGGER months_are_counted_anew AFTER UPDATE OF started_on, ended_on, workforce ON workforce_employment
  FOR EACH ROW EXECUTE FUNCTION reports_employment_changed();
CREATE TRIGGER months_are_counted_anew AFTER INSERT OR DELETE
  OR UPDATE OF employment_id, first_day, last_day, half_first, half_last, withdrawn_at ON absence_episode
  FOR EACH ROW EXECUTE FUNCTION reports_absence_changed();
CREATE TRIGGER months_are_counted_anew AFTER UPDATE OF team_id ON people_post
  FOR EACH ROW EXECUTE FUNCTION reports_post_changed();
CREATE TRIGGER months_are_counted_anew AFTER UPDATE OF hours ON workforce_workpattern
  FOR EACH ROW EXECUTE FUNCTION reports_pattern_changed();
"""
NOT_WATCHED = """
DROP TRIGGER months_are_counted_anew ON workforce_assignment;
DROP TRIGGER months_are_counted_anew ON workforce_employment;
DROP TRIGGER months_are_counted_anew ON absence_episode;
DROP TRIGGER months_are_counted_anew ON people_post;
DROP TRIGGER months_are_counted_anew ON workforce_workpattern;
DROP FUNCTION reports_assignment_changed, reports_employment_changed, reports_absence_changed,
  reports_post_changed, reports_pattern_changed;
"""
# What is there is to be counted once.
ALL = (
    "INSERT INTO reports_unittocount (unit_id) "
    "SELECT DISTINCT unit_id FROM workforce_assignment"
)
# What was found before stays in the words it was found with, until it is found no more.
SAID = (
    "UPDATE reports_finding SET said = jsonb_build_object('key', 'text', 'text', detail) WHERE detail <> ''"
)


class Migration(migrations.Migration):
    dependencies = [
        ("absence", "0001_tables"),
        ("people", "0001_tables"),
        ("workforce", "0001_tables"),
        ("reports", "0001_tables"),
    ]
    operations = [
        Together(
            [
                migrations.CreateModel(
                    name="UnitToCount",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("unit", models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.organisation")),
                    ],
                    options={"ordering": ["id"]},
                ),
                migrations.CreateModel(
                    name="LeaveTaken",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("year_from", models.DateField(help_text="The first day of their leave year")),
                        ("entitled", models.DecimalField(decimal_places=2, max_digits=8)),
                        ("taken", models.DecimalField(decimal_places=2, max_digits=8)),
                        ("booked", models.DecimalField(decimal_places=2, max_digits=8)),
                        ("counted_at", models.DateTimeField()),
                        ("employment", models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="workforce.employment")),
                        ("team", models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.team")),
                        ("unit", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.organisation")),
                    ],
                    options={"ordering": ["employment_id"], "verbose_name_plural": "leave taken"},
                ),
            ]
        ),
        migrations.RunSQL(WATCHED, NOT_WATCHED),
        migrations.RunSQL(ALL, ""),
        migrations.AddField(
            "finding", "said",
            models.JSONField(default=dict, help_text="What there is to say of it: a key of `rules/finding_words.py`, and values"),
        ),
        migrations.RunSQL(SAID, ""),
        migrations.RemoveField("finding", "detail"),
    ]
