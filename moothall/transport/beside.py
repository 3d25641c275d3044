"""What stands of an application or an appeal beside its case."""

from collections.abc import Mapping
from typing import Any

from moothall.cases.models import Case
from moothall.people.models import Account

from .models import Appeal, Application

OURS = "transport-"


def travel_of_case(account: Account, case: Case) -> Mapping[str, Any] | None:
    """Asked of cases of our own services alone, and once."""
    if not case.service.key.startswith(OURS) or not account.may("transport.use"):
        return None
    if case.service.key == "transport-application":
        found = Application.objects.filter(case=case).first()
    else:
        appeal = Appeal.objects.filter(case=case).select_related("application").first()
        found = appeal.application if appeal is not None else None
    return {"application": found} if found is not None else None
