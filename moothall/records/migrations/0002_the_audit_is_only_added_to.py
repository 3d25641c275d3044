"""Rows of the audit, its seals and its checks are only ever added."""

from django.db import migrations

APPEND_ONLY = """
CREATE FUNCTION records_audit_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'The audit is only ever added to: % of % is refused.', TG_OP, TG_TABLE_NAME
    USING ERRCODE = 'insufficient_privilege',
          HINT = 'What was written down wrongly is put right by writing down the correction.';
END
$$;
CREATE TRIGGER audit_is_append_only
  BEFORE UPDATE OR DELETE OR TRUNCATE ON records_auditevent
  FOR EACH STATEMENT EXECUTE FUNCTION records_audit_is_append_only();
"""
UNDO = """
DROP TRIGGER audit_is_append_only ON records_auditevent;
DROP FUNCTION records_audit_is_append_only();
"""
# Each row says in which transaction it was written: a seal holds those of transactions that have all ended, so
# that none comes in behind it.
WRITTEN_IN = """
ALTER TABLE records_auditevent ADD COLUMN written_in xid8 NOT NULL DEFAULT pg_current_xact_id();
CREATE INDEX audit_by_transaction ON records_auditevent (written_in, id);
"""
NOT_WRITTEN_IN = "ALTER TABLE records_auditevent DROP COLUMN written_in"
SEALS_APPEND_ONLY = """
CREATE TRIGGER seals_are_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON records_auditseal
  FOR EACH STATEMENT EXECUTE FUNCTION records_audit_is_append_only();
CREATE TRIGGER checks_are_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON records_auditcheck
  FOR EACH STATEMENT EXECUTE FUNCTION records_audit_is_append_only();
"""
NO_LONGER = """
DROP TRIGGER seals_are_append_only ON records_auditseal;
DROP TRIGGER checks_are_append_only ON records_auditcheck;
"""


class Migration(migrations.Migration):
    replaces = [("records", "0002_indexes_and_append_only"), ("records", "0003_the_audit_is_sealed")]
    dependencies = [("records", "0001_tables")]
    operations = [
        migrations.RunSQL(APPEND_ONLY, UNDO),
        migrations.RunSQL(WRITTEN_IN, NOT_WRITTEN_IN),
        migrations.RunSQL(SEALS_APPEND_ONLY, NO_LONGER),
    ]
