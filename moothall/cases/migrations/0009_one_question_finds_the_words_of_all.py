from django.db import migrations

# A restricted case stands among the others too, with no words: so one question finds it by its number.
EMPTY = """
INSERT INTO cases_casesearch (case_id, words) SELECT case_id, '' FROM cases_namedsearch ON CONFLICT DO NOTHING;
SET CONSTRAINTS ALL IMMEDIATE;
SET CONSTRAINTS ALL DEFERRED
"""
NOT_EMPTY = "DELETE FROM cases_casesearch WHERE case_id IN (SELECT case_id FROM cases_namedsearch)"
# PostgreSQL has to know a rare word from a common one, to walk down the newest cases only for the second.
KNOWN_WORDS = "ALTER TABLE cases_casesearch ALTER COLUMN words SET STATISTICS 1000"
FEWER_WORDS = "ALTER TABLE cases_casesearch ALTER COLUMN words SET STATISTICS -1"


class Migration(migrations.Migration):
    dependencies = [("cases", "0008_what_a_wall_counts")]

    operations = [migrations.RunSQL(EMPTY, NOT_EMPTY), migrations.RunSQL(KNOWN_WORDS, FEWER_WORDS)]
