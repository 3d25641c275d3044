"""A matter is opened on a restricted case, and people are given their parts in it."""

import datetime as dt
from collections.abc import Iterator

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from moothall.cases.models import Case, CaseAccess
from moothall.cases.rules.access import end_access, give_access
from moothall.cases.rules.opening import moment_received, open_case
from moothall.cases.rules.refusals import need_reason
from moothall.conduct.models import Exemption, Issue, Matter, MatterKind, Party, Procedure
from moothall.conduct.models.procedure import ExemptionQuerySet
from moothall.core.clock import in_london
from moothall.core.serving import for_the_office
from moothall.people.models import Account
from moothall.workforce.models import Assignment, Employment
from moothall.workforce.probation import is_in_probation

from .holding import hold, write
from .refusals import AboutThemself, BeganLater, Exempt, NoProcedure, NotForThem


def procedure_of(kind: MatterKind, *, on: dt.date) -> Procedure:
    """The days and limits for a matter that begins that day."""
    found = Procedure.objects.filter(kind=kind).in_force(on).order_by("-from_on").first()
    if found is None:
        raise NoProcedure
    return found


def exemption_of(kind: MatterKind, employment: Employment, *, on: dt.date) -> Exemption | None:
    """Why a matter of this kind cannot begin about them that day, though it is for their workforce."""
    return next(iter(_about(Exemption.objects.filter(kind=kind), employment, on)), None)


def exemptions_of(employment: Employment, *, on: dt.date) -> list[Exemption]:
    """What cannot begin about them that day: of each kind that their workforce has, why."""
    of_theirs = Q(kind__workforces=[]) | Q(kind__workforces__contains=[employment.workforce])
    rows = Exemption.objects.filter(of_theirs).select_related("kind")
    found: dict[int, Exemption] = {}
    for each in _about(rows, employment, on):
        found.setdefault(each.kind_id, each)
    return list(found.values())


def _about(rows: ExemptionQuerySet, employment: Employment, on: dt.date) -> Iterator[Exemption]:
    exemptions = list(rows.in_force(on))
    if not exemptions:
        return
    held = Assignment.objects.in_force(on).filter(employment=employment, is_main=True)
    title = held.values_list("post__title", flat=True).first() or ""
    for each in exemptions:
        if each.is_about(title) and (not each.in_probation or is_in_probation(employment, on)):
            yield each


@for_the_office()
@transaction.atomic
def open_matter(
    employment: Employment, *, kind: MatterKind, summary: str, began_on: dt.date, by: Account | None,
    at: dt.datetime, issues: tuple[str, ...] = (),
) -> Matter:  # fmt: skip
    """Whoever opens it is named on its case, and nobody it is about."""
    need_reason(summary)
    if by is not None and by.person_id == employment.person_id:
        raise AboutThemself
    if began_on > in_london(at).date():
        raise BeganLater
    if kind.workforces and employment.workforce not in kind.workforces:
        raise NotForThem
    if (exemption := exemption_of(kind, employment, on=began_on)) is not None:
        raise Exempt(exemption)
    procedure = procedure_of(kind, on=began_on)
    case = open_case(
        kind.service, at=at, title=f"{kind.name}: {employment.person.full_name}", channel="staff",
        received_at=moment_received(began_on, at=at), by=by, subject=employment.person, assignee=by,
        language=employment.person.language, confidentiality=Case.RESTRICTED,
    )  # fmt: skip
    _let_out(case, employment, at=at)
    matter = Matter.objects.create(
        case=case, employment=employment, kind=kind, procedure=procedure, began_on=began_on,
        summary=summary.strip(), opened_by=by, opened_at=at,
    )  # fmt: skip
    for number, text in enumerate(issues, start=1):
        Issue.objects.create(matter=matter, number=number, text=text, added_by=by, added_at=at)
    write("open", matter, by=by, at=at, kind=kind.key)
    return matter


def _let_out(case: Case, employment: Employment, *, at: dt.datetime) -> None:
    """The lead of a team is named on its cases, but not on one about themself."""
    theirs = CaseAccess.objects.in_force().filter(case=case, account__person=employment.person_id)
    theirs.update(ended_at=at)


def refuse_whom_it_is_about(case: Case, _verb: str, _by: Account | None, _at: dt.datetime) -> None:
    """Nobody is let into a matter about themself by naming them on its case."""
    about = Matter.objects.filter(case=case).values("employment__person")
    if CaseAccess.objects.letting_in().filter(case=case, account__person__in=about).exists():
        raise AboutThemself


@transaction.atomic
def give_part(
    matter: Matter, *, part: str, name: str, account: Account | None, by: Account | None, at: dt.datetime
) -> Party:
    """Somebody has a part in it from now on; with an account and a part that needs the file, they see it."""
    hold(matter, by=by)
    if account is not None and account.person_id == matter.employment.person_id:
        raise AboutThemself
    words = account.name if account is not None else name.strip()
    need_reason(words)
    party = Party.objects.filter(matter=matter, account=account, part=part, ended_at=None).first()
    if party is None or account is None:
        party = Party.objects.create(
            matter=matter, account=account, name=words, part=part, given_by=by, given_at=at
        )
    if account is not None and part in Party.SEES_THE_FILE:
        give_access(matter.case, to=account, because=_("Has a part in the matter"), by=by, at=at)
    write("give_part", matter, by=by, at=at, part=part, account=account.pk if account else None)
    return party


@transaction.atomic
def end_part(party: Party, *, by: Account, at: dt.datetime) -> Party:
    """Their part is over; with their last one they no longer see the matter."""
    hold(party.matter, by=by, once_closed=True)
    Party.objects.filter(pk=party.pk, ended_at=None).update(ended_at=at)
    write("end_part", party.matter, by=by, at=at, party=party.pk)
    others = Party.objects.filter(
        matter=party.matter, account=party.account_id, ended_at=None, part__in=Party.SEES_THE_FILE
    )
    if party.account_id is not None and not others.exists():
        access = CaseAccess.objects.in_force().filter(case=party.matter.case, account=party.account_id)
        for each in access:
            end_access(each, by=by, at=at)
    return party


@transaction.atomic
def add_issue(matter: Matter, *, text: str, by: Account, at: dt.datetime) -> Issue:
    """One more allegation, or point of a grievance."""
    hold(matter, by=by)
    need_reason(text)
    issue = Issue.objects.create(
        matter=matter, number=matter.issues.count() + 1, text=text.strip(), added_by=by, added_at=at
    )
    write("add_issue", matter, by=by, at=at, number=issue.number)
    return issue


@transaction.atomic
def record_finding(issue: Issue, *, finding: str, reason: str, by: Account, at: dt.datetime) -> Issue:
    """What was found of one allegation or point, and why."""
    hold(issue.matter, by=by)
    need_reason(reason)
    Issue.objects.filter(pk=issue.pk).update(finding=finding, finding_reason=reason.strip())
    write("finding", issue.matter, by=by, at=at, number=issue.number, finding=finding)
    return issue
