"""Two cases that are one: the timeline of one moves to the other, and can be had back."""

import datetime as dt

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from moothall.cases.models import Case, CaseLink, Entry
from moothall.core.refusals import Refusal
from moothall.people.models import Account
from moothall.records.rules.audit import append_audit

from .access import BY_NAME
from .changing import CannotUndo, lock, undone_by
from .closing import MERGED, begin_again, end_case, undo_ending
from .indexing import Words, index_afresh, index_many, title_words
from .refusals import refuse_if_closed

BY_SECRECY = [Case.ANYONE, Case.TEAM, Case.RESTRICTED, Case.SEALED]


class MergedWithItself(Refusal):
    sentence = _("That is this same case.")
    next_step = _("Give the reference of another case.")


class OtherIsClosed(Refusal):
    sentence = _("The other case is closed, so nobody would see what moves there.")
    next_step = _("Reopen it first, or merge the other way round.")


class SeenByMore(Refusal):
    sentence = _("The other case is seen by more people than this one.")
    next_step = _("Restrict the other case as this one is, or link the two instead.")


class MergedOnwards(Refusal):
    sentence = _("The other case has itself been merged since.")
    next_step = _("Take that later merge apart first.")


@transaction.atomic
def merge_case(case: Case, *, into: Case, by: Account, at: dt.datetime) -> CaseLink:
    """This case is part of another: its timeline moves there, and it closes as merged."""
    for each in sorted((case, into), key=lambda one: one.pk):
        lock(each)
    _refuse_to_merge(case, into)
    moving = case.entries.exclude(kind=Entry.CHANGE).order_by("id")
    moved = list(moving.values_list("id", flat=True))
    texts = moving.values_list("subject", "sender", "text")
    index_many([Words(into.pk, text=title_words(case)), *(Words(into.pk, text="\n".join(t)) for t in texts)])
    seen_by = list(dict.fromkeys([*into.seen_by_teams, *case.seen_by_teams]))
    kept = {"entries": moved, "seen_by": into.seen_by_teams}
    came_back = into.came_back_at or case.came_back_at
    moving.update(case=into)
    end_case(case, verb="merge", by=by, at=at, outcome=MERGED, merged_into=into)
    Case.objects.filter(pk=into.pk).update(
        came_back_at=came_back, seen_by_teams=seen_by, edition=F("edition") + 1
    )
    lock(into)
    said = {"other": case.reference}
    detail = {"verb": "merged_in", "before": {}, "after": {}, "said": said}
    Entry.objects.create(case=into, kind=Entry.CHANGE, at=at, by=by, detail=detail)
    link = CaseLink.objects.create(
        case=case, other=into, kind=CaseLink.MERGED, made_by=by, made_at=at, detail=kept
    )
    append_audit("cases.merged_in", about=into, by=by, at=at, detail={"from": case.pk})
    return link


def _refuse_to_merge(case: Case, into: Case) -> None:
    if case.pk == into.pk:
        raise MergedWithItself
    refuse_if_closed(case)
    if into.is_closed:
        raise OtherIsClosed
    if BY_SECRECY.index(into.confidentiality) < BY_SECRECY.index(case.confidentiality):
        raise SeenByMore
    if case.confidentiality in BY_NAME:
        named = {
            each.pk: set(each.access.filter(ended_at=None).values_list("account_id", flat=True))
            for each in (case, into)
        }
        if not named[into.pk] <= named[case.pk]:
            raise SeenByMore


@transaction.atomic
def unmerge_case(link: CaseLink, *, by: Account, at: dt.datetime) -> None:
    """Take two merged cases apart again: each gets back what was its own."""
    case, other = link.case, link.other
    for each in sorted((case, other), key=lambda one: one.pk):
        lock(each)
    _move_back(link, by=by, at=at)
    if case.is_closed:
        begin_again(case, by=by, at=at, because=str(_("Separated from %s") % other.reference))
    append_audit("cases.unmerge", about=case, by=by, at=at, detail={"from": other.pk})


def _move_back(link: CaseLink, *, by: Account | None, at: dt.datetime) -> None:
    case, other = link.case, link.other
    if other.merged_into_id is not None:
        raise MergedOnwards
    if not CaseLink.objects.filter(pk=link.pk, ended_at=None).update(ended_at=at, ended_by=by):
        raise CannotUndo
    Entry.objects.filter(pk__in=link.detail.get("entries", []), case=other).update(case=case)
    had = set(link.detail.get("seen_by", other.seen_by_teams))
    steps = other.steps.exclude(team=None).values_list("team_id", flat=True)
    seen_by = [team for team in other.seen_by_teams if team in {*had, *steps, other.team_id}]
    Case.objects.filter(pk=other.pk).update(seen_by_teams=seen_by, edition=F("edition") + 1)
    lock(other)
    index_afresh(other)
    index_afresh(case)


@undone_by("merge")
def _undo_merge(case: Case, entry: Entry, by: Account | None, at: dt.datetime) -> None:
    links = CaseLink.objects.filter(case=case, kind=CaseLink.MERGED, ended_at=None).select_related("other")
    link = links.first()
    if link is None:
        raise CannotUndo
    lock(link.other)
    link.case = case
    _move_back(link, by=by, at=at)
    undo_ending(case, entry, by, at)
