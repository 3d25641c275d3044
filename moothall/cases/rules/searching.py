"""Where the words looked for stand in each case found."""

from typing import Any

from django.db import connection
from django.utils.html import escape
from django.utils.safestring import mark_safe

from moothall.cases.models import Case

START, STOP = "\x01", "\x02"

HIGHLIGHTS = """
WITH asked AS (
  SELECT websearch_to_tsquery('moothall_en', %(words)s)
      || websearch_to_tsquery('moothall_cy', %(words)s) AS query
)
SELECT chosen.case_id,
       ts_headline('moothall_en', chosen.text, asked.query,
                   'StartSel=' || %(start)s || ',StopSel=' || %(stop)s
                   || ',MaxWords=22,MinWords=8,MaxFragments=1')
FROM asked, unnest(%(cases)s::bigint[]) AS wanted(id)
CROSS JOIN LATERAL (
  SELECT entry.case_id, left(entry.text, 1500) AS text
  FROM cases_entry entry
  WHERE entry.case_id = wanted.id AND entry.text <> ''
  ORDER BY to_tsvector('moothall_en', left(entry.text, 1500)) @@ asked.query DESC, entry.id
  LIMIT 1
) chosen
"""


def mark_words(cases: list[Case], words: str) -> None:
    """Give each case `found`: a piece of its timeline with the words marked. One query for the page."""
    asked: dict[str, Any] = {
        "words": words,
        "cases": [case.pk for case in cases],
        "start": START,
        "stop": STOP,
    }
    with connection.cursor() as cursor:
        cursor.execute(HIGHLIGHTS, asked)
        pieces = dict(cursor.fetchall())
    for case in cases:
        piece = escape(pieces.get(case.pk, ""))
        case.found = mark_safe(piece.replace(START, "<mark>").replace(STOP, "</mark>"))  # type: ignore[attr-defined] # noqa: S308
