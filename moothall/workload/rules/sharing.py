"""Who should take a case: there today, knows the service, works in the language, not a party to it, and has
least for their hours. The rule proposes and says why; a person presses the button."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from moothall.cases.models import Case, Service
from moothall.cases.rules.assigning import assign_case
from moothall.cases.rules.changing import CannotUndo, undo_change
from moothall.cases.rules.definition import definition_of
from moothall.cases.wall import for_the_office
from moothall.core.refusals import Refusal
from moothall.people.barring import Bar, Barred, bars_of_accounts
from moothall.people.models import Account, Team
from moothall.people.models.working import LanguageSkill, present_on, working_times
from moothall.records.rules.audit import append_audit
from moothall.workload.models import ServiceSkill, Share, SharedCase

USUAL_HOURS = 37.0
WAITING_COUNTS = 0.3
LEVELS = {1: gettext_lazy("A little"), 2: gettext_lazy("Well"), 3: gettext_lazy("Best")}


class NothingToShare(Refusal):
    sentence = gettext_lazy("No case was chosen, or somebody has taken them meanwhile.")
    next_step = gettext_lazy("Look at the pile again.")


class SharedBackAlready(Refusal):
    sentence = gettext_lazy("This has been undone already.")
    next_step = gettext_lazy("Look at the pile again.")


@dataclass
class Colleague:
    """Somebody who may be given work today, and how much they have for their hours."""

    account: Account
    hours: float
    load: float
    in_today: bool | None
    services: dict[int, int] = field(default_factory=dict)
    languages: dict[str, int] = field(default_factory=dict)

    @property
    def per_hour(self) -> float:
        return self.load / self.hours


@dataclass(frozen=True)
class Proposal:
    """Whom a case should go to and why; nobody, and why not."""

    case: Case
    to: Account | None
    why: str


@dataclass
class Crew:
    """A team as it stands today."""

    colleagues: list[Colleague]
    known_services: set[int]
    speaks_welsh: bool
    today: dt.date
    barred: dict[str, Mapping[int, Sequence[Bar]]] = field(default_factory=dict)

    def who_may(self, case: Case, people: list[Colleague]) -> list[Colleague]:
        """Those who may do what the service needs; asked once for each thing needed."""
        for activity in definition_of(case.version).needs:
            if activity not in self.barred:
                self.barred[activity] = bars_of_accounts(
                    [each.account for each in self.colleagues], activity=activity, first=self.today,
                    last=self.today,
                )  # fmt: skip
            people = [each for each in people if each.account.pk not in self.barred[activity]]
        return people


def crew_of(team: Team, *, today: dt.date) -> Crew:
    """Who works in the team today: whoever is away or said to be out is not among them."""
    people = list(Account.objects.working_in(team.pk).select_related("person"))
    ids = [each.pk for each in people]
    week = working_times(ids, today, today + dt.timedelta(days=6))
    known = {account for account, _day in week}
    said, loads = present_on(today), _loads(ids)
    services: dict[int, dict[int, int]] = defaultdict(dict)
    for account, service, level in ServiceSkill.objects.filter(account__in=ids).values_list(
        "account_id", "service_id", "level"
    ):
        services[account][service] = level
    languages: dict[int, dict[str, int]] = defaultdict(dict)
    for account, language, level in LanguageSkill.objects.filter(account__in=ids).values_list(
        "account_id", "language", "level"
    ):
        languages[account][language] = level
    colleagues = []
    for each in people:
        works_today = bool(week.get((each.pk, today))) if each.pk in known else True
        if said.get(each.pk, works_today):
            hours = sum(
                (last - first).total_seconds() / 3600
                for (account, _day), spans in week.items() if account == each.pk for first, last in spans
            )  # fmt: skip
            colleagues.append(
                Colleague(
                    each, max(hours, 1.0) if each.pk in known else USUAL_HOURS, loads[each.pk],
                    said.get(each.pk), services[each.pk], languages[each.pk],
                )
            )  # fmt: skip
    return Crew(
        colleagues,
        {service for each in services.values() for service in each},
        any(each.get("cy", 0) >= LanguageSkill.WORKING for each in languages.values()),
        today,
    )


@for_the_office()
def _loads(ids: Sequence[int]) -> Counter[int]:
    """How much each has open; what waits for others counts for less."""
    rows = Case.objects.unfinished().filter(assignee__in=ids).order_by().values("assignee_id")
    counted = rows.annotate(ours=Count("pk", filter=Q(waiting_on=Case.US)), every=Count("pk"))
    loads: Counter[int] = Counter()
    for row in counted:
        loads[row["assignee_id"]] = row["ours"] + (row["every"] - row["ours"]) * WAITING_COUNTS
    return loads


def propose(cases: Sequence[Case], crew: Crew) -> list[Proposal]:
    """For each case in turn whoever is fairest, counting what was just given to them."""
    return [_propose(case, crew) for case in cases]


def _propose(case: Case, crew: Crew) -> Proposal:
    free = [each for each in crew.colleagues if not is_party(each.account, case)]
    kept_out = len(crew.colleagues) - len(free)
    free = crew.who_may(case, free)
    if case.service_id in crew.known_services:
        free = [each for each in free if case.service_id in each.services]
    if case.language == "cy" and crew.speaks_welsh:
        free = [each for each in free if each.languages.get("cy", 0) >= LanguageSkill.WORKING]
    if not free:
        return Proposal(case, None, _nobody(case, crew))
    best = min(
        free, key=lambda each: (each.per_hour, -each.services.get(case.service_id, 0), each.account.pk)
    )
    why = _why(case, best, crew, kept_out=kept_out)
    best.load += 1
    return Proposal(case, best.account, why)


def is_party(account: Account, case: Case) -> bool:
    """Whether the case is theirs, or about them."""
    return account.person_id is not None and account.person_id in {case.requester_id, case.subject_id}


def _nobody(case: Case, crew: Crew) -> str:
    if not crew.colleagues:
        return _("Nobody in the team is in today.")
    if case.language == "cy":
        return _("Nobody who knows this and works in Welsh is in today.")
    if not crew.who_may(case, crew.colleagues):
        return _("Nobody who is in today holds the credential that this service needs.")
    return _("Nobody who knows this service is in today.")


def _why(case: Case, best: Colleague, crew: Crew, *, kept_out: int) -> str:
    count = round(best.load)
    parts = [
        ngettext(
            "least for their hours: %(count)d open case for %(hours)d hours this week",
            "least for their hours: %(count)d open cases for %(hours)d hours this week",
            count,
        )
        % {"count": count, "hours": round(best.hours)}
    ]
    if case.service_id in crew.known_services:
        parts.append(_("knows the service"))
    if case.language == "cy" and crew.speaks_welsh:
        parts.append(_("works in Welsh"))
    parts.append(_("in today") if best.in_today else _("works today"))
    if kept_out:
        parts.append(_("a colleague whom it is about was left out"))
    return "; ".join(parts)


@transaction.atomic
def share_out(pairs: Sequence[tuple[Case, Account]], *, team: Team, by: Account, at: dt.datetime) -> Share:
    """Give each case to whom it was proposed to. What somebody took or closed meanwhile is left alone."""
    share = Share.objects.create(team=team, by=by, at=at)
    given = 0
    for case, account in pairs:
        fresh = Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
        if fresh.is_closed or fresh.assignee_id is not None or fresh.team_id != team.pk:
            continue
        if is_party(account, fresh):
            continue
        try:
            entry = assign_case(fresh, to=account, by=by, at=at)
        except Barred:
            continue
        SharedCase.objects.create(share=share, case=fresh, to=account, entry=entry)
        given += 1
    if not given:
        raise NothingToShare
    append_audit("workload.share", about=share, by=by, at=at, detail={"cases": given})
    return share


@transaction.atomic
def take_share_back(share: Share, *, by: Account, at: dt.datetime) -> tuple[int, int]:
    """Give back what was shared out; what has moved on since stays where it is. How many of each."""
    if not Share.objects.filter(pk=share.pk, undone_at=None).update(undone_by=by, undone_at=at):
        raise SharedBackAlready
    back = stayed = 0
    for each in share.cases.select_related("entry__case").order_by("id"):
        if each.entry is None:
            stayed += 1
            continue
        try:
            with transaction.atomic():
                undo_change(each.entry, by=by, at=at)
            back += 1
        except CannotUndo:
            stayed += 1
    append_audit("workload.share_undone", about=share, by=by, at=at, detail={"back": back, "stayed": stayed})
    return back, stayed


@transaction.atomic
def say_service_skill(
    account: Account, *, service: Service, level: int, by: Account, at: dt.datetime
) -> None:
    """How well somebody knows a service; level 0 is not at all."""
    if level == 0:
        ServiceSkill.objects.filter(account=account, service=service).delete()
    else:
        ServiceSkill.objects.update_or_create(account=account, service=service, defaults={"level": level})
    detail = {"service": service.key, "level": level}
    append_audit("workload.skill", about=account, by=by, at=at, detail=detail)
