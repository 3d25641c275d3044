"""What the office says of everybody who works or worked here: the policy of its references."""

import datetime as dt

from django.utils import translation
from django.utils.translation import gettext as _

from moothall.letters.rules.fields import LANGUAGES, date_in
from moothall.personnel.models import ReferenceRequest
from moothall.workforce.finding import said_title
from moothall.workforce.models import Assignment


def text_from_record(reference: ReferenceRequest, *, today: dt.date, language: str = "en") -> str:
    """Dates and post from the record; in full the hours and, of who has left, the reason as well. Absence is
    never put in by itself."""
    employment = reference.employment
    day = min(employment.ended_on or today, today)
    last = Assignment.objects.in_force(day).filter(employment=employment, is_main=True).in_full().first()
    ended = employment.ended_on is not None and employment.ended_on <= today
    said = {
        "name": employment.person.full_name, "from": date_in(language, employment.started_on),
        "until": date_in(language, employment.ended_on) if employment.ended_on else "",
        "post": said_title(last.post, language) if last else "", "hours": last.weekly_hours if last else "",
        "why": employment.ended_because.name_in(language) if employment.ended_because else "",
    }  # fmt: skip
    with translation.override(LANGUAGES[language]):
        if ended:
            lines = [_("%(name)s worked here from %(from)s to %(until)s.") % said]
        else:
            lines = [_("%(name)s has worked here since %(from)s.") % said]
        if last is not None:
            lines.append(_("Their post: %(post)s.") % said)
        if reference.asks == ReferenceRequest.FULL:
            lines += [_("Their hours: %(hours)s a week.") % said] if last is not None else []
            lines += [_("The reason for leaving on our record: %(why)s.") % said] if ended else []
    return " ".join(lines)
