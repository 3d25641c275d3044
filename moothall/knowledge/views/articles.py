"""Articles: the list, one of them, and writing them."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from moothall.core.clock import now, today
from moothall.core.door import needs
from moothall.core.lists import (
    ChoiceFilter,
    Column,
    Empty,
    FlagFilter,
    Link,
    Listing,
    SearchFilter,
    show_list,
)
from moothall.core.refusals import Refusal
from moothall.knowledge.forms import ArticleForm, OpinionForm
from moothall.knowledge.models import Article, ArticleEdition
from moothall.knowledge.rules import opinions, writing
from moothall.people.models import Account
from moothall.people.requests import StaffRequest

STATES = [
    ("PUBLISHED", gettext_lazy("Published")),
    ("DRAFT", gettext_lazy("Draft")),
    ("WITHDRAWN", gettext_lazy("Withdrawn")),
]
AUDIENCES = [("STAFF", gettext_lazy("Staff")), ("PUBLIC", gettext_lazy("Everybody"))]


def find_article(request: StaffRequest, key: str) -> Article:
    rows = Article.objects.visible_to(request.user).select_related("owner", "team", "current", "reviewed_by")
    found = rows.filter(key=key).first()
    if found is None:
        raise Http404
    return found


def owners(request: HttpRequest) -> list[tuple[int, str]]:
    """Oneself first, then those one works with."""
    me = request.user
    if not isinstance(me, Account):
        return []
    return [(me.pk, _("Me")), *((each.pk, each.name) for each in Account.objects.working_with(me))]


class ArticleList(Listing[Article]):
    key, title = "articles", gettext_lazy("Knowledge")
    sort, row_template = "title", "knowledge/parts/article_row.html"
    ready_views = (
        (gettext_lazy("All"), ""),
        (gettext_lazy("To be looked at again"), "due=1"),
        (gettext_lazy("Drafts"), "state=DRAFT"),
        (gettext_lazy("Without Welsh"), "no_welsh=1"),
    )
    columns = (
        Column("title", gettext_lazy("Title"), sort="title"),
        Column("state", gettext_lazy("State"), value=lambda row: row.get_state_display()),
        Column("audience", gettext_lazy("Who may read it"), value=lambda row: row.get_audience_display()),
        Column("owner", gettext_lazy("Owner")),
        Column("review", gettext_lazy("Look again"), sort="review_on", value=lambda row: row.review_on),
        Column(
            "changed", gettext_lazy("Changed"), sort="changed_at", descending=True,
            value=lambda row: row.changed_at,
        ),
    )  # fmt: skip
    filters = (
        SearchFilter("q", gettext_lazy("Search"), apply=lambda rows, words: rows.mentioning(words)),
        ChoiceFilter("state", gettext_lazy("State"), options=STATES, several=False),
        ChoiceFilter("audience", gettext_lazy("Who may read it"), options=AUDIENCES, several=False),
        ChoiceFilter("owner", gettext_lazy("Owner"), field="owner_id", options=owners, several=False),
        FlagFilter("due", gettext_lazy("To be looked at again"), apply=lambda rows: rows.review_due(today())),
        FlagFilter("no_welsh", gettext_lazy("Without Welsh"), apply=lambda rows: rows.without_welsh()),
    )
    empty = Empty(
        gettext_lazy("No articles yet"),
        gettext_lazy("Write down the answer you give most often: it is suggested the next time."),
    )

    def rows(self, request: StaffRequest) -> QuerySet[Article]:
        return Article.objects.visible_to(request.user).select_related("owner", "current")

    def prepare(self, rows: list[Article], request: StaffRequest) -> None:
        for row in rows:
            row.due = row.is_published and row.is_past_review(today())  # type: ignore[attr-defined]

    def address(self, row: Article) -> str:
        return reverse("article_page", args=[row.key])

    def actions(self, request: StaffRequest) -> list[Link]:
        links = [Link(_("Who else can help"), reverse("directory"))]
        if request.user.may("knowledge.edit"):
            links.insert(0, Link(_("Write an article"), reverse("write_article")))
            links.append(Link(_("What is missing"), reverse("knowledge_gaps")))
        return links


@needs("cases.view")
def article_list(request: StaffRequest) -> HttpResponse:
    return show_list(request, ArticleList())


@require_GET
@needs("cases.view")
def article_page(request: StaffRequest, key: str) -> HttpResponse:
    article = find_article(request, key)
    newest = writing.newest_of(article)
    context = {
        "article": article,
        "edition": article.current if article.is_published and article.current else newest,
        "newest": newest,
        "due": article.is_published and article.is_past_review(today()),
        "services": list(article.services.order_by("name")),
        "answers": article.answers.count(),
        "opinion_form": OpinionForm(),
    }
    return render(request, "knowledge/article.html", context)


@needs("knowledge.edit")
def write_article(request: StaffRequest) -> HttpResponse:
    words = request.GET.get("title", "")[:160]
    form = ArticleForm(
        request.POST if request.method == "POST" else None, account=request.user, initial={"title": words}
    )
    if form.is_valid():
        try:
            article = writing.write_article(form.cleaned_data, by=request.user, at=now())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Kept as a draft. Publish it when it is ready."))
            return redirect("article_page", key=article.key)
    context = {"form": form, "title": _("Write an article")}
    return render(request, "knowledge/article_form.html", context, status=422 if form.errors else 200)


@needs("knowledge.edit")
def edit_article(request: StaffRequest, key: str) -> HttpResponse:
    article = find_article(request, key)
    newest = writing.newest_of(article)
    form = ArticleForm(
        request.POST if request.method == "POST" else None, account=request.user, article=article,
        initial=_initial(article, newest),
    )  # fmt: skip
    theirs: ArticleEdition | None = None
    if form.is_valid():
        data = form.cleaned_data
        try:
            writing.change_article(
                article, data, edition=data["edition"] or 0, by=request.user, at=now(), note=data["note"]
            )
        except writing.WrittenMeanwhile as refusal:
            theirs = newest
            form.add_error(None, str(refusal))
            form.data = form.data.copy()  # type: ignore[attr-defined]
            form.data["edition"] = str(newest.number)  # type: ignore[index]
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved."))
            return redirect("article_page", key=key)
    context = {"form": form, "title": article.title, "article": article, "theirs": theirs}
    return render(request, "knowledge/article_form.html", context, status=422 if form.errors else 200)


def _initial(article: Article, newest: ArticleEdition) -> dict[str, Any]:
    return {name: getattr(newest, name) for name in writing.TEXTS} | {
        "kind": article.kind, "audience": article.audience, "owner": str(article.owner_id or ""),
        "team": str(article.team_id), "review_on": article.review_on, "edition": newest.number,
        "services": [str(pk) for pk in article.services.values_list("pk", flat=True)],
    }  # fmt: skip


@require_POST
@needs("knowledge.edit")
def publish_article(request: StaffRequest, key: str) -> HttpResponse:
    writing.publish_article(find_article(request, key), by=request.user, at=now())
    messages.success(request, _("Published: readers see this edition from now on."))
    return redirect("article_page", key=key)


@require_POST
@needs("knowledge.edit")
def withdraw_article(request: StaffRequest, key: str) -> HttpResponse:
    writing.withdraw_article(find_article(request, key), by=request.user, at=now())
    undo = reverse("publish_article", args=[key])
    messages.success(request, _("Withdrawn: nobody is shown it any more."), extra_tags=undo)
    return redirect("article_page", key=key)


@require_POST
@needs("knowledge.edit")
def review_article(request: StaffRequest, key: str) -> HttpResponse:
    writing.review_article(find_article(request, key), by=request.user, at=now(), today=today())
    messages.success(request, _("Reviewed, still right. It is looked at again in a year."))
    return redirect("article_page", key=key)


@require_GET
@needs("cases.view")
def article_editions(request: StaffRequest, key: str) -> HttpResponse:
    """Every edition with what it changed, or any two of them compared."""
    article = find_article(request, key)
    editions = list(article.editions.select_related("made_by").order_by("-number"))
    chosen = [_numbered(editions, request.GET.get(name, "")) for name in ("from", "to")]
    pairs = list(zip(editions, [*editions[1:], None], strict=True))
    compared = (chosen[1], chosen[0]) if all(chosen) else None
    context = {"article": article, "pairs": [compared] if compared else pairs, "editions": editions}
    return render(request, "knowledge/editions.html", context | {"compared": compared})


def _numbered(editions: list[ArticleEdition], number: str) -> ArticleEdition | None:
    return next((each for each in editions if str(each.number) == number), None)


@require_POST
@needs("knowledge.edit")
def restore_edition(request: StaffRequest, key: str, number: int) -> HttpResponse:
    article = find_article(request, key)
    if not article.editions.filter(number=number).exists():
        raise Http404
    writing.restore_edition(article, number=number, by=request.user, at=now())
    messages.success(request, _("Brought back as the newest edition. Publish it when it is ready."))
    return redirect("article_page", key=key)


@require_POST
@needs("cases.view")
def article_opinion(request: StaffRequest, key: str) -> HttpResponse:
    article, form = find_article(request, key), OpinionForm(request.POST)
    if form.is_valid():
        opinions.say_whether_it_helped(
            article, helped=form.cleaned_data["helped"] == "yes", words=form.cleaned_data["words"],
            language=(get_language() or "en")[:2], by=request.user, on=today(),
        )  # fmt: skip
        messages.success(request, _("Thank you. It has been counted."))
    return redirect("article_page", key=key)
