"""Sample passengers of a demo office: what they need, where they live and go, and a week accounted for."""

import datetime as dt
from decimal import Decimal
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext as _

from moothall.core.clock import in_london
from moothall.core.marked_yaml import Fields
from moothall.core.packs import Pack, Progress
from moothall.people.rules.cautions import protect_address
from moothall.people.rules.persons import add_person
from moothall.transport.models import Centre, Entitlement, How, Needs, Passenger
from moothall.transport.models.eligibility import ADULT, POST16, PRIMARY, SECONDARY

from . import applying, caring, keeping, travelling
from .accounting import account_for_day, owner_of_all
from .eligibility import Facts, age_on, find, last_day_of

SINCE: Final = dt.date(2025, 9, 1)
ENTITLED: Final = dt.date(2026, 9, 1)
WEEK: Final = [0, 1, 2, 3, 4]
AHEAD: Final = 8
DAY: Final = dt.timedelta(days=1)
PHASE_OF: Final = {
    Centre.PRIMARY: PRIMARY, Centre.SECONDARY: SECONDARY, Centre.SPECIAL: SECONDARY, Centre.COLLEGE: POST16,
    Centre.DAY: ADULT,
}  # fmt: skip
FACT_OF: Final = {
    Centre.PRIMARY: {"nearest", "unsafe_route"}, Centre.SECONDARY: {"nearest"},
    Centre.SPECIAL: {"nearest", "cannot_walk", "plan"}, Centre.COLLEGE: {"policy", "plan"},
    Centre.DAY: {"care_need"},
}  # fmt: skip


@transaction.atomic
def load_part(pack: Pack, progress: Progress) -> None:
    """Once, and only in a demo office."""
    doc = pack.file("demo/passengers.yaml") if pack.demo else None
    if doc is None or Passenger.objects.exists():
        return
    fields = Fields(doc)
    rows = list(fields.mappings("passengers"))
    progress.begin(_("Sample passengers"), len(rows))
    known: dict[str, Passenger] = {}
    apart: list[tuple[Passenger, str]] = []
    for row in rows:
        passenger, other = _passenger(Fields(row), pack)
        known[str(passenger)] = passenger
        if other:
            apart.append((passenger, other))
        progress.advance()
    for passenger, other in apart:
        caring.keep_apart(
            passenger, other=known[other], because=_("They upset each other."), from_on=SINCE, by=None,
            at=pack.at,
        )  # fmt: skip
    for row in fields.mappings("applications"):
        _application(Fields(row), pack)
    fields.finish()
    today = in_london(pack.at).date()
    for ahead in range(AHEAD):
        account_for_day(today + DAY * ahead, by=None, at=pack.at)
    progress.end()


def _passenger(fields: Fields, pack: Pack) -> tuple[Passenger, str]:
    """One passenger with everything on record; and the name of whom they do not travel with."""
    given, family = fields.text("given_name"), fields.text("family_name")
    born_on = dt.date.fromisoformat(fields.text("born_on"))
    person = add_person(
        full_name=f"{given} {family}", given_name=given, family_name=family, born_on=born_on,
        language=fields.choice("language", ("en", "cy"), ""), language_source=_("Said so on applying"),
        by=None, at=pack.at,
    )  # fmt: skip
    nation = fields.choice("nation", ("ENG", "WLS"), "ENG")
    passenger = keeping.add_passenger(person, nation=nation, by=None, at=pack.at)
    centre = Centre.objects.get(key=fields.text("centre"))
    _needs(passenger, fields, pack)
    _homes(passenger, fields, pack)
    _care(passenger, fields, pack)
    if fields.flag("protected"):
        protect_address(person, reason=_("Asked for by social care."), by=owner_of_all(), at=pack.at)
    _travel(passenger, centre, fields, pack)
    _entitle(passenger, centre, born_on, fields)
    other = fields.text("apart", "")
    fields.finish()
    return passenger, other


def _needs(passenger: Passenger, fields: Fields, pack: Pack) -> None:
    minutes = fields.maybe_whole("minutes")
    keeping.set_needs(
        passenger, from_on=SINCE, by=None, at=pack.at,
        wheelchair=fields.text("wheelchair", Needs.WALKS), wheelchair_kg=fields.maybe_whole("kg"),
        restraint=fields.text("restraint", Needs.NO_RESTRAINT), escort=fields.text("escort", Needs.NO_ESCORT),
        travels_alone=fields.flag("alone"), medication=fields.text("medication", ""),
        communication=fields.text("communication", ""), triggers=fields.text("triggers", ""),
        most_minutes=minutes, most_minutes_because=_("Said in their plan.") if minutes else "",
    )  # fmt: skip


def _point(fields: Fields) -> dict[str, Any]:
    north, east = fields.words("at")
    return {"latitude": float(north), "longitude": float(east)}


