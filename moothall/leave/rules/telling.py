"""What people are told of decisions on their leave: a letter, a line in the morning, a section of My work."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from moothall.core.clock import today
from moothall.leave.models import LeaveRequest
from moothall.leave.models.request import NOBODY, leave_to_decide
from moothall.letters.models import MAIL, Letter
from moothall.letters.rules.outbox import queue_letter
from moothall.people.models import Account, ContactPoint
from moothall.people.models.often_asked import ways_to_reach

MOST = 10


def tell_of_decision(request: LeaveRequest, *, by: Account | None, at: dt.datetime) -> Letter | None:
    """A letter to the person, by mail, in their language. Without an address they see it under My leave."""
    person = request.employment.person
    account = Account.objects.in_use().filter(person=person).first()
    address = account.email if account else _mail_address(person.pk)
    if not address:
        return None
    language = (account.language if account else "") or person.language or "en"
    with translation.override("cy" if language == "cy" else "en-gb"):
        subject, body = _words(request, language)
    return queue_letter(
        about=request, person=person, channel=MAIL, language=language, to_address=address,
        to_name=person.full_name, from_address="", from_name="", subject=subject, body=body, by=by, at=at,
        automatic=by is None,
    )  # fmt: skip


def _mail_address(person: int) -> str:
    reach = ways_to_reach(person=person, most=8)
    return next((each.value for each in reach if each.kind == ContactPoint.EMAIL), "")


def _words(request: LeaveRequest, language: str) -> tuple[str, str]:
    said = {
        "kind": request.kind.name_in(language), "days": span_words(request.from_on, request.until_on),
        "hours": request.hours.normalize(), "reason": request.reason,
    }  # fmt: skip
    subject, sentence = {
        LeaveRequest.APPROVED: (
            _("Your leave is approved: %(days)s"),
            _("%(kind)s, %(days)s (%(hours)s hours), is approved."),
        ),
        LeaveRequest.REFUSED: (
            _("Your leave is refused: %(days)s"),
            _("%(kind)s, %(days)s (%(hours)s hours), is refused. The reason: %(reason)s"),
        ),
    }.get(
        request.state,
        (
            _("Your leave is being looked at again: %(days)s"),
            _("The decision on %(kind)s, %(days)s (%(hours)s hours), was taken back. You will hear again."),
        ),
    )
    more = _("Your balance and all your requests are under My leave.")
    return subject % said, f"{sentence % said}\n\n{more}"


def span_words(first: dt.date, last: dt.date) -> str:
    """Days as people say them."""
    if first == last:
        return date_format(first, "l j F Y")
    return f"{date_format(first, 'l j F')} – {date_format(last, 'l j F Y')}"


def to_decide(account: Account) -> Mapping[str, Any] | None:
    """What stands on My work of whoever decides."""
    person = account.person_id or NOBODY
    found = leave_to_decide(account=account.pk, person=person, on=today(), most=MOST + 1)
    return {"rows": found[:MOST], "more": len(found) > MOST} if found else None


def told_in_the_morning(account: Account, on: dt.date) -> list[str]:
    """A line of the digest: how many requests wait."""
    count = LeaveRequest.objects.waiting_for(account, on=on).count()
    if not count:
        return []
    return [
        ngettext(
            "%(count)s request for leave waits for your decision.",
            "%(count)s requests for leave wait for your decision.",
            count,
        )
        % {"count": count}
    ]
