"""What is said for monitoring: kept from the first moment where nobody who assesses can put it to a name."""

import hashlib
import hmac
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db import transaction

from moothall.recruitment.models import Application, Campaign, Draft, Monitoring, MonitoringQuestion


def mark_of(kind: str, key: str) -> str:
    """A digest that only this installation can make."""
    said = f"recruitment.monitoring\0{kind}\0{key}"
    return hmac.new(settings.SECRET_KEY.encode(), said.encode(), hashlib.sha256).hexdigest()


def mark_of_draft(draft: Draft) -> str:
    return mark_of("draft", draft.token)


def mark_of_application(application: Application) -> str:
    return mark_of("application", application.number)


def questions() -> dict[str, Mapping[str, Any]]:
    rows = MonitoringQuestion.objects.filter(retired_at=None).order_by("place", "id")
    return {each.key: each.question for each in rows}


@transaction.atomic
def keep_said(draft: Draft, campaign: Campaign, said: Mapping[str, Any]) -> None:
    """What was said of a draft; said again, it takes the place of what was said before."""
    Monitoring.objects.update_or_create(
        mark=mark_of_draft(draft), defaults={"campaign": campaign, "said": dict(said)}
    )


def hand_over(draft: Draft, application: Application) -> None:
    """The draft has become an application: its mark is the one of that."""
    Monitoring.objects.filter(mark=mark_of_draft(draft)).update(mark=mark_of_application(application))


def forget(draft: Draft) -> None:
    Monitoring.objects.filter(mark=mark_of_draft(draft)).delete()
