"""A restricted case opened in an emergency: for a while, with a reason, and everybody concerned is told."""

import datetime as dt
import re
from collections.abc import Iterable, Sequence

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from moothall.cases.models import Case, CaseAccess, EmergencyOpening, EmergencyRules, Reading
from moothall.core.clock import in_london
from moothall.core.notices import Notice
from moothall.core.refusals import Refusal
from moothall.core.serving import for_the_office
from moothall.letters.models import MAIL
from moothall.letters.rules.outbox import queue_letter
from moothall.people.models import Account
from moothall.records.rules.audit import append_audit

from .access import BY_NAME, end_past_emergencies
from .changing import lock

FEWEST_WORDS, FEWEST_LETTERS = 4, 20
PERMISSION = "cases.break_glass"


class NoSuchCase(Refusal):
    sentence = gettext_lazy("No restricted case with this reference can be opened by you.")
    next_step = gettext_lazy("Check the reference. This try has been written down.")


class SeenAlready(Refusal):
    sentence = gettext_lazy("You may see this case already.")
    next_step = gettext_lazy("Open it from the list of cases.")


class NotASentence(Refusal):
    sentence = gettext_lazy("This is too short for those who are going to judge it.")
    next_step = gettext_lazy("Write in a sentence what happened, and why it cannot wait.")


class OwnOpening(Refusal):
    sentence = gettext_lazy("Whoever opened a case does not judge it.")
    next_step = gettext_lazy("Ask somebody else who may.")


class JudgedAlready(Refusal):
    sentence = gettext_lazy("Somebody has judged this opening already.")


class OverAlready(Refusal):
    sentence = gettext_lazy("This opening is over already.")


class OutOfRange(Refusal):
    sentence = gettext_lazy("One of these figures is too small or too large.")
    next_step = gettext_lazy("An opening lasts 5 to 480 minutes; signing in counts for 1 to 60.")


@for_the_office()
@transaction.atomic
def open_in_emergency(*, reference: str, reason: str, by: Account, at: dt.datetime) -> EmergencyOpening:
    """Let somebody read a restricted case that does not name them, until the moment the rules say."""
    need_sentence(reason)
    case = lock(_case_to_open(reference, by))
    end_past_emergencies(case, by.pk, at=at)
    until = at + dt.timedelta(minutes=EmergencyRules.in_force().lasts_minutes)
    access = CaseAccess.objects.create(
        case=case, account=by, reason=reason, given_by=by, given_at=at, until=until
    )
    opening = EmergencyOpening.objects.create(
        case=case, account=by, access=access, reason=reason, opened_at=at, until=until
    )
    if case.confidentiality == Case.SEALED:
        Reading.objects.create(case=case, account=by, reason=reason, at=at, until=until)
    append_audit("cases.break_glass", about=case, by=by, at=at, detail={"reason": reason, "until": until})
    _tell_everybody(opening, at=at)
    return opening


def _case_to_open(reference: str, by: Account) -> Case:
    """The case, if there is one this account may open; the answer is the same whether it exists or not."""
    case = Case.objects.filter(reference=reference.strip().upper()[:20]).first()
    if case is None:
        raise NoSuchCase
    if Case.objects.visible_to(by).filter(pk=case.pk).exists():
        raise SeenAlready
    reaches = by.may("cases.view") and by.standing().covers(PERMISSION, case.seen_by_teams)
    if case.confidentiality not in BY_NAME or not reaches:
        raise NoSuchCase
    return case


def need_sentence(reason: str) -> None:
    """A few words of some length; one letter held down is no sentence."""
    found = re.findall(r"\w+", reason)
    if len(set(found)) < FEWEST_WORDS or len("".join(found)) < FEWEST_LETTERS:
        raise NotASentence


@transaction.atomic
def note_refused_try(*, reference: str, because: str, by: Account, at: dt.datetime) -> None:
    """Somebody tried to open a case in an emergency and was not let in."""
    detail = {"reference": reference.strip()[:20], "because": because}
    append_audit("cases.break_glass_refused", about=by, by=by, at=at, detail=detail)


@for_the_office()
@transaction.atomic
def end_emergency(opening: EmergencyOpening, *, by: Account, at: dt.datetime) -> EmergencyOpening:
    """It is not needed any longer: nobody is let in by it from now on."""
    fresh = _locked(opening)
    if not fresh.is_open(at):
        raise OverAlready
    CaseAccess.objects.filter(pk=fresh.access_id).update(ended_at=at)
    append_audit("cases.end_emergency", about=fresh.case, by=by, at=at, detail={"of": fresh.account.name})
    return fresh


