"""Suggestions as a person reads them: what is suggested, why, and with which key it is accepted."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from moothall.cases.models import Case, Service
from moothall.cases.rules.acting import may_act
from moothall.core.clock import in_london, today
from moothall.enquiries.models import Suggestion
from moothall.knowledge.models import Article, Signpost
from moothall.knowledge.rules.suggesting import reasons_in_words
from moothall.people.models import Account, Team

from .answers import ANSWERS, CODE

MOST = 5
PRIORITIES = {
    "1": gettext_lazy("urgent"),
    "2": gettext_lazy("high"),
    "3": gettext_lazy("normal"),
    "4": gettext_lazy("low"),
}


@dataclass(frozen=True)
class Shown:
    """One suggestion on a page. `key` accepts it."""

    suggestion: Suggestion
    key: str
    words: str
    reason: str

    page: str = ""
    """Where what is suggested can be read first."""

    @property
    def percent(self) -> int | None:
        """How likely it is; of an answer nobody knows that."""
        return None if self.suggestion.kind in ANSWERS else round(self.suggestion.confidence * 100)


def shown_for(account: Account, case: Case, *, answers: bool = True) -> list[Shown]:
    """The open suggestions of a case that this account may see, in order. Answers are left out where what
    might answer stands beside them anyhow."""
    rows = Suggestion.objects.filter(case=case).open().select_related("other", "person", "case__requester")
    rows = rows if answers else rows.exclude(kind__in=ANSWERS)
    found = [row for row in rows if row.other_id is None and row.person_id is None]
    rest = [row for row in rows if row not in found]
    if rest:
        seen = set(Suggestion.objects.visible_to(account).filter(case=case).values_list("pk", flat=True))
        found = [row for row in rows if row in found or row.pk in seen]
    return _in_words(found[:MOST])


def panel_for(account: Account, case: Case) -> dict[str, Any] | None:
    """The box beside a case: nothing where nothing is open, or where this account decides nothing."""
    if case.is_closed or case.confidentiality not in {Case.ANYONE, Case.TEAM}:
        return None
    if not may_act(case, account, "cases.work"):
        return None
    shown = shown_for(account, case, answers=False)
    return {"shown": shown} if shown else None


def _in_words(rows: Sequence[Suggestion]) -> list[Shown]:
    names = _names(rows)
    there = [row for row in rows if row.kind not in ANSWERS or (row.kind, row.value) in names]
    return [
        Shown(row, str(place), _words_of(row, names), reason_of(row), _page_of(row))
        for place, row in enumerate(there, start=1)
    ]


def _page_of(row: Suggestion) -> str:
    page = {Suggestion.ARTICLE: "article_page", Suggestion.SIGNPOST: "directory_entry"}.get(row.kind)
    return reverse(page, args=[row.value]) if page else ""


def _names(rows: Sequence[Suggestion]) -> dict[tuple[str, str], str]:
    """What services and teams are called in the language of the page."""
    language = get_language() or "en"
    found: dict[tuple[str, str], str] = {}
    for kind, model in ((Suggestion.SERVICE, Service), (Suggestion.TEAM, Team)):
        keys = [row.value for row in rows if row.kind == kind]
        if keys:
            named = model.objects.filter(key__in=keys)
            found |= {(kind, each.key): each.name_in(language) for each in named}
    return found | _names_of_answers(rows, language)


def _names_of_answers(rows: Sequence[Suggestion], language: str) -> dict[tuple[str, str], str]:
    """What articles and entries are called, as far as they are still there to answer with."""
    found: dict[tuple[str, str], str] = {}
    articles = [row.value for row in rows if row.kind == Suggestion.ARTICLE]
    entries = [row.value for row in rows if row.kind == Suggestion.SIGNPOST]
    if articles:
        there = Article.objects.published().filter(key__in=articles).select_related("current")
        found |= {(Suggestion.ARTICLE, each.key): title_of(each, language) for each in there}
    if entries:
        offered = Signpost.objects.in_force(today()).filter(key__in=entries)
        found |= {(Suggestion.SIGNPOST, each.key): each.said("name", language) for each in offered}
    return found


def title_of(article: Article, language: str) -> str:
    return article.current.said("title", language) if article.current is not None else article.title


def _words_of(row: Suggestion, names: dict[tuple[str, str], str]) -> str:
    if row.kind == Suggestion.PRIORITY:
        return _("Priority: %s") % PRIORITIES.get(row.value, row.value)
    if row.kind == Suggestion.PERSON and row.person is not None:
        return _("Asked by %s") % row.person.full_name
    if row.other is not None:
        day = date_format(in_london(row.other.received_at).date(), "j F")
        given = {"reference": row.other.reference, "title": row.other.title[:80], "day": day}
        if row.kind == Suggestion.DUPLICATE:
            return _("The same as %(reference)s “%(title)s” of %(day)s") % given
        return _("Related to %(reference)s “%(title)s” of %(day)s") % given
    name = names.get((row.kind, row.value), row.value)
    if row.kind == Suggestion.ARTICLE:
        return _("Answer with “%s”") % name
    if row.kind == Suggestion.SIGNPOST:
        return _("Send them to %s") % name
    return (_("Service: %s") if row.kind == Suggestion.SERVICE else _("Team: %s")) % name


def reason_of(row: Suggestion) -> str:
    """Why it is suggested, as a sentence."""
    given = row.reason
    if given["code"] == "words":
        words = [f"“{word}”" for word in given["words"]]
        if not words:
            return _("Closed cases that read like this one ended there.")
        said = {"words": ", ".join(words)}
        return (
            ngettext("The word %(words)s points to it.", "The words %(words)s point to it.", len(words))
            % said
        )
    if given["code"] == CODE:
        why = "; ".join(reasons_in_words(given["words"], 0, own=given["own"]))
        return f"{why[:1].upper()}{why[1:]}."
    if given["code"] in {"same_phone", "same_email"}:
        sentence = (
            _("The text has their telephone number, %s.")
            if given["code"] == "same_phone"
            else _("The text has their email address, %s.")
        )
        return str(sentence % given["said"])
    days = int(given["days"])
    when = ngettext("%d day before", "%d days before", days) % days if days else _("the same day")
    if given["code"] == "same_person_alike":
        return _("The same person wrote in nearly the same words, %s.") % when
    return _("Somebody else wrote in nearly the same words, %s.") % when
