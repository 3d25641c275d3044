"""What stands beside cases and persons and on My work: who acts for whom, other bodies written to, and what
to bear in mind before contact."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from django.db.models import Q
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from moothall.cases.models import Case
from moothall.cases.models.worklists import sight_of
from moothall.core.clock import today
from moothall.core.ready_queries import Ready
from moothall.people.before_contact import Care
from moothall.people.models import Account, Person

from .models import Authority, ContactPlan
from .models.approach import approaches_on, approaches_to_chase
from .models.authority import authorities_on
from .models.format import formats_of
from .models.holding import holding_replies_to_send
from .models.plan import plans_of
from .rules.planning_contact import how_they_may

MOST, HELD_SHOWN = 20, 8
Row = TypeVar("Row")


def authorities_of_case(account: Account, case: Case) -> Mapping[str, Any] | None:
    """Who acts for whom on this case, in one question; whoever sees the case sees it."""
    found = authorities_on(case=case.pk, representative=case.requester_id, represented=case.subject_id)
    for_another = case.subject_id is not None and case.subject_id != case.requester_id
    if not found and not for_another:
        return None
    day = today()
    return {
        "rows": [(each, each.state(day)) for each in found[:MOST]],
        "missing": for_another and not any(_covers(each, case) and each.is_in_force(day) for each in found),
        "may_record": not case.is_closed,
    }


def _covers(authority: Authority, case: Case) -> bool:
    people = (authority.representative_id, authority.represented_id)
    return people == (case.requester_id, case.subject_id) and authority.case_id in {None, case.pk}


def warn_without_authority(account: Account, case: Case) -> Iterable[Care]:
    """Before anything personal leaves: whoever asked speaks for somebody else, and nothing says they may."""
    if case.subject_id is None or case.requester_id is None or case.subject_id == case.requester_id:
        return
    day = today()
    found = authorities_on(case=case.pk, representative=case.requester_id, represented=case.subject_id)
    if any(_covers(each, case) and each.is_in_force(day) for each in found):
        return
    ended = any(_covers(each, case) for each in found)
    more = _("The authority there was has ended.") if ended else _("No authority to act is on record.")
    yield Care(
        _("Acting for somebody else:"),
        _("tell them nothing personal about the other person yet."),
        more,
        reverse("acting_for", args=[case.reference]),
    )


def authorities_of_person(account: Account, person: Person) -> Mapping[str, Any] | None:
    """For whom this person may act, and who may act for them."""
    if not account.may("people.view"):
        return None
    rows = Authority.objects.visible_to(account).filter(Q(representative=person) | Q(represented=person))
    rows = rows.select_related("representative", "represented", "basis", "case").order_by("-from_on", "-id")
    found, day = list(rows[: MOST + 1]), today()
    if not found and not account.may("people.edit"):
        return None
    return {
        "rows": [(each, each.state(day), each.representative_id == person.pk) for each in found[:MOST]],
        "more": len(found) > MOST,
        "may_record": account.may("people.edit"),
    }


def approaches_of_case(account: Account, case: Case) -> Mapping[str, Any] | None:
    """The other bodies written to on this case, in one question."""
    found, day = approaches_on(case=case.pk), today()
    return {"rows": [(each, each.state(day)) for each in found[:MOST]]} if found else None


def to_chase(account: Account) -> Mapping[str, Any] | None:
    """What the clock has found late on one's own cases, and on those of one's teams that nobody has."""
    if not account.may("letters.write"):
        return None
    found = _on_desk_of(account, approaches_to_chase, most=MOST + 1)
    return {"rows": found[:MOST], "more": len(found) > MOST} if found else None


def holding_to_send(account: Account) -> Mapping[str, Any] | None:
    """Cases of one's own, and those of one's teams that nobody has, that will not be answered in time."""
    if not account.may("letters.write"):
        return None
    found = _on_desk_of(account, holding_replies_to_send, most=HELD_SHOWN + 1)
    return {"rows": found[:HELD_SHOWN], "more": len(found) > HELD_SHOWN} if found else None


def _on_desk_of(account: Account, asked: Ready[Row], *, most: int) -> list[Row]:
    sight = sight_of(account)
    if sight is None:
        return []
    return asked(account=sight.account, teams=sight.teams, works_in=account.team_ids(), most=most)


def plans_before_contact(account: Account, person: int, on: dt.date) -> Iterable[Care]:
    """What to do under a plan; why there is one is for those who make plans."""
    for plan in plans_of(person=person, on=on):
        words = " ".join(part for part in (how_they_may(plan), plan.instruction) if part)
        more = _("Until %s.") % date_format(plan.until_on, "j F Y")
        href = reverse("contact_plan", args=[plan.pk]) if account.may("casework.plan") else ""
        yield Care(_("Contact plan:"), words, more, href)


def plans_of_person(account: Account, person: Person) -> Mapping[str, Any] | None:
    """The plans there are and were, for those who make them."""
    if not account.may("casework.plan"):
        return None
    day = today()
    rows = ContactPlan.objects.visible_to(account).filter(person=person).order_by("-proposed_at", "-id")
    return {"rows": [(each, each.state(day)) for each in rows[:MOST]]}


def plans_to_look_at(account: Account) -> Mapping[str, Any] | None:
    """Plans that wait for a second person, for their letter, for a decision or for another look."""
    if not account.may("casework.plan"):
        return None
    day = today()
    rows = ContactPlan.objects.visible_to(account).to_look_at(day, by=account).select_related("person")
    found = [(each, each.state(day)) for each in rows.order_by("review_on", "id")[:MOST]]
    return {"rows": found} if found else None


def formats_before_contact(account: Account, person: int, on: dt.date) -> Iterable[Care]:
    """What they need, what becomes of printed letters, and who makes what cannot be made here."""
    language = get_language() or "en"
    for need in formats_of(person=person):
        each = need.format
        words = ". ".join(part for part in (each.said("name", language), need.note) if part)
        more = [each.said("how", language)]
        if each.points:
            more.insert(0, _("Letters on paper to them are printed in %d point.") % each.points)
        elif not each.made_here:
            more.insert(0, _("It cannot be made here."))
        yield Care(_("They need:"), words, " ".join(part for part in more if part))


def formats_of_person(account: Account, person: Person) -> Mapping[str, Any] | None:
    if not account.may("people.edit"):
        return None
    return {"rows": formats_of(person=person.pk)}
