import datetime as dt
from typing import Self

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q

from moothall.cases.models.worklists import either_language
from moothall.people.models import Account

STAFF, PUBLIC = "STAFF", "PUBLIC"


class ArticleQuerySet(models.QuerySet["Article"]):
    def published(self) -> Self:
        return self.filter(state=Article.PUBLISHED)

    def visible_to(self, account: Account) -> Self:
        """Whoever writes articles sees them all; other staff what is published."""
        if account.may("knowledge.edit"):
            return self
        return self.published() if account.may("cases.view") else self.none()

    def for_everybody(self) -> Self:
        """What somebody who is not signed in may read."""
        return self.published().filter(audience=PUBLIC)

    def mentioning(self, words: str) -> Self:
        asked = either_language(words)
        return self.filter(Q(words_en=asked) | Q(words_cy=asked))

    def review_due(self, on: dt.date) -> Self:
        return self.published().filter(review_on__lte=on)

    def without_welsh(self) -> Self:
        """Articles whose newest edition is in English alone."""
        newest = ArticleEdition.objects.filter(article=models.OuterRef("pk")).order_by("-number")
        welsh = models.Subquery(newest.values("body_cy")[:1])
        return self.annotate(newest_welsh=welsh).filter(newest_welsh="")


class Article(models.Model):
    """An answer worth keeping, or a list of where to look: whose, for whom, and when it is looked at again.

    What it says stands in its editions; readers see `current`, and the newest may be ahead of it.
    """

    DRAFT, PUBLISHED, WITHDRAWN = "DRAFT", "PUBLISHED", "WITHDRAWN"
    STATES = [(DRAFT, "draft"), (PUBLISHED, "published"), (WITHDRAWN, "withdrawn")]
    TEXT, LIST = "TEXT", "LIST"
    KINDS = [(TEXT, "article"), (LIST, "resource list")]
    AUDIENCES = [(STAFF, "staff"), (PUBLIC, "everybody")]

    key = models.SlugField(max_length=80, unique=True)
    kind = models.CharField(max_length=4, choices=KINDS, default=TEXT)
    audience = models.CharField(max_length=6, choices=AUDIENCES, default=STAFF)
    state = models.CharField(max_length=9, choices=STATES, default=DRAFT)
    owner = models.ForeignKey(
        "people.Account", null=True, blank=True, on_delete=models.PROTECT, related_name="articles"
    )
    team = models.ForeignKey("people.Team", on_delete=models.PROTECT, related_name="articles")
    services = models.ManyToManyField("cases.Service", blank=True, related_name="articles")
    title = models.CharField(max_length=160, help_text="Of the newest edition, for lists")
    review_on = models.DateField()
    reviewed_by = models.ForeignKey("people.Account", null=True, on_delete=models.PROTECT, related_name="+")
    reviewed_at = models.DateTimeField(null=True)
    made_by = models.ForeignKey("people.Account", null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    current = models.ForeignKey(
        "knowledge.ArticleEdition", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    words_en = SearchVectorField(null=True)
    words_cy = SearchVectorField(null=True)

    objects = ArticleQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["title", "id"], name="article_by_title"),
            models.Index(fields=["review_on", "id"], name="article_by_review"),
            models.Index(fields=["changed_at", "id"], name="article_by_change"),
            GinIndex(fields=["words_en"], name="article_by_words_en"),
            GinIndex(fields=["words_cy"], name="article_by_words_cy"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="PUBLISHED") | Q(current__isnull=False),
                name="a_published_article_has_an_edition",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_published(self) -> bool:
        return self.state == self.PUBLISHED

    def is_past_review(self, on: dt.date) -> bool:
        return self.review_on <= on


class ArticleEdition(models.Model):
    """What an article said from one moment on, in both languages. Editions are never changed."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="editions")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=160)
    title_cy = models.CharField(max_length=160, blank=True)
    summary = models.CharField(max_length=300, blank=True)
    summary_cy = models.CharField(max_length=300, blank=True)
    body = models.TextField()
    body_cy = models.TextField(blank=True)
    note = models.CharField(max_length=300, blank=True, help_text="What changed")
    made_by = models.ForeignKey("people.Account", null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["article", "number"], name="editions_are_numbered_once"),
            models.CheckConstraint(condition=~Q(title="") & ~Q(body=""), name="an_edition_says_something"),
        ]

    def __str__(self) -> str:
        return self.title

    def said(self, field: str, language: str) -> str:
        """A field in a language; English where the Welsh is not written."""
        welsh = getattr(self, f"{field}_cy") if language == "cy" else ""
        return str(welsh or getattr(self, field))

    @property
    def is_in_welsh(self) -> bool:
        return bool(self.title_cy and self.body_cy)
