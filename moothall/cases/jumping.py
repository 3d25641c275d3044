"""What other pages show of cases: what the jump box finds, and the cases of a person."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language

from moothall.core.clock import today
from moothall.core.widgets import Option
from moothall.people.models import Account, Person

from .models import Case
from .models.attention import reasons_for
from .rules.acting import may_act
from .rules.asked import answers_in_words
from .rules.definition import definition_of

MOST = 6
SHOWN = 20


def find_cases(request: HttpRequest, words: str) -> list[Option]:
    user = request.user
    if not user.is_authenticated or not user.may("cases.view"):
        return []
    visible = Case.objects.visible_to(user)
    found = (
        list(visible.filter(reference__begins=words.upper()).order_by("-id")[:MOST])
        if _like_reference(words)
        else []
    )
    if not found:
        found = list(visible.mentioning(words).order_by("-received_at", "-id")[:MOST])
    return [
        Option(str(case.pk), case.reference, case.title, reverse("case_page", args=[case.reference]))
        for case in found
    ]


def _like_reference(words: str) -> bool:
    return "-" in words or words.isdigit()


def answers_on(account: Account, case: Case) -> dict[str, Any] | None:
    """What was answered to the questions of the case's service, for the page of the case."""
    definition = definition_of(case.version)
    if not definition.form:
        return None
    answers = answers_in_words(definition, case.answers, get_language() or "en")
    may_change = not case.is_closed and may_act(case, account, "cases.work")
    return {"answers": answers, "may_change": may_change} if case.answers or may_change else None


def cases_of(account: Account, person: Person) -> dict[str, Any] | None:
    """The newest cases of a person that this account may see, for the person's page."""
    if not account.may("cases.view"):
        return None
    rows = Case.objects.visible_to(account).filter(requester=person).select_related("service")
    found = list(rows.order_by("-received_at", "-id")[: SHOWN + 1])
    if not found:
        return None
    return {
        "cases": [(case, reasons_for(case, on=today())) for case in found[:SHOWN]],
        "more": len(found) > SHOWN,
    }
