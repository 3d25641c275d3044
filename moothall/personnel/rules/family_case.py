"""The case of a family leave, on the service of its process where there is one: opened, ticked, closed."""

import datetime as dt

from django.utils.translation import gettext as _
from django.utils.translation import override

from moothall.cases.models import Case, Service
from moothall.cases.rules.closing import NOT_NEEDED, close_case, reopen_case
from moothall.cases.rules.opening import moment_received, open_case
from moothall.cases.rules.ticking import tick
from moothall.core.serving import for_the_office
from moothall.people.models import Account
from moothall.personnel.models import FamilyCase, FamilyLeave

MATERNITY, ADOPTION = "maternity", "adoption"
LONG_SERVICE, OTHER_SERVICE = "maternity", "paternity_adoption_shared"
SERVICES = (LONG_SERVICE, OTHER_SERVICE)
PAY_LETTER = "maternity_pay"
# What is done once, and not read off the leave.
AT_ONCE = {"moved": ("change",), "born": ("auto",), "ill": ("auto",), "returns": ("early",)}


def case_of(leave: FamilyLeave) -> Case | None:
    found = FamilyCase.objects.filter(leave=leave).select_related("case").first()
    return found.case if found is not None else None


def seen_to_in(account: Account, leave: FamilyLeave) -> Case | None:
    """Its case, for whoever is named on it."""
    return Case.objects.visible_to(account).filter(family_leave__leave=leave).first()


@for_the_office()
def open_for(leave: FamilyLeave, *, by: Account | None, at: dt.datetime) -> Case | None:
    """Restricted from the beginning: for whoever entered it and the lead of the team, not the person."""
    long = leave.kind in (MATERNITY, ADOPTION)
    key = LONG_SERVICE if long else OTHER_SERVICE
    service = Service.objects.filter(key=key, retired_at=None).first()
    if service is None:
        return None
    person = leave.employment.person
    with override("cy" if person.language == "cy" else "en-gb"):
        title = _("Family leave: %(name)s") % {"name": person.full_name}
    own = by is not None and by.person_id is not None and by.person_id == person.pk
    case = open_case(
        service, at=at, title=title, channel="staff", by=None if own else by, subject=person,
        language=person.language, received_at=moment_received(leave.notified_on, at=at),
        confidentiality=Case.RESTRICTED,
    )  # fmt: skip
    FamilyCase.objects.create(leave=leave, case=case)
    tick_family(leave, "entered", by=by, at=at)
    return case


@for_the_office()
def tick_family(leave: FamilyLeave, kind: str, *, by: Account | None, at: dt.datetime) -> None:
    """What stands on the leave by now ticks its steps, in their order; withdrawn, the case is closed."""
    case = case_of(leave)
    if case is None:
        return
    if kind in ("withdrawn", "put_back"):
        _close_or_reopen(case, kind, by=by, at=at)
        return
    fresh = FamilyLeave.objects.get(pk=leave.pk)
    outcomes = {"recv": "entitled"}
    for key in [*_standing(fresh), *AT_ONCE.get(kind, ())]:
        tick(case.pk, key, by=by, at=at, outcome=outcomes.get(key, ""))


def _standing(leave: FamilyLeave) -> list[str]:
    """The steps that what is on record has done, in the order of the process."""
    confirmed = leave.confirmed_on is not None
    if leave.kind not in (MATERNITY, ADOPTION):
        return ["recv", *(["decide", "book"] if confirmed else [])]
    paid = leave.letters.filter(key=PAY_LETTER, not_sent_at=None).exists()
    done = {
        "told": leave.risk_assessed_on is not None or leave.kind == ADOPTION, "notice": True,
        "matb1": leave.certificate_on is not None, "reply": confirmed, "pay": paid,
    }  # fmt: skip
    return [key for key, is_done in done.items() if is_done]


def _close_or_reopen(case: Case, kind: str, *, by: Account | None, at: dt.datetime) -> None:
    if kind == "withdrawn" and not case.is_closed:
        close_case(case, by=by, at=at, outcome=NOT_NEEDED)
    elif kind == "put_back" and case.is_closed:
        reopen_case(case, by=by, at=at, because=_("The leave holds again."))
