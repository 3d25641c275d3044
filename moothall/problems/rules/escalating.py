"""Putting a problem before somebody who can do more: with the reason, by letter where there is an address."""

import datetime as dt

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from moothall.cases.rules.refusals import need_reason
from moothall.letters.rules.formatting import plain_words
from moothall.letters.rules.outbox import queue_letter
from moothall.people.models import Account
from moothall.problems.models import Problem, ProblemEntry
from moothall.records.rules.audit import append_audit


@transaction.atomic
def escalate_problem(
    problem: Problem, *, to: str, address: str, because: str, by: Account, at: dt.datetime
) -> ProblemEntry:
    """Write down before whom it was put and why, and write to them."""
    need_reason(because)
    letter = None
    if address.strip():
        link = settings.PUBLIC_URL + reverse("problem_page", args=[problem.pk])
        body = f"{plain_words(problem.title)}\n\n{plain_words(because)}\n\n{link}\n\n{by.name}"
        letter = queue_letter(
            about=problem, person=None, channel="MAIL", language="en", to_address=address, to_name=to,
            from_address=problem.team.email, from_name=problem.team.name,
            subject=f"{problem.reference}: {problem.title}", body=body, by=by, at=at,
        )  # fmt: skip
    entry = ProblemEntry.objects.create(
        problem=problem, kind=ProblemEntry.ESCALATION, to=to, text=because, letter=letter, by=by, at=at
    )
    append_audit("problems.escalate", about=problem, by=by, at=at, detail={"to": to, "because": because})
    return entry
