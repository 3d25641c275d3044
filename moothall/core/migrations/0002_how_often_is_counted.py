"""How often somebody has done a thing lately; no row says who."""

from django.db import migrations

TABLE = """
CREATE TABLE core_rate (
  key text PRIMARY KEY,
  began_at timestamptz NOT NULL,
  ends_at timestamptz NOT NULL,
  done integer NOT NULL CONSTRAINT something_was_done CHECK (done > 0)
);
CREATE INDEX core_rate_by_end ON core_rate (ends_at);
"""


class Migration(migrations.Migration):
    dependencies = [("core", "0001_initial")]
    operations = [migrations.RunSQL(TABLE, "DROP TABLE core_rate")]
