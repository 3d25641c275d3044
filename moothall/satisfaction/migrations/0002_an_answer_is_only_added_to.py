"""What people said is never altered and never removed, by whomever."""

from django.db import migrations

ONLY_ADDED_TO = """
CREATE FUNCTION satisfaction_answer_is_only_added_to() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'What people said is only ever added to: % of % is refused.', TG_OP, TG_TABLE_NAME
    USING ERRCODE = 'insufficient_privilege';
END
$$;
CREATE TRIGGER answer_is_only_added_to
  BEFORE UPDATE OR DELETE OR TRUNCATE ON satisfaction_surveyanswer
  FOR EACH STATEMENT EXECUTE FUNCTION satisfaction_answer_is_only_added_to();
"""
UNDO = """
DROP TRIGGER answer_is_only_added_to ON satisfaction_surveyanswer;
DROP FUNCTION satisfaction_answer_is_only_added_to();
"""


class Migration(migrations.Migration):
    dependencies = [("satisfaction", "0001_tables")]
    operations = [migrations.RunSQL(ONLY_ADDED_TO, UNDO)]
