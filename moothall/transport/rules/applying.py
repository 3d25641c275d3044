"""Somebody asks for help with travel: by the public form or at the desk; the facts; what the rules say."""

import datetime as dt
from collections.abc import Collection
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from moothall.cases.models import Case, Service
from moothall.cases.rules import ticking
from moothall.cases.rules.opening import NoSuchService, open_case
from moothall.core.clock import in_london
from moothall.core.serving import for_the_office
from moothall.people.models import Account, Person
from moothall.records.rules.audit import append_audit
from moothall.transport.models import Application, Assessment, Centre, HomeAddress, Passenger
from moothall.transport.planning.streets import WALKED, Distance, streets_known

from . import refusals
from .accounting import APPLICATION
from .eligibility import Facts, age_on, find


def application_arrives(case: Case, _verb: str, by: Account | None, at: dt.datetime) -> None:
    """A case was opened on the service: what was answered makes the application."""
    if case.service.key != APPLICATION:
        return
    said = case.answers
    name = str(said.get("name") or "").strip() or case.title
    made = Application.objects.create(
        case=case, name=name[:250], born_on=_day(said.get("born_on")), starts_on=_day(said.get("starts_on")),
        centre=_centre(str(said.get("centre") or "")), received_on=in_london(case.received_at).date(),
    )  # fmt: skip
    append_audit("transport.application", about=made, by=by, at=at)


def _day(said: object) -> dt.date | None:
    try:
        return dt.date.fromisoformat(str(said))
    except ValueError:
        return None


def _centre(words: str) -> Centre | None:
    """The school or centre that was named, where it can be only one."""
    named = words.strip()
    if not named:
        return None
    rows = list(
        (Centre.objects.filter(name__iexact=named) | Centre.objects.filter(name_cy__iexact=named))[:2]
    )
    return rows[0] if len(rows) == 1 else None


@transaction.atomic
def apply_at_desk(
    requester: Person, *, name: str, born_on: dt.date, centre: Centre, starts_on: dt.date, by: Account,
    at: dt.datetime, passenger: Passenger | None = None,
) -> Application:  # fmt: skip
    """Somebody asks in person or by telephone: the same case as a form makes."""
    service = Service.objects.filter(key=APPLICATION, retired_at=None).select_related("team").first()
    if service is None:
        raise NoSuchService
    answers = {
        "name": name.strip(), "born_on": born_on.isoformat(), "centre": centre.name,
        "starts_on": starts_on.isoformat(),
    }  # fmt: skip
    with override("cy" if requester.language == "cy" else "en-gb"):
        title = _("Help with travel: %(name)s") % {"name": name.strip()}
    case = open_case(
        service, at=at, title=title, channel="staff", received_at=at, by=by, requester=requester,
        subject=passenger.person if passenger else None, language=requester.language, answers=answers,
        words=name,
    )  # fmt: skip
    made = Application.objects.get(case=case)
    Application.objects.filter(pk=made.pk).update(centre=centre, passenger=passenger)
    made.refresh_from_db()
    return made


@transaction.atomic
def assess(
    application: Application, *, nation: str, phase: str, born_on: dt.date, centre: Centre, on: dt.date,
    facts: Collection[str], by: Account, at: dt.datetime, miles: Decimal | None = None, evidence: str = "",
    passenger: Passenger | None = None, home: HomeAddress | None = None,
) -> Assessment:  # fmt: skip
    """Enter the facts, and hold them against the rules of the first day of travel. What was found before
    stays as it was found."""
    held = Application.objects.select_for_update(of=("self",)).get(pk=application.pk)
    distance = _distance(miles, home, centre)
    known = Facts(nation, phase, age_on(born_on, on), distance.miles if distance else None, frozenset(facts))
    finding = find(known, on=on)
    made = Assessment.objects.create(
        application=held, nation=nation, phase=phase, age=known.age, on=on, miles=known.miles,
        measured=distance.measured if distance else "", facts=sorted(known.true), evidence=evidence.strip(),
        rule=finding.rule, tried=[each.as_json() for each in finding.looked], made_at=at, made_by=by,
    )  # fmt: skip
    Application.objects.filter(pk=held.pk).update(
        born_on=born_on, centre=centre, starts_on=on, passenger=passenger or held.passenger
    )
    ticking.tick(held.case_id, "facts", by=by, at=at)
    append_audit("transport.assess", about=held, by=by, at=at, detail={"entitled": made.is_entitled})
    return made


def _distance(miles: Decimal | None, home: HomeAddress | None, centre: Centre) -> Distance | None:
    """What somebody measured, else from the home that is on record, else nothing."""
    if miles is not None:
        return Distance(miles, WALKED)
    if home is None or home.latitude is None or home.longitude is None:
        return None
    return streets_known().walking((home.latitude, home.longitude), (centre.latitude, centre.longitude))


@for_the_office()
def home_of(passenger: Passenger | None, *, on: dt.date) -> HomeAddress | None:
    """Where distances are measured from. It is not shown."""
    if passenger is None:
        return None
    home = passenger.homes.in_force(on).filter(is_main=True).first()
    return HomeAddress.objects.filter(home=home).first() if home is not None else None


def latest(application: Application) -> Assessment:
    found = application.assessments.select_related("rule").first()
    if found is None:
        raise refusals.FactsNeeded
    return found
