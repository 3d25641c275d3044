"""The daily digest: one mail each working morning that says what needs somebody, or none at all."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from moothall.cases.models import Case, Digest, Escalation
from moothall.cases.models.attention import NOW, Reason, by_attention
from moothall.core.clock import in_london
from moothall.core.templatetags.parts import spelled
from moothall.letters.models import MAIL
from moothall.letters.rules.formatting import plain_words
from moothall.letters.rules.outbox import queue_letter
from moothall.people.models import Account, Team

from .reckoning import working_calendar

FIRST, LAST = dt.time(7), dt.time(12)
NAMED = 15
OF_USE = dt.timedelta(hours=12)  # what needed somebody this morning is not what does tomorrow
Told = list[tuple[Case, list[Reason]]]
MorningLines = Callable[[Account, dt.date], list[str]]
_also: dict[str, MorningLines] = {}


def tell_in_the_morning(key: str, lines: MorningLines) -> None:
    """Say what else needs somebody on a morning: `lines(account, on)` is a sentence for each thing, with its
    address, in the language that is active."""
    if _also.setdefault(key, lines) != lines:
        raise ImproperlyConfigured(f"Two floors tell something in the morning under {key!r}.")


@dataclass(frozen=True)
class Needs:
    """What somebody is told in the morning; a case stands in one place only."""

    mine: Told
    escalated: Told
    unassigned: int
    late_in_team: int
    also: list[str]

    @property
    def total(self) -> int:
        cases = len(self.mine) + len(self.escalated) + self.unassigned + self.late_in_team
        return cases + len(self.also)


def write_digests(*, at: dt.datetime) -> int:
    """Look at today's work of all who want a digest, once each; the answer is how many letters that made.

    On a morning the office works, between seven and noon in London: whoever was missed because the
    worker was down is written to when it is back, and nobody at night.
    """
    local = in_london(at)
    if not (FIRST <= local.time() < LAST):
        return 0
    if not working_calendar(settings.OFFICE_CALENDAR).is_working_day(local.date()):
        return 0
    told = Digest.objects.filter(day=local.date()).values("account_id")
    wanting = Account.objects.who_may("cases.view", on=local.date()).filter(daily_digest=True)
    return sum(write_digest(account, at=at) for account in wanting.exclude(pk__in=told).order_by("id"))


@transaction.atomic
def write_digest(account: Account, *, at: dt.datetime) -> bool:
    """Queue one person's digest in their language; False where nothing needs them, or this was done today."""
    today = in_london(at).date()
    with translation.override("cy" if account.language == "cy" else "en-gb"):
        needs = needs_of(account, on=today)
    digest, first = Digest.objects.get_or_create(
        account=account, day=today, defaults={"cases": needs.total, "at": at}
    )
    if not (first and needs.total):
        return False
    with translation.override("cy" if account.language == "cy" else "en-gb"):
        subject, body = _words(account, needs, today=today)
    queue_letter(
        about=digest, person=None, channel=MAIL, language=account.language, to_address=account.email,
        to_name=account.name, from_address="", from_name="", subject=subject, body=body, by=None, at=at,
        automatic=True, hold_seconds=0, useless_after=at + OF_USE,
    )  # fmt: skip
    return True


def needs_of(account: Account, *, on: dt.date) -> Needs:
    """What needs this person that day: their own, what was escalated to them, and what their teams have."""
    visible = Case.objects.visible_to(account).select_related("service")
    mine = by_attention(list(visible.assigned_to(account).on_hand(on).order_by("due_on", "id")), on=on)
    pressing = [row for row in mine if row[1][0].rank <= NOW]
    told = Escalation.objects.filter(to=account, settled_at=None).values("case_id")
    above = visible.filter(pk__in=told).exclude(pk__in=[case.pk for case, _why in pressing])
    escalated = by_attention(list(above.order_by("due_on", "id")), on=on)
    named = [case.pk for case, _why in pressing + escalated]
    unassigned = visible.on_hand(on).unassigned().filter(team_id__in=account.team_ids()).exclude(pk__in=named)
    led = Team.objects.filter(lead=account)
    late = visible.late(on).filter(team__in=led).exclude(assignee=None).exclude(pk__in=named)
    also = [line for lines in _also.values() for line in lines(account, on)]
    return Needs(pressing, escalated, unassigned.count(), late.count(), also)


def _words(account: Account, needs: Needs, *, today: dt.date) -> tuple[str, str]:
    given = {
        "name": account.name,
        "needs": needs,
        "mine": [_line(row, today) for row in needs.mine[:NAMED]],
        "escalated": [_line(row, today) for row in needs.escalated[:NAMED]],
        "more": max(0, len(needs.mine) - NAMED) + max(0, len(needs.escalated) - NAMED),
        "my_work": settings.PUBLIC_URL + reverse("my_work"),
        "my_account": settings.PUBLIC_URL + reverse("my_account"),
    }
    return _subject(needs, today), render_to_string("cases/letters/digest.txt", given)


def _subject(needs: Needs, today: dt.date) -> str:
    named = [case for case, _why in needs.mine + needs.escalated]
    if not named:
        many = needs.unassigned + needs.late_in_team
        if not many:
            return _("Something for you to look at")
        return ngettext("%(count)d case in your team", "%(count)d cases in your team", many) % {"count": many}
    many, late = len(named), sum(case.is_late(today) for case in named)
    if late:
        return ngettext(
            "%(count)d case needs you, %(late)d late", "%(count)d cases need you, %(late)d late", many
        ) % {"count": many, "late": late}
    return ngettext("%(count)d case needs you", "%(count)d cases need you", many) % {"count": many}


def _line(row: tuple[Case, list[Reason]], today: dt.date) -> str:
    """One case of the list. A mail can be read by others, so a sealed case has its reference alone."""
    case, reasons = row
    address = settings.PUBLIC_URL + reverse("case_page", args=[case.reference])
    words = [f"[{case.reference}]({address})"]
    if case.confidentiality != Case.SEALED:
        words.append(plain_words(case.title))
    why = ", ".join(str(reason.words) for reason in reasons)
    due = spelled(case.due_on, "j F" if case.due_on.year == today.year else "j F Y") if case.due_on else ""
    words.append(f"({why}; {_('due %(day)s') % {'day': due}})" if due else f"({why})")
    return " ".join(words)
