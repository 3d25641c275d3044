"""What My work shows of knowledge: one's own articles that are to be looked at again."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from moothall.core.clock import today
from moothall.core.templatetags.parts import spelled
from moothall.letters.rules.formatting import plain_words
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


def told_in_the_morning(account: Account, on: dt.date) -> list[str]:
    """Each of one's own articles whose day to be looked at again has come, for the daily digest."""
    if not account.may("knowledge.edit"):
        return []
    due = Article.objects.review_due(on).filter(owner=account).select_related("current")
    return [_line(article) for article in due.order_by("review_on", "id")[:MOST]]


def _line(article: Article) -> str:
    title = article.current.said("title", get_language() or "en") if article.current else article.key
    address = settings.PUBLIC_URL + reverse("article_page", args=[article.key])
    given = {
        "title": f"[{plain_words(title)}]({address})",
        "day": spelled(article.review_on, "j F Y"),
    }
    return _("The article %(title)s was to be looked at again on %(day)s.") % given
