"""The words a case is found by: stemmed in English, and as they stand for Welsh; accents never matter."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection, transaction

from moothall.cases.models import Case, CaseSearch, Entry, NamedSearch

MOST_LETTERS = 100_000  # of one text: PostgreSQL keeps at most 1 MB of words a row
MOST_BYTES = 1_000_000

INDEX = """
WITH made AS (
  SELECT given.case_id, found.confidentiality,
         setweight(to_tsvector('moothall_en', given.title), 'A')
         || setweight(to_tsvector('moothall_cy', given.title), 'A')
         || to_tsvector('moothall_en', given.text) || to_tsvector('moothall_cy', given.text) AS words
  FROM unnest(%(cases)s::bigint[], %(titles)s::text[], %(texts)s::text[]) AS given(case_id, title, text)
  JOIN cases_case found ON found.id = given.case_id AND found.confidentiality <> 'SEALED'
), named AS (
  INSERT INTO cases_namedsearch AS kept (case_id, words)
  SELECT case_id, words FROM made WHERE confidentiality = 'RESTRICTED'
  ON CONFLICT (case_id) DO UPDATE SET words = CASE
    WHEN pg_column_size(kept.words || ''::tsvector) + pg_column_size(EXCLUDED.words) < %(most)s
    THEN kept.words || EXCLUDED.words ELSE kept.words END
)
INSERT INTO cases_casesearch AS kept (case_id, words)
SELECT case_id, CASE confidentiality WHEN 'RESTRICTED' THEN ''::tsvector ELSE words END FROM made
ON CONFLICT (case_id) DO UPDATE SET words = CASE
  WHEN pg_column_size(kept.words || ''::tsvector) + pg_column_size(EXCLUDED.words) < %(most)s
  THEN kept.words || EXCLUDED.words ELSE kept.words END
"""


@dataclass(frozen=True)
class Words:
    """Words to be added to those a case is found by."""

    case_id: int
    title: str = ""
    text: str = ""


def index_words(case: Case, *, title: str = "", text: str = "") -> None:
    """Add these words to what a search finds the case by. A sealed case is found by none."""
    index_many([Words(case.pk, title, text)])


@transaction.atomic
def index_many(given: Iterable[Words]) -> None:
    """Add words to many cases: one statement, unless those of one case are too many for it."""
    for row in _rounds(given):
        cases = list(row)
        with connection.cursor() as cursor:
            cursor.execute(
                INDEX,
                {
                    "cases": cases,
                    "titles": [row[case].title for case in cases],
                    "texts": [row[case].text for case in cases],
                    "most": MOST_BYTES,
                },
            )


def _rounds(given: Iterable[Words]) -> list[dict[int, Words]]:
    """The words by case, put together as long as they fit into one statement."""
    rounds: list[dict[int, Words]] = []
    for words in given:
        new = Words(words.case_id, clean(words.title).strip(), clean(words.text)[:MOST_LETTERS].strip())
        if not (new.title or new.text):
            continue
        for row in rounds:
            had = row.get(new.case_id)
            if had is None or len(had.text) + len(new.text) < MOST_LETTERS:
                title, text = (had.title, had.text) if had else ("", "")
                joined = f"{title}\n{new.title}".strip(), f"{text}\n{new.text}".strip()
                row[new.case_id] = Words(new.case_id, *joined)
                break
        else:
            rounds.append({new.case_id: new})
    return rounds


def clean(words: str) -> str:
    """Letters and their accents as one sign each, and none that the database cannot keep."""
    return unicodedata.normalize("NFC", words.replace("\x00", " "))


def forget_words(case: Case) -> None:
    """No search finds the case."""
    CaseSearch.objects.filter(case=case).delete()
    NamedSearch.objects.filter(case=case).delete()


@transaction.atomic
def index_afresh(case: Case) -> None:
    """Find the case by what stands on it now, and by nothing else."""
    forget_words(case)
    answered = "\n".join(str(each) for each in case.answers.values())
    index_words(case, title=title_words(case), text=answered)
    kept = Entry.objects.filter(case=case).order_by("id").values_list("subject", "sender", "text")
    index_many(Words(case.pk, text="\n".join(each)) for each in kept.iterator(chunk_size=500))


def title_words(case: Case) -> str:
    return f"{case.reference} {case.title} {case.requester or ''}"
