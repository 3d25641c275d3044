"""Which cases somebody may see, and the lists they work from. Questions only: nothing here writes."""

import datetime as dt
import re
import unicodedata
from typing import TYPE_CHECKING, NamedTuple, Self

from django.contrib.postgres.search import SearchQuery
from django.db import models
from django.db.models import Exists, OuterRef, Q

from moothall.people.models import Team

if TYPE_CHECKING:
    from moothall.cases.models import Case  # noqa: F401
    from moothall.people.models import Account


MOST_NAMED = 1000  # restricted cases of one search, the newest
NOT_THIS = re.compile(r'(?<!\S)-("[^"]*"?|[^\s"]+)')


def wanted_and_not(words: str) -> tuple[str, list[str]]:
    """The words asked for, and each of those asked to be absent: they are absent in both languages."""
    words = unicodedata.normalize("NFC", words.replace("\0", " "))
    unwanted = [each.strip('"').strip() for each in NOT_THIS.findall(words)]
    return NOT_THIS.sub(" ", words).strip(), [each for each in unwanted if each]


def either_language(words: str) -> SearchQuery:
    """English by its stems, Welsh as it stands."""
    english = SearchQuery(words, config="moothall_en", search_type="websearch")
    return english | SearchQuery(words, config="moothall_cy", search_type="websearch")


class Sight(NamedTuple):
    """All that decides which cases an account may know of."""

    account: int
    teams: tuple[int, ...] | None
    """The teams whose cases it sees; None is the whole office."""


def sight_of(account: "Account") -> Sight | None:
    """None for an account that sees no case at all."""
    standing = account.standing()
    if "cases.view" not in standing.permissions:
        return None
    everywhere = standing.everywhere_for("cases.view")
    return Sight(account.pk, None if everywhere else tuple(standing.teams_for("cases.view")))


def of_cases_on_a_desk(account: int, works_in: tuple[int, ...]) -> Q:
    """Of what belongs to a case: one's own cases, and those of one's teams that nobody has."""
    return Q(case__assignee=account) | Q(case__assignee=None, case__team_id__in=works_in)


class CaseQuerySet(models.QuerySet["Case"]):
    def visible_to(self, account: "Account") -> Self:
        """The cases this account may know of. What is not here does not exist for them."""
        sight = sight_of(account)
        return self.none() if sight is None else self.in_sight(sight)

    def in_sight(self, sight: Sight) -> Self:
        from .case import CaseAccess

        named = Exists(CaseAccess.objects.letting_in().filter(case=OuterRef("pk"), account=sight.account))
        if sight.teams is None:
            theirs = Q(confidentiality__in=["OPEN", "TEAM"])
        else:
            theirs = Q(confidentiality="OPEN") | Q(
                confidentiality="TEAM", seen_by_teams__overlap=list(sight.teams)
            )
        return self.filter(theirs | Q(named))

    def of_team(self, key: str) -> Self:
        """The team is looked up once, not joined: its cases are then read in the order of their index."""
        return self.filter(team=Team.objects.filter(key=key).values("pk")[:1])

    def unfinished(self) -> Self:
        return self.exclude(status="CLOSED")

    def on_hand(self, on: dt.date) -> Self:
        """Open, and not held until a later day; what runs late comes back whatever it is held for."""
        return self.unfinished().filter(Q(held_until=None) | Q(held_until__lte=on) | Q(due_on__lt=on))

    def assigned_to(self, account: "Account") -> Self:
        return self.filter(assignee=account)

    def unassigned(self) -> Self:
        return self.filter(assignee=None)

    def waiting_for_anybody(self) -> Self:
        return self.unassigned().unfinished()

    def late(self, on: dt.date) -> Self:
        return self.unfinished().filter(due_on__lt=on)

    def due(self, on: dt.date) -> Self:
        return self.unfinished().filter(due_on=on)

    def waiting_on_others(self) -> Self:
        return self.unfinished().exclude(waiting_on="US")

    def mentioning(self, words: str) -> Self:
        """Cases with all these words, in either language; quotes, `or` and `-` work as in a search engine."""
        wanted, unwanted = wanted_and_not(words)
        from .case import NamedSearch

        found = self
        if wanted:
            asked = either_language(wanted)
            # Asked for first: they are few, and behind the wall PostgreSQL uses no index of words. Their rows
            # among the words of all cases are empty, so that the question is one of one table; that is joined
            # first of all, so that a rare word is looked for before anything else is.
            rows = NamedSearch.objects.filter(words=asked).order_by("-case_id")
            named = list(rows.values_list("case_id", flat=True)[:MOST_NAMED])
            found = found.filter(Q(search__words=asked) | Q(search__pk__in=named))
        for each in unwanted:
            absent = either_language(each)
            found = found.exclude(search__words=absent).exclude(named_search__words=absent)
        return found
