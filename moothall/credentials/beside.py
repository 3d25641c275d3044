"""What a staff record shows of what somebody holds."""

from collections.abc import Mapping
from typing import Any

from moothall.cases.models import Case
from moothall.core.clock import today
from moothall.people.models import Account
from moothall.workforce.models import Employment
from moothall.workforce.panels import Sight

from .models import Credential
from .rules.standing import asked_of_people, held_by, lines_of


def credentials_on_record(_account: Account, employment: Employment, _sight: Sight) -> Mapping[str, Any]:
    """What is asked of them and what they hold: for them, their manager and the desk alike."""
    held = held_by([employment.person_id]).get(employment.person_id, [])
    return {"lines": lines_of(employment, asked_of_people(today()), held)}


def credential_of_case(account: Account, case: Case) -> Mapping[str, Any] | None:
    """Beside a case that is about a renewal: what runs out, for whoever sees the credential. One question."""
    if not account.may("workforce.view"):
        return None
    found = Credential.objects.visible_to(account).filter(renewal__case=case).select_related("kind").first()
    return {"credential": found} if found is not None else None
