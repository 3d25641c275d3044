"""Counting what was answered with what."""

import datetime as dt

from django.db import transaction

from moothall.cases.models import Case
from moothall.knowledge.models import AnsweredWith, Article, Signpost
from moothall.letters.models import Letter
from moothall.people.models import Account
from moothall.records.rules.audit import append_audit


@transaction.atomic
def count_answer(
    case: Case, *, source: Article | Signpost, letter: Letter | None, by: Account, at: dt.datetime
) -> AnsweredWith:
    """This case was answered with this article, or by sending the person there."""
    named = {"article": source} if isinstance(source, Article) else {"signpost": source}
    answer = AnsweredWith.objects.create(case=case, letter=letter, by=by, at=at, **named)
    append_audit("knowledge.answer_with", about=source, by=by, at=at, detail={"case": case.pk})
    return answer
