"""What got in touch and became no case, for whoever counts what comes in."""

import datetime as dt

from moothall.enquiries.models import Contact
from moothall.workload.rules.demand import Counted, hours_of


def count_contacts(begins: dt.datetime, ends: dt.datetime) -> Counted:
    """Contacts in each hour on the wall; those that became a case are counted as the case."""
    rows = Contact.objects.filter(received_at__gte=begins, received_at__lt=ends).exclude(result=Contact.CASE)
    return hours_of(rows, "received_at")
