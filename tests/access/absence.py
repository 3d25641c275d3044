"""Absence in the table: its rows, addresses, and what is sent to them."""

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from moothall.absence.models import (
    Certificate,
    Episode,
    Interview,
    Issuer,
    PayBand,
    PhasedPlan,
    Reason,
    Referral,
    TriggerHit,
    TriggerRule,
)
from moothall.absence.rules.caring import log_contact
from moothall.absence.rules.certifying import Paper, record_certificate
from moothall.absence.rules.reporting import Report, report_absence
from moothall.core.clock import now, today
from moothall.people.models import Account
from moothall.people.tests.make import make_person
from moothall.records.rules.documents import keep_document
from moothall.workforce.tests.make import make_employment, make_post

if TYPE_CHECKING:
    from .office import Office

Parts = dict[str, Any]
NOWHERE = 999_999_999
LONG_AGO = dt.date(2010, 4, 6)
OF_CARE = {
    "undo_absence_contact": ("contact_id",), "undo_interview": ("interview_id",),
    "settle_trigger": ("hit_id",), "reopen_trigger": ("hit_id",),
}  # fmt: skip
OF_RECOVERY = {
    "answer_referral": ("referral_id",), "withdraw_referral": ("referral_id",),
    "end_phased_return": ("plan_id",),
}  # fmt: skip
OF_A_CERTIFICATE = {"undo_entry", "certificate_scan", "withdraw_certificate", "decide_adjustments"}


def _day(days: int) -> str:
    return (today() + dt.timedelta(days=days)).strftime("%d/%m/%Y")


def make_rows(office: "Office") -> None:
    by, at = office.cases["own"].colleague, now()
    reason = Reason.objects.create(key="cold", name="Cold or flu", from_on=LONG_AGO)
    issuer = Issuer.objects.create(key="doctor", name="Doctor", from_on=LONG_AGO)
    office.rows["issuer"] = issuer
    office.rows["pay band"] = PayBand.objects.create(
        service_months=0, full_months=1, half_months=0, from_on=LONG_AGO
    )
    scan = keep_document(b"Not fit for work.", name="note.txt", by=by, at=at)
    begun = today() - dt.timedelta(days=20)
    trigger = TriggerRule.objects.create(
        key="ten", name="Ten days", kind="LONG_TERM", threshold=900, from_on=LONG_AGO
    )
    for relation, team in (("own", office.home), ("other", office.away)):
        person = make_person(
            full_name=f"Ysolde{relation} Away", emails=[f"{relation}@example.org"], by=by, at=at
        )
        employment = make_employment(person, post=make_post(team=team))
        office.rows[f"employment {relation}"] = employment
        report = Report(reason=reason, first_day=begun, note=f"Quillon{relation}")
        episode = report_absence(employment, report=report, by=by, at=at)
        paper = Paper(
            kind=Certificate.NOTE, from_on=begun, until_on=today(), issued_on=begun, issuer=issuer,
            fitness=Certificate.MAY_BE_FIT, adjustments=["phased_return"],
        )  # fmt: skip
        office.rows[f"absence {relation}"] = episode
        contact = log_contact(episode, held_on=begun, how="PHONE", note="Better", next_on=None, by=by, at=at)
        hit = TriggerHit.objects.create(
            rule=trigger, episode=episode, value=28, raised_on=begun, raised_at=at
        )
        talk = Interview.objects.create(
            episode=episode, held_on=begun, outcome="NO_ACTION", at=at, by=by, undone_at=at
        )
        office.rows[f"care {relation}"] = {
            "undo_absence_contact": {"contact_id": contact.pk}, "undo_interview": {"interview_id": talk.pk},
            "settle_trigger": {"hit_id": hit.pk}, "reopen_trigger": {"hit_id": hit.pk},
            **_recovery(episode, by),
        }  # fmt: skip
        office.rows[f"fit note {relation}"] = record_certificate(
            episode, paper=paper, document=scan, by=by, at=at
        )