@for_the_office()
@transaction.atomic
def judge_emergency(
    opening: EmergencyOpening, *, justified: bool, because: str, by: Account, at: dt.datetime
) -> EmergencyOpening:
    """A second person says whether it was right to open the case, and why they think so."""
    need_sentence(because)
    fresh = _locked(opening)
    if fresh.account_id == by.pk:
        raise OwnOpening
    if fresh.judged_at is not None:
        raise JudgedAlready
    fresh.justified, fresh.judgement, fresh.judged_by, fresh.judged_at = justified, because, by, at
    fresh.save(update_fields=["justified", "judgement", "judged_by", "judged_at"])
    detail = {"justified": justified, "because": because, "of": fresh.account.name}
    append_audit("cases.judge_emergency", about=fresh.case, by=by, at=at, detail=detail)
    return fresh


def _locked(opening: EmergencyOpening) -> EmergencyOpening:
    found = EmergencyOpening.objects.select_for_update(of=("self",)).select_related(
        "account", "access", "case"
    )
    return found.order_by("pk").get(pk=opening.pk)


@transaction.atomic
def set_emergency_rules(
    *, lasts_minutes: int, signed_in_minutes: int, by: Account, at: dt.datetime
) -> EmergencyRules:
    """How long an opening lasts from now on; those that are open keep their end."""
    if not (5 <= lasts_minutes <= 480 and 1 <= signed_in_minutes <= 60):
        raise OutOfRange
    rules = EmergencyRules.objects.create(
        lasts_minutes=lasts_minutes, signed_in_minutes=signed_in_minutes, set_by=by, set_at=at
    )
    detail = {"lasts_minutes": lasts_minutes, "signed_in_minutes": signed_in_minutes}
    append_audit("cases.set_emergency_rules", about=rules, by=by, at=at, detail=detail)
    return rules


def _tell_everybody(opening: EmergencyOpening, *, at: dt.datetime) -> None:
    """Write to those who may see the case, and, not saying which it is, to auditors and administrators."""
    case, day = opening.case, in_london(at).date()
    named = CaseAccess.objects.in_force().filter(case=case).values("account_id")
    concerned = [*Account.objects.in_use().filter(pk__in=named).order_by("pk"), case.assignee, case.team.lead]
    seeing = [each for each in concerned if each and _sees(each, case)]
    watching: list[Account] = []
    for permission in ("records.audit", "people.administer"):
        watching += Account.objects.who_may(permission, on=day).order_by("pk")
    told = {opening.account_id}
    for account in _each_once(seeing, told):
        _tell(account, opening, reference=case.reference, at=at)
    for account in _each_once(watching, told):
        _tell(account, opening, reference="", at=at)


def _sees(account: Account, case: Case) -> bool:
    return account.is_active and Case.objects.visible_to(account).filter(pk=case.pk).exists()


def _each_once(accounts: Iterable[Account], told: set[int]) -> list[Account]:
    found = {each.pk: each for each in accounts if each.pk not in told}
    told.update(found)
    return list(found.values())


def _tell(account: Account, opening: EmergencyOpening, *, reference: str, at: dt.datetime) -> None:
    page = reverse("case_page", args=[reference]) if reference else ""
    if not page and account.may("records.audit"):
        page = reverse("emergencies")
    with translation.override("cy" if account.language == "cy" else "en-gb"):
        subject = _("A restricted case was opened in an emergency")
        body = render_to_string(
            "cases/letters/emergency.txt",
            {
                "name": account.name,
                "who": opening.account.name,
                "reason": opening.reason if reference or page else "",
                "until": in_london(opening.until),
                "reference": reference,
                "team": opening.case.team.name_in("cy" if account.language == "cy" else "en"),
                "address": settings.PUBLIC_URL + page if page else "",
            },
        )
    queue_letter(
        about=opening, person=None, channel=MAIL, language=account.language, to_address=account.email,
        to_name=account.name, from_address="", from_name="", subject=subject, body=body, by=None, at=at,
        automatic=True, hold_seconds=0,
    )  # fmt: skip


@for_the_office()
def notice_of_unjudged(_at: dt.datetime) -> Sequence[Notice]:
    """Auditors are reminded on every page while an opening waits to be judged."""
    if not EmergencyOpening.objects.filter(judged_at=None).exists():
        return []
    words = gettext_lazy(
        "A restricted case was opened in an emergency: somebody has to say if that was right."
    )
    return [Notice(words, "records.audit")]
