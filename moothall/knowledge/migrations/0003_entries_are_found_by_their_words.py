"""Entries that were there before are found by their words too."""

from django.db import migrations

FIND = """
UPDATE knowledge_signpost SET
  words_en = setweight(to_tsvector('moothall_en', name), 'A')
             || setweight(to_tsvector('moothall_en', when_to_use), 'B') || to_tsvector('moothall_en', how),
  words_cy = setweight(to_tsvector('moothall_cy', name_cy), 'A')
             || setweight(to_tsvector('moothall_cy', when_to_use_cy), 'B')
             || to_tsvector('moothall_cy', how_cy)
WHERE retired_at IS NULL;
INSERT INTO knowledge_word (signpost_id, language, lexeme, weight)
SELECT held.id, said.language, found.lexeme,
       CASE WHEN 'A' = ANY(found.weights) THEN 3 WHEN 'B' = ANY(found.weights) THEN 2 ELSE 1 END
FROM knowledge_signpost held
CROSS JOIN LATERAL (VALUES ('en', held.words_en), ('cy', held.words_cy)) AS said(language, words)
CROSS JOIN LATERAL unnest(said.words) AS found
WHERE length(found.lexeme) BETWEEN 3 AND 60 AND found.lexeme ~ '[[:alpha:]]';
"""


class Migration(migrations.Migration):
    dependencies = [("knowledge", "0002_articles_the_wider_directory_and_their_words")]
    operations = [migrations.RunSQL(FIND, "DELETE FROM knowledge_word WHERE signpost_id IS NOT NULL")]