def _recovery(episode: Episode, by: Account | None) -> dict[str, Parts]:
    day = today() - dt.timedelta(days=2)
    referral = Referral.objects.create(
        episode=episode, asked_on=day, asks="When may they be back?", consent_on=day, asked_by=by,
        asked_at=now(),
    )  # fmt: skip
    plan = PhasedPlan.objects.create(
        episode=episode, from_on=day, until_on=day + dt.timedelta(days=13), weeks=[12, 20], usual_hours=37,
        at=now(), by=by,
    )  # fmt: skip
    return {
        "answer_referral": {"referral_id": referral.pk}, "withdraw_referral": {"referral_id": referral.pk},
        "end_phased_return": {"plan_id": plan.pk},
    }  # fmt: skip


def _pay_band(office: "Office", route: str, _relation: str, _seat: str) -> Parts:
    return {"number": office.rows["pay band"].pk} if route == "switch_sick_pay_band" else {}


def _absence(office: "Office", route: str, relation: str, _seat: str) -> Parts:
    episode = office.rows[f"absence {relation}"]
    found: Parts = {} if route == "undo_entry" else {"number": episode.pk}
    if route in OF_A_CERTIFICATE:
        found["certificate_id"] = office.rows[f"fit note {relation}"].pk
    if route == "undo_absence_change":
        found["change_id"] = episode.changes.first().pk
    care: dict[str, Parts] = office.rows[f"care {relation}"]
    return found | care.get(route, {})


def _nowhere(route: str) -> Parts:
    found: Parts = {} if route == "undo_entry" else {"number": NOWHERE}
    if route in OF_A_CERTIFICATE:
        found["certificate_id"] = NOWHERE
    if route == "undo_absence_change":
        found["change_id"] = NOWHERE
    return found | dict.fromkeys((*OF_CARE.get(route, ()), *OF_RECOVERY.get(route, ())), NOWHERE)


KEYS: dict[str, Callable[["Office", str, str, str], Parts]] = {
    "pages of absence": lambda _office, _route, _relation, _seat: {},
    "sick pay": _pay_band,
    "absence": _absence,
}
NOTHING: dict[str, Callable[[str], Parts]] = {
    "absence": _nowhere, "sick pay": lambda _route: {"number": NOWHERE},
}  # fmt: skip
OTHERWISE: dict[str, Parts | Callable[["Office"], Parts]] = {
    "report_absence": lambda o: {
        "employee-key": o.rows["employment own"].number, "employee": "Ysolde", "first_day": _day(-40),
        "last_day": _day(-38),
    },
    "enter_certificate": lambda o: {
        "employee-key": o.rows["employment own"].number, "employee": "Ysolde", "kind": "NOTE",
        "from_on": _day(-5), "until": "2w", "issuer": o.rows["issuer"].pk, "fitness": "NOT_FIT",
    },
    "log_absence_contact": lambda _o: {"held_on": _day(0), "how": "PHONE"},
    "hold_interview": lambda _o: {"held_on": _day(0), "outcome": "NO_ACTION"},
    "settle_trigger": {"outcome": "Talked."},
    "refer_to_occupational_health": lambda _o: {
        "asked_on": _day(0), "asks": "When may they be back?", "consent_on": _day(0),
    },
    "answer_referral": lambda _o: {"answered_on": _day(0), "outcome": "FIT"},
    "withdraw_referral": {"because": "They took it back."},
    "agree_phased_return": lambda _o: {"from_on": _day(1), "weeks": "12, 20"},
    "end_phased_return": lambda _o: {"ended_on": _day(0), "because": "It goes well."},
    "write_to_absent": lambda o: {"ids": [o.rows["absence own"].pk, o.rows["absence other"].pk]},
    "record_return": lambda _o: {"last_day": _day(0)},
    "reopen_absence": {"because": "Ill again."},
    "correct_absence": lambda _o: {"first_day": _day(-21), "because": "They said so."},
    "split_absence": lambda _o: {
        "last_day": _day(-15), "again_from": _day(-10), "because": "They worked in between.",
    },
    "withdraw_episode": {"because": "A mistake."},
    "certify_absence": lambda o: {
        "kind": "NOTE", "from_on": _day(-5), "until": "2w", "issued_on": _day(0),
        "issuer": o.rows["issuer"].pk, "fitness": "NOT_FIT",
    },
    "decide_adjustments": {"can_be_made": "no"},
}  # fmt: skip
