"""What a staff record shows of what somebody holds."""

from collections.abc import Mapping
from typing import Any

from moothall.core.clock import today
from moothall.people.models import Account
from moothall.workforce.models import Employment
from moothall.workforce.panels import Sight

from .rules.standing import asked_of_people, held_by, lines_of


def credentials_on_record(_account: Account, employment: Employment, _sight: Sight) -> Mapping[str, Any]:
    """What is asked of them and what they hold: for them, their manager and the desk alike."""
    held = held_by([employment.person_id]).get(employment.person_id, [])
    return {"lines": lines_of(employment, asked_of_people(today()), held)}