def _homes(passenger: Passenger, fields: Fields, pack: Pack) -> None:
    keeping.add_home(
        passenger, name=_("Home"), words=fields.text("address"), from_on=SINCE, by=None, at=pack.at,
        **_point(fields),
    )  # fmt: skip
    row = fields.mapping("second")
    if not row:
        return
    second = Fields(row)
    home = keeping.add_home(
        passenger, name=second.text("name"), words=second.text("address"), from_on=SINCE, is_main=False,
        by=None, at=pack.at, **_point(second),
    )  # fmt: skip
    keeping.add_stay(
        passenger, home=home, weekdays=_days(second), every_weeks=second.whole("every_weeks"), from_on=SINCE,
        by=None, at=pack.at,
    )  # fmt: skip
    second.finish()


def _days(fields: Fields) -> list[int]:
    return [int(each) for each in fields.words("days")] or WEEK


def _care(passenger: Passenger, fields: Fields, pack: Pack) -> None:
    caring.add_emergency_contact(
        passenger, name=fields.text("contact"), relationship=fields.text("relationship"),
        phone=fields.text("phone"), may_receive=True, from_on=SINCE, by=None, at=pack.at,
    )  # fmt: skip
    needs = Needs.objects.get(passenger=passenger)
    if needs.escort == Needs.NO_ESCORT and needs.wheelchair == Needs.WALKS:
        return
    level = "HIGH" if needs.escort == Needs.OWN else "MEDIUM"
    caring.assess_risk(
        passenger, level=level, risks=_("Getting on and off; distress on the way."), from_on=ENTITLED,
        controls=_("The crew knows what upsets and what helps; the seat is by the door."), by=None,
        review_on=ENTITLED + DAY * (60 + passenger.pk * 7 % 200), at=pack.at,
    )  # fmt: skip
    caring.record_consent(
        passenger, kind="CREW", given=True, said_by=fields.text("contact"), from_on=SINCE, by=None, at=pack.at
    )


def _travel(passenger: Passenger, centre: Centre, fields: Fields, pack: Pack) -> None:
    days = _days(fields)
    travelling.add_travel(
        passenger, centre=centre, weekdays=days, session=fields.text("session", "day"), from_on=SINCE,
        by=None, at=pack.at,
    )  # fmt: skip
    how = _how(fields)
    for direction in ("TO", "FROM") if how else ():
        travelling.arrange(
            passenger, direction=direction, weekdays=days, from_on=SINCE, by=None, at=pack.at, **how
        )


def _how(fields: Fields) -> dict[str, Any]:
    run, stop = fields.text("run", ""), fields.maybe_whole("stop")
    contractor, job, own = (fields.text(key, "") for key in ("contractor", "job", "own"))
    if fields.flag("unresolved"):
        return {}
    if run:
        return {"how": How.RUN, "run": run, "stop": stop}
    if contractor:
        return {"how": How.CONTRACTOR, "contractor": contractor, "job": job}
    return {"how": How.OWN, "own": own}


def _entitle(passenger: Passenger, centre: Centre, born_on: dt.date, fields: Fields) -> None:
    facts = Facts(
        passenger.nation, PHASE_OF[centre.kind], age_on(born_on, ENTITLED), Decimal("3.4"),
        frozenset(FACT_OF[centre.kind]),
    )  # fmt: skip
    rule = find(facts, on=ENTITLED).rule
    Entitlement.objects.create(
        passenger=passenger, centre=centre, way=fields.text("way", Entitlement.TRANSPORT), rule=rule,
        from_on=ENTITLED, until_on=last_day_of(rule, born_on, after=ENTITLED),
        review_on=dt.date(2027, 3, 1) + DAY * (passenger.pk * 5 % 120),
    )  # fmt: skip


def _application(fields: Fields, pack: Pack) -> None:
    """Somebody asks just now; of some the facts are entered, and none is decided."""
    by = owner_of_all()
    at = pack.at - DAY * fields.whole("days_ago")
    person = add_person(
        full_name=fields.text("asks"), emails=[fields.text("email")], by=None, at=at,
        language=fields.choice("language", ("en", "cy")), language_source=_("Said so on applying"),
    )  # fmt: skip
    centre, born_on = _centre_of(fields), dt.date.fromisoformat(fields.text("born_on"))
    made = applying.apply_at_desk(
        person, name=fields.text("name"), born_on=born_on, centre=centre, starts_on=dt.date(2027, 1, 5),
        by=by, at=at,
    )  # fmt: skip
    miles = fields.optional("miles")
    facts = fields.words("facts")
    if miles is not None:
        applying.assess(
            made, nation="ENG", phase=PHASE_OF[centre.kind], born_on=born_on, centre=centre,
            on=dt.date(2027, 1, 5), facts=facts, miles=Decimal(miles), by=by, at=at + DAY,
            evidence=_("Proof of address; letter of the school."),
        )  # fmt: skip
    fields.finish()


def _centre_of(fields: Fields) -> Centre:
    return Centre.objects.get(key=fields.text("centre"))
