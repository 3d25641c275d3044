"""Extensions, the folding of names, full-text in two languages, and the numbering of references."""

from django.contrib.postgres.operations import BtreeGistExtension, TrigramExtension, UnaccentExtension
from django.db import migrations

FOLD = r"""
CREATE FUNCTION moothall_fold(words text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT btrim(regexp_replace(
    regexp_replace(lower(public.unaccent('public.unaccent', normalize(words, NFC))), '[''`’ʼ]', '', 'g'),
    '[^a-z0-9@\u00c0-\u1fff\u2c00-\u2dff\u3040-\U0010ffff]+', ' ', 'g'))
$$;
"""

SEARCH = """
CREATE TEXT SEARCH CONFIGURATION moothall_en (COPY = pg_catalog.english);
ALTER TEXT SEARCH CONFIGURATION moothall_en
  ALTER MAPPING FOR hword, hword_part, word WITH public.unaccent, english_stem;
CREATE TEXT SEARCH CONFIGURATION moothall_cy (COPY = pg_catalog.simple);
ALTER TEXT SEARCH CONFIGURATION moothall_cy
  ALTER MAPPING FOR hword, hword_part, word WITH public.unaccent, simple;
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        TrigramExtension(),
        UnaccentExtension(),
        BtreeGistExtension(),
        migrations.RunSQL(FOLD, "DROP FUNCTION moothall_fold(text)"),
        migrations.RunSQL(
            SEARCH,
            "DROP TEXT SEARCH CONFIGURATION moothall_en; DROP TEXT SEARCH CONFIGURATION moothall_cy",
        ),
        migrations.RunSQL("CREATE SEQUENCE case_reference; CREATE SEQUENCE person_reference",
                          "DROP SEQUENCE case_reference; DROP SEQUENCE person_reference"),
    ]
