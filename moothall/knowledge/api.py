"""Knowledge for programs: what is published, searched and read, and who else can help."""

import datetime as dt
from typing import Annotated, Any, Literal

from django.http import Http404
from ninja import Router, Schema
from pydantic import Field

from moothall.core.api import Id, Text
from moothall.core.clock import today
from moothall.core.door import needs
from moothall.people.requests import StaffRequest

from .models import Article, ArticleEdition, Signpost

MOST = 100
router = Router(tags=["Knowledge"])


class Words(Schema):
    """The same in both languages; the Welsh is empty where nobody has written it."""

    en: str
    cy: str


class ArticleLine(Schema):
    """An article as it is published. `past_review`: the day on which somebody meant to look at it is past."""

    id: int
    key: str
    kind: str
    audience: str
    title: Words
    summary: Words
    team: str
    edition: int
    changed_at: dt.datetime
    review_on: dt.date
    past_review: bool


class ArticleRecord(ArticleLine):
    """With its text, in Markdown, and the keys of the services it was written for."""

    body: Words
    services: list[str]
    answers: Annotated[int, Field(description="How often a reply took its words from it.")]


class EntryLine(Schema):
    """Who else can help, with what, and until which day people may be sent there."""

    id: int
    key: str
    name: Words
    when_to_use: Words
    how: Words
    where: Words
    hours: str
    public: bool
    until_on: dt.date | None
    checked_on: dt.date


@router.get("/articles", url_name="api_articles", response=list[ArticleLine])
@needs("cases.view")
def find_articles(
    request: StaffRequest,
    q: Annotated[Text, Field(max_length=200)] = "",
    audience: Literal["", "STAFF", "PUBLIC"] = "",
    service: Text = "",
    before: Id | None = None,
    limit: Annotated[int, Field(ge=1, le=MOST)] = 25,
) -> list[ArticleLine]:
    """The published articles, searched in English and Welsh, the newest first; `before` is the id of the last
    one seen. `audience=PUBLIC` narrows them to what may be shown to anybody."""
    rows = Article.objects.visible_to(request.user).published()
    rows = rows.mentioning(q) if q.strip() else rows
    rows = rows.filter(pk__in=Article.objects.filter(services__key=service)) if service else rows
    given = {"audience": audience, "pk__lt": before}
    rows = rows.filter(**{name: value for name, value in given.items() if value})
    return [
        ArticleLine(**_of_article(each))
        for each in rows.select_related("current", "team").order_by("-pk")[:limit]
    ]


@router.get("/articles/{key}", url_name="api_article", response=ArticleRecord)
@needs("cases.view")
def read_article(request: StaffRequest, key: str) -> ArticleRecord:
    """One published article in both languages."""
    rows = Article.objects.visible_to(request.user).published().select_related("current", "team")
    found = rows.filter(key=key).first()
    if found is None:
        raise Http404
    services = found.services.order_by("key").values_list("key", flat=True)
    return ArticleRecord(
        **_of_article(found), body=_words(_edition(found), "body"), services=list(services),
        answers=found.answers.count(),
    )  # fmt: skip


@router.get("/directory", url_name="api_directory", response=list[EntryLine])
@needs("cases.view")
def find_in_directory(
    request: StaffRequest,
    q: Annotated[Text, Field(max_length=200)] = "",
    public: bool | None = None,
    before: Id | None = None,
    limit: Annotated[int, Field(ge=1, le=MOST)] = 25,
) -> list[EntryLine]:
    """Who else can help today, the newest first; `before` is the id of the last one seen."""
    rows = Signpost.objects.in_force(today())
    rows = rows.mentioning(q) if q.strip() else rows
    rows = rows.filter(public=public) if public is not None else rows
    rows = rows.filter(pk__lt=before) if before else rows
    return [_entry(each) for each in rows.order_by("-pk")[:limit]]


def _edition(article: Article) -> ArticleEdition:
    if article.current is None:
        raise Http404
    return article.current


def _words(row: ArticleEdition | Signpost, field: str) -> Words:
    return Words(en=getattr(row, field), cy=getattr(row, f"{field}_cy"))


def _of_article(article: Article) -> dict[str, Any]:
    edition = _edition(article)
    names = ("key", "kind", "audience", "changed_at", "review_on")
    return {name: getattr(article, name) for name in names} | {
        "id": article.pk, "team": article.team.key, "edition": edition.number,
        "title": _words(edition, "title"), "summary": _words(edition, "summary"),
        "past_review": article.is_past_review(today()),
    }  # fmt: skip


def _entry(entry: Signpost) -> EntryLine:
    plain = ("key", "hours", "public", "until_on", "checked_on")
    found: dict[str, Any] = {name: getattr(entry, name) for name in plain}
    found |= {name: _words(entry, name) for name in ("name", "when_to_use", "how", "where")}
    return EntryLine(id=entry.pk, **found)
