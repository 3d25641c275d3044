"""The words articles and entries are found by: English by its stems, Welsh as it stands."""

from typing import Any

from django.db import connection

from moothall.knowledge.models import Article, Signpost

VECTORS = """
UPDATE {table} SET
  words_en = {shown} setweight(to_tsvector('moothall_en', %(title)s), 'A')
             || setweight(to_tsvector('moothall_en', %(summary)s), 'B')
             || to_tsvector('moothall_en', %(body)s) END,
  words_cy = {shown} setweight(to_tsvector('moothall_cy', %(title_cy)s), 'A')
             || setweight(to_tsvector('moothall_cy', %(summary_cy)s), 'B')
             || to_tsvector('moothall_cy', %(body_cy)s) END
WHERE id = %(id)s
"""
SHOWN = "CASE WHEN %(shown)s THEN"
FORGET = "DELETE FROM knowledge_word WHERE {column} = %(id)s"
HOLD = """
INSERT INTO knowledge_word ({column}, language, lexeme, weight)
SELECT held.id, said.language, found.lexeme,
       CASE WHEN 'A' = ANY(found.weights) THEN 3 WHEN 'B' = ANY(found.weights) THEN 2 ELSE 1 END
FROM {table} held
CROSS JOIN LATERAL (VALUES ('en', held.words_en), ('cy', held.words_cy)) AS said(language, words)
CROSS JOIN LATERAL unnest(said.words) AS found
WHERE held.id = %(id)s AND length(found.lexeme) BETWEEN 3 AND 60 AND found.lexeme ~ '[[:alpha:]]'
"""


def index_article(article: Article) -> None:
    """Find the article by the edition that readers see; by nothing while none is published."""
    edition = article.current if article.is_published else None
    names = ("title", "summary", "body", "title_cy", "summary_cy", "body_cy")
    _index(
        "knowledge_article", "article_id", article.pk, shown=edition is not None,
        **{name: getattr(edition, name) if edition else "" for name in names},
    )  # fmt: skip


def index_signpost(entry: Signpost) -> None:
    """Find the entry by its name and what it helps with; by nothing once it is taken off."""
    _index(
        "knowledge_signpost", "signpost_id", entry.pk, shown=entry.retired_at is None,
        title=entry.name, summary=entry.when_to_use,
        body=" ".join((entry.how, entry.where, entry.coverage, entry.eligibility)),
        title_cy=entry.name_cy, summary_cy=entry.when_to_use_cy,
        body_cy=" ".join((entry.how_cy, entry.where_cy, entry.coverage_cy, entry.eligibility_cy)),
    )  # fmt: skip


def _index(table: str, column: str, id: int, **given: Any) -> None:
    names = {"table": table, "column": column, "shown": SHOWN}
    with connection.cursor() as cursor:
        for statement in (VECTORS, FORGET, HOLD):
            cursor.execute(statement.format(**names), given | {"id": id})
