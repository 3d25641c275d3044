"""What everybody may read, signed in or not: articles, and who else can help."""

import datetime as dt

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from moothall.core.clock import today
from moothall.core.door import public
from moothall.core.rate_limits import Limit, limited
from moothall.knowledge.forms import OpinionForm
from moothall.knowledge.models import Article, Signpost
from moothall.knowledge.rules.finding import articles_about
from moothall.knowledge.rules.opinions import ask_for_an_article, say_whether_it_helped

MOST = 100
SAYING = Limit("help", most=30, per=dt.timedelta(hours=1))


def words_of(request: HttpRequest) -> str:
    return request.GET.get("q", "").replace("\0", " ").strip()[:200]


def language_of_page() -> str:
    return "cy" if get_language() == "cy" else "en"


@require_GET
@public
def help_home(request: HttpRequest) -> HttpResponse:
    words = words_of(request)
    entries = []
    if words:
        entries = list(Signpost.objects.in_force(today()).filter(public=True).mentioning(words)[:5])
    articles = articles_about(words, language=language_of_page(), most=MOST)
    context = {"articles": articles, "entries": entries, "words": words}
    return render(request, "knowledge/help.html", context)


def find_public(key: str) -> Article:
    found = Article.objects.for_everybody().filter(key=key).select_related("current", "team").first()
    if found is None or found.current is None:
        raise Http404
    return found


@require_GET
@public
def help_article(request: HttpRequest, key: str) -> HttpResponse:
    article = find_public(key)
    edition = article.current
    missing = language_of_page() == "cy" and edition is not None and not edition.is_in_welsh
    context = {"article": article, "edition": edition, "missing": missing}
    return render(request, "knowledge/help_article.html", context)


@require_POST
@public
@limited(SAYING)
def help_opinion(request: HttpRequest, key: str) -> HttpResponse:
    article, form = find_public(key), OpinionForm(request.POST)
    if form.is_valid():
        say_whether_it_helped(
            article, helped=form.cleaned_data["helped"] == "yes", words=form.cleaned_data["words"],
            language=language_of_page(), by=None, on=today(),
        )  # fmt: skip
        messages.success(request, _("Thank you. We keep what you said, and nothing about you."))
    return redirect("help_article", key=key)


@require_POST
@public
@limited(SAYING)
def help_question(request: HttpRequest) -> HttpResponse:
    ask_for_an_article(request.POST.get("words", ""), language=language_of_page(), on=today())
    messages.success(request, _("Thank you. We count what nobody finds, and write about it."))
    return redirect("help_home")


@require_GET
@public
def who_can_help(request: HttpRequest) -> HttpResponse:
    words = words_of(request)
    entries = Signpost.objects.in_force(today()).filter(public=True)
    if words:
        entries = entries.mentioning(words)
    return render(request, "knowledge/who_can_help.html", {"entries": list(entries[:MOST]), "words": words})


@require_GET
@public
def helper(request: HttpRequest, key: str) -> HttpResponse:
    entry = Signpost.objects.in_force(today()).filter(public=True, key=key).first()
    if entry is None:
        raise Http404
    return render(request, "knowledge/helper.html", {"entry": entry})
