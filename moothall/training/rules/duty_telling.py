"""What came of the night's duty file, in the morning, to whoever looks after training."""

import datetime as dt

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from moothall.people.models import Account
from moothall.training.models import DutyArrival, DutyChange

BACK = dt.timedelta(days=1)


def duties_in_the_morning(account: Account, on: dt.date) -> list[str]:
    """A line for each file since yesterday; nothing for those whose business it is not."""
    if not account.may("training.manage"):
        return []
    since = on - BACK
    rows = DutyArrival.objects.filter(arrived_at__date__gte=since).exclude(state=DutyArrival.SAME)
    return [_line(each) for each in rows.select_related("file").order_by("arrived_at", "pk")]


def _line(arrival: DutyArrival) -> str:
    address = settings.PUBLIC_URL.rstrip("/")
    if arrival.file is None:
        page = address + reverse("duty_files")
    else:
        page = address + reverse("duty_file", args=[arrival.file.pk])
    said = {"name": arrival.name, "page": page, "why": arrival.said}
    if arrival.state == DutyArrival.DONE and arrival.file is not None:
        said["count"] = str(arrival.file.changes.exclude(sort=DutyChange.REFUSED).count())
        said["below"] = str(len(arrival.file.below))
        words = _("Duties %(name)s: %(count)s changes carried out, %(below)s times below a minimum. %(page)s")
        return words % said
    if arrival.state == DutyArrival.WAITS:
        return _("Duties %(name)s wait for you: %(why)s %(page)s") % said
    if arrival.state == DutyArrival.REFUSED:
        return _("Duties %(name)s were refused, and what was known stands: %(why)s %(page)s") % said
    return _("Duties %(name)s have come and are being read. %(page)s") % said
