"""What stands beside the case of a student."""

from collections.abc import Mapping
from typing import Any

from moothall.cases.models import Case
from moothall.cases.rules.definition import definition_of
from moothall.people.models import Account
from moothall.training.models import Student

ABOUT = "student"


def student_of_case(account: Account, case: Case) -> Mapping[str, Any] | None:
    """Whose way the case is about, for whoever may see them. Cases about others ask nothing."""
    if definition_of(case.version).subject != ABOUT:
        return None
    found = Student.objects.visible_to(account).filter(studentcase__case=case).in_full().first()
    return {"student": found} if found else None
