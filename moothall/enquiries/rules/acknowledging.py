"""Tell people we have their message: once, in their language, and never to a machine."""

import datetime as dt

from moothall.cases.models import Case
from moothall.cases.rules.definition import definition_of
from moothall.enquiries.models import Mailbox
from moothall.enquiries.reading import ReadMail
from moothall.letters.models import Letter
from moothall.people.models import Person

from .replying import send_automatically

MOST_A_DAY = 3
TEMPLATE = "acknowledgement"


def acknowledge(
    case: Case, *, mail: ReadMail, mailbox: Mailbox, person: Person | None, at: dt.datetime
) -> Letter | None:
    """Acknowledge a message that opened a case, unless this address has had enough automatic mail today: a
    few for different questions, one for the same title again, since that is what a machine writes."""
    if not (mailbox.acknowledge and mail.may_answer and mail.answer_to):
        return None
    address = mail.answer_to[0].address
    lately = Letter.objects.filter(
        to_address__iexact=address, automatic=True, written_at__range=(at - dt.timedelta(days=1), at)
    )
    about = list(lately.filter(about_kind=case._meta.label_lower).values_list("about_id", flat=True))
    if len(about) >= MOST_A_DAY or Case.objects.filter(pk__in=about, title=case.title).exists():
        return None
    template = definition_of(case.version).acknowledgement or TEMPLATE
    return send_automatically(
        case, template=template, mailbox=mailbox, to_address=address, to_name=mail.answer_to[0].name,
        person=person, at=at, in_reply_to=f"<{mail.message_id}>" if mail.message_id else "",
    )  # fmt: skip
