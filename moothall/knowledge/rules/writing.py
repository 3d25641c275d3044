"""Writing articles: every edition is kept, one of them is what readers see, and any can be brought back."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from moothall.core.refusals import Refusal
from moothall.knowledge.models import Article, ArticleEdition
from moothall.people.models import Account
from moothall.records.rules.audit import append_audit

from .indexing import index_article

TEXTS = ("title", "title_cy", "summary", "summary_cy", "body", "body_cy")
SETTINGS = ("kind", "audience", "owner", "team", "review_on")
REVIEWED_EVERY = dt.timedelta(days=365)


class NothingSaid(Refusal):
    sentence = _("An article needs a title and a text.")
    next_step = _("Write both in English at least.")


class WelshWanted(Refusal):
    sentence = _("The public reads this in Welsh too, and the Welsh is not written.")
    next_step = _("Add the Welsh title and text, or show it to staff only until they are there.")


class WrittenMeanwhile(Refusal):
    sentence = _("Somebody saved another edition while you were writing.")
    next_step = _("Compare yours with theirs below, and save again.")


class ReviewInThePast(Refusal):
    sentence = _("The day to look at it again has passed already.")
    next_step = _("Choose a day after today.")


@transaction.atomic
def write_article(
    given: dict[str, Any], *, by: Account | None, at: dt.datetime, key: str = "", publish: bool = False
) -> Article:
    """Begin an article with its first edition; nobody but staff sees it before it is published."""
    _check(given)
    article = Article.objects.create(
        key=_free_key(key or given["title"]), title=given["title"].strip(), made_by=by, made_at=at,
        changed_at=at, **{name: given[name] for name in SETTINGS if name in given},
    )  # fmt: skip
    article.services.set(given.get("services", ()))
    _add_edition(article, given, number=1, by=by, at=at)
    append_audit("knowledge.write", about=article, by=by, at=at, detail={"title": article.title})
    if publish:
        publish_article(article, by=by, at=at)
    return article


@transaction.atomic
def change_article(
    article: Article, given: dict[str, Any], *, edition: int, by: Account, at: dt.datetime, note: str = ""
) -> Article:
    """Save a further edition, if the words differ; what readers see stays until it is published."""
    _check(given)
    article = _locked(article)
    newest = newest_of(article)
    if edition != newest.number:
        raise WrittenMeanwhile
    settings = {name: given[name] for name in SETTINGS if name in given}
    for name, value in settings.items():
        setattr(article, name, value)
    Article.objects.filter(pk=article.pk).update(title=given["title"].strip(), changed_at=at, **settings)
    article.services.set(given.get("services", article.services.all()))
    if any(given.get(name, "").strip() != getattr(newest, name) for name in TEXTS):
        _add_edition(article, given, number=newest.number + 1, by=by, at=at, note=note)
    if article.is_published:
        _refuse_without_welsh(article, article.current)
    append_audit("knowledge.change", about=article, by=by, at=at, detail={"note": note})
    return article


@transaction.atomic
def publish_article(article: Article, *, by: Account | None, at: dt.datetime) -> None:
    """Readers see the newest edition from now on."""
    article = _locked(article)
    newest = newest_of(article)
    _refuse_without_welsh(article, newest)
    if article.is_published and article.current_id == newest.pk:
        return
    article.state, article.current = Article.PUBLISHED, newest
    Article.objects.filter(pk=article.pk).update(state=Article.PUBLISHED, current=newest, changed_at=at)
    index_article(article)
    append_audit("knowledge.publish", about=article, by=by, at=at, detail={"edition": newest.number})


@transaction.atomic
def withdraw_article(article: Article, *, by: Account, at: dt.datetime) -> None:
    """Nobody is shown it any more; its editions and what it answered are kept."""
    article = _locked(article)
    if not article.is_published:
        return
    article.state = Article.WITHDRAWN
    Article.objects.filter(pk=article.pk).update(state=Article.WITHDRAWN, changed_at=at)
    index_article(article)
    append_audit("knowledge.withdraw", about=article, by=by, at=at)


@transaction.atomic
def restore_edition(article: Article, *, number: int, by: Account, at: dt.datetime) -> ArticleEdition:
    """What an earlier edition said becomes the newest one; it is shown once it is published."""
    article = _locked(article)
    earlier = article.editions.get(number=number)
    given = {name: getattr(earlier, name) for name in TEXTS}
    note = gettext("As in edition %(number)d") % {"number": number}
    newest = newest_of(article)
    restored = _add_edition(article, given, number=newest.number + 1, by=by, at=at, note=note)
    Article.objects.filter(pk=article.pk).update(title=restored.title, changed_at=at)
    append_audit("knowledge.restore", about=article, by=by, at=at, detail={"edition": number})
    return restored


@transaction.atomic
def review_article(
    article: Article, *, next_on: dt.date | None = None, by: Account, at: dt.datetime, today: dt.date
) -> None:
    """Somebody looked, and it is still right; it is looked at again in a year, or on the day given."""
    day = next_on or today + REVIEWED_EVERY
    if day <= today:
        raise ReviewInThePast
    Article.objects.filter(pk=article.pk).update(review_on=day, reviewed_by=by, reviewed_at=at)
    append_audit("knowledge.review", about=article, by=by, at=at, detail={"next": day.isoformat()})


def newest_of(article: Article) -> ArticleEdition:
    return article.editions.order_by("-number")[0]


def _locked(article: Article) -> Article:
    return Article.objects.select_for_update(of=("self",)).select_related("current").get(pk=article.pk)


def _check(given: dict[str, Any]) -> None:
    if not given.get("title", "").strip() or not given.get("body", "").strip():
        raise NothingSaid


def _refuse_without_welsh(article: Article, edition: ArticleEdition | None) -> None:
    if article.audience == "PUBLIC" and edition is not None and not edition.is_in_welsh:
        raise WelshWanted


def _add_edition(
    article: Article,
    given: dict[str, Any],
    *,
    number: int,
    by: Account | None,
    at: dt.datetime,
    note: str = "",
) -> ArticleEdition:
    texts = {name: given.get(name, "").replace("\r\n", "\n").strip() for name in TEXTS}
    return ArticleEdition.objects.create(
        article=article, number=number, made_by=by, made_at=at, note=note, **texts
    )


def _free_key(words: str) -> str:
    """A key of these words that no article has yet."""
    base = slugify(words)[:70] or "article"
    taken = Article.objects.filter(key__startswith=base).values_list("key", flat=True)
    if base not in set(taken):
        return base
    numbers = [key.removeprefix(f"{base}-") for key in taken]
    highest = max((int(number) for number in numbers if number.isdecimal()), default=1)
    return f"{base}-{highest + 1}"
