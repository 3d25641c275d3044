"""What goes along when somebody begins: clearances become credentials, probation gets its last day, and
whoever receives them hears before that who is expected and who lacks what."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any, Final

from django.db.models import OuterRef, Subquery
from django.urls import reverse

from clocks.service import service_complete_on
from moothall.core.refusals import Refusal
from moothall.credentials.models import Credential, CredentialKind
from moothall.credentials.rules.recording import record_credential, verify_credential, withdraw_credential
from moothall.people.models import Account
from moothall.recruitment.models import Application, CheckKind, Clearance, Offer, Route
from moothall.recruitment.models.check import CLEARED
from moothall.terms.models import ProbationRule
from moothall.workforce.beginnings import Between, Expected

from .checks import Check, checks_of_many
from .timetable import stage_names

WHATEVER: Final = "*"
LEVELS: Final = {"vetting": "vetting_level", "disclosure": "disclosure_level"}  # of a role profile


def credential_of(kind: CheckKind, application: Application) -> str:
    """The key of the credential that a check becomes, by the level that the job asks for."""
    named: Mapping[str, str] = kind.credentials
    level = getattr(application.campaign.profile, LEVELS.get(kind.key, ""), "")
    return named.get(level) or named.get(WHATEVER, "")


def make_credentials(offer: Offer, *, by: Account, at: dt.datetime) -> list[Credential]:
    """What was cleared and runs out, or is asked of people afterwards, is on their own record. Whoever enters
    them verifies what the department decided; what nobody else decided waits for a second person."""
    rows = Clearance.objects.standing().filter(application=offer.application_id, result=CLEARED)
    made = []
    for clearance in rows.select_related("kind", "recorded_by").order_by("kind__place", "pk"):
        found = _make(clearance, offer.application, by=by, at=at)
        if found is not None:
            Clearance.objects.filter(pk=clearance.pk).update(credential=found)
            made.append(found)
    return made


def _make(
    clearance: Clearance, application: Application, *, by: Account, at: dt.datetime
) -> Credential | None:
    key = credential_of(clearance.kind, application)
    kind = CredentialKind.objects.in_use().filter(key=key).first()
    if kind is None or (clearance.runs_out_on is None and kind.must_expire):
        return None
    decided = clearance.recorded_by
    try:
        made = record_credential(
            application.applicant.person, kind=kind, issued_on=clearance.decided_on, by=decided or by, at=at,
            expires_on=clearance.runs_out_on, seen=True,
        )  # fmt: skip
        if made.verified_at is None and decided is not None and decided != by:
            made = verify_credential(made, by=by, at=at)
    except Refusal:  # it is on record already
        return None
    return made


def take_back_credentials(offer: Offer, *, because: str, by: Account, at: dt.datetime) -> None:
    rows = Clearance.objects.filter(application=offer.application_id, credential__isnull=False)
    for clearance in rows.select_related("credential"):
        if clearance.credential is not None and clearance.credential.withdrawn_at is None:
            withdraw_credential(clearance.credential, because=because, by=by, at=at)
    rows.update(credential=None)


def probation_of(route: Route, started_on: dt.date) -> dt.date | None:
    """The last day of probation by the rule of their route, where there is one."""
    rules = ProbationRule.objects.for_those_who_started(started_on).filter(route__iexact=route.key)
    rule = rules.order_by("-from_on").first()
    return service_complete_on(started_on, rule.months) if rule is not None else None


def routes_named(language: str) -> Iterable[tuple[str, str]]:
    return [(each.key, each.name_in(language)) for each in Route.objects.in_use()]


def who_is_expected(account: Account, between: Between, language: str) -> list[Expected]:
    """Of applications that run and are no secret: who accepted an offer and is not on record yet."""
    accepted = Offer.objects.standing().filter(application=OuterRef("pk"), accepted_at__isnull=False)
    rows: Any = (
        Application.objects.running().in_full().with_stage()
        .filter(route__key__in=between.routes, pk__in=_who_accepted())
        .annotate(first_day=Subquery(accepted.order_by("-pk").values("starts_on")[:1])).order_by("pk")
    )  # fmt: skip
    dated = [(each, each.first_day or each.campaign.starts_on) for each in rows]
    found = [(each, on) for each, on in dated if on is not None and between.first <= on <= between.last]
    checks = checks_of_many([each for each, _on in found])
    keys = [each.pk for each, _on in found]
    seen = set(Application.objects.visible_to(account).filter(pk__in=keys).values_list("pk", flat=True))
    names = {each.route_id: stage_names(each.route, language) for each, _on in found}
    return [
        Expected(
            name=each.applicant.person.full_name, route=each.route.name_in(language), starts_on=on,
            stage=names[each.route_id].get(each.stage or "", ""),
            address=reverse("application", args=[each.pk]) if each.pk in seen else "",
            **_clearances(checks[each.pk], on, between.until, language),
        )
        for each, on in found
    ]  # fmt: skip


def _who_accepted() -> Any:
    rows = Offer.objects.standing().filter(accepted_at__isnull=False)
    entered = Offer.objects.filter(employment__isnull=False).order_by().values("application")
    return rows.exclude(application__in=entered).order_by().values("application")


def _clearances(checks: Iterable[Check], on: dt.date, until: dt.date, language: str) -> dict[str, Any]:
    """What is missing on the day, runs out before it, or after it and before they are through."""
    ends = [
        (each.kind.name_in(language), each.runs_out_on)
        for each in checks if each.state == CLEARED and each.runs_out_on is not None
    ]  # fmt: skip
    return {
        "lacks": [each.kind.name_in(language) for each in checks if each.state != CLEARED],
        "short": [(name, day) for name, day in ends if day < on],
        "later": [(name, day) for name, day in ends if on <= day < until],
    }  # fmt: skip
