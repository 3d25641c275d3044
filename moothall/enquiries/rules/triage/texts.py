"""The words by which a case is judged: its title, and what was first said."""

from collections.abc import Sequence

from moothall.cases.models import Case, Entry

SAID = (Entry.MAIL_IN, Entry.CALL, Entry.COUNTER, Entry.NOTE)
MOST = 4_000


def texts_of(cases: Sequence[Case]) -> dict[int, str]:
    """One text for each case, in one question to the database."""
    first = (
        Entry.objects.filter(case__in=[case.pk for case in cases], kind__in=SAID)
        .order_by("case_id", "at", "id")
        .distinct("case_id")
        .values_list("case_id", "text")
    )
    said = dict(first)
    return {case.pk: f"{case.title}\n{said.get(case.pk, '')}"[:MOST] for case in cases}


def first_words_of(case: Case) -> Entry | None:
    """What was first said on a case, as it stands on its timeline."""
    return case.entries.filter(kind__in=SAID).select_related("person").order_by("at", "id").first()
