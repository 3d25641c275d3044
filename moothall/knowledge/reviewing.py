"""What My work shows of knowledge: one's own articles that are to be looked at again."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from moothall.core.clock import today
from moothall.people.models import Account

from .models import Article

SOON = dt.timedelta(days=7)
MOST = 10


def to_review(account: Account) -> Mapping[str, Any] | None:
    """The articles this account owns that are due within a week, the longest overdue first."""
    if not account.may("knowledge.edit"):
        return None
    due = Article.objects.review_due(today() + SOON).filter(owner=account).order_by("review_on", "id")
    found = list(due[:MOST])
    return {"articles": found, "today": today()} if found else None
