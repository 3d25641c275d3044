"""What stands of recruitment beside a case."""

from collections.abc import Mapping
from typing import Any, Final

from moothall.cases.models import Case
from moothall.cases.rules.definition import definition_of
from moothall.people.models import Account

from .models import Application, Vacancy

GROUPS: Final = ("recruitment", "student", "promotion")


def recruitment_of_case(account: Account, case: Case) -> Mapping[str, Any] | None:
    """Asked of cases of recruitment alone: the application or the vacancy that hangs on it.

    Whoever sees the case of a vacancy sees the vacancy; an application asks for its campaign as well.
    """
    if definition_of(case.version).group not in GROUPS:
        return None
    application = Application.objects.filter(case=case).select_related("campaign", "route").first()
    if application is not None:
        runs = Application.objects.visible_to(account).filter(pk=application.pk).exists()
        return {"application": application, "runs": runs}
    vacancy = Vacancy.objects.filter(case=case).select_related("profile").first()
    return {"vacancy": vacancy} if vacancy is not None else None
