"""What a case asks, in words, and what knowledge has to answer it."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from moothall.cases.models import Case, Entry
from moothall.cases.rules.acting import may_act
from moothall.knowledge.models import Article, Signpost
from moothall.knowledge.rules.suggesting import Suggestion, signposts_for, suggestions_for
from moothall.people.models import Account

ASKING = (Entry.MAIL_IN, Entry.CALL, Entry.COUNTER)
MOST_LETTERS = 4000
MOST = 3


def question_of(case: Case) -> str:
    """The title of a case and the last that was said to us on it."""
    last = case.entries.filter(kind__in=ASKING).order_by("-at", "-id").values_list("text", flat=True).first()
    return f"{case.title}\n{(last or '')[:MOST_LETTERS]}"


def answers_for(
    case: Case, *, account: Account, on: dt.date
) -> tuple[list[Suggestion[Article]], list[Suggestion[Signpost]]]:
    """The articles and the entries of the directory that might answer it, best first."""
    text, language, service = question_of(case), case.language, case.service
    articles = suggestions_for(text, language=language, service=service, account=account, on=on, most=MOST)
    entries = signposts_for(text, language=language, service=service, account=account, on=on, most=MOST)
    return articles, entries


def suggested_panel(account: Account, case: Case) -> Mapping[str, Any] | None:
    """A place beside an open case, filled once the page is there: it costs the page itself nothing."""
    return {} if not case.is_closed and may_act(case, account, "letters.write") else None
