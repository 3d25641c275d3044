"""Sessions in people's calendars: one event for as long as a session lives, and each message about it once.

Whoever has a place, and whoever teaches, is asked (REQUEST), hears of another time or room under the same
name with a higher sequence, and has it taken out (CANCEL) when they come no more. The caller holds the
session.
"""

import datetime as dt
import hashlib

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from moothall.bookings.rules.diary import CANCEL, REQUEST, DiaryLine
from moothall.bookings.rules.inviting import host, invitation
from moothall.letters.models import MAIL
from moothall.letters.rules.fields import LANGUAGES
from moothall.letters.rules.outbox import queue_letter
from moothall.people.models import Account
from moothall.people.models.working import at_on
from moothall.records.models import Document
from moothall.training.models import Session, SessionInvitation
from moothall.workforce.models import Employment

from .wording import days_words, place_words


def line_of(
    session: Session, *, language: str, sequence: int = 0, teaches: bool = False, gone: bool = False,
    link: str = "",
) -> DiaryLine:  # fmt: skip
    """The session as a line of a calendar: one event, whatever the number of its days."""
    with translation.override(LANGUAGES[language]):
        course = session.version.course.name_in(language)
        title = _("Teaching: %(course)s") % {"course": course} if teaches else course
        where = (place_words(session, language), session.room_in(language))
        return DiaryLine(
            uid=f"training-{session.pk}@{host()}", edition=sequence + 1, title=title, gone=gone,
            starts_at=at_on(session.days[0], session.begins), ends_at=at_on(session.days[0], session.ends),
            where=", ".join(part for part in where if part), note=link, days=tuple(session.days),
        )  # fmt: skip


def fingerprint(session: Session) -> str:
    """Of what a calendar shows: when and where."""
    said = f"{session.days} {session.begins} {session.ends} {session.place_id} {session.room}"
    return hashlib.sha256(said.encode()).hexdigest()


def in_calendar(session: Session, employment: Employment) -> bool:
    return SessionInvitation.objects.filter(session=session, employment=employment, stands=True).exists()


def calendar_files(
    session: Session, employment: Employment, *, stands: bool, to: str, language: str, by: Account | None,
    at: dt.datetime, teaches: bool = False, link: str = "",
) -> list[Document]:  # fmt: skip
    """What their calendar is still to hear, to go along with a letter; nothing where it has heard it."""
    said = fingerprint(session) if stands else ""
    row = SessionInvitation.objects.filter(session=session, employment=employment).first()
    if row is None and not stands:
        return []
    if row is not None and (row.stands, row.said) == (stands, said):
        return []
    row = row or SessionInvitation(session=session, employment=employment, sequence=-1)
    row.sequence, row.stands, row.said, row.teaches, row.told_at = row.sequence + 1, stands, said, teaches, at
    row.answer, row.answered_at = "", None  # what was answered was to another time, or to none
    row.save()
    line = line_of(
        session, language=language, sequence=row.sequence, teaches=teaches, gone=not stands, link=link
    )
    return [invitation(line, to=to, method=REQUEST if stands else CANCEL, by=by, at=at)]


def tell_trainers(session: Session, *, by: Account | None, at: dt.datetime) -> int:
    """Those who teach hear of it as it stands now, and those who do no more that they do not. The answer is
    how many were written to."""
    rows = session.trainer_days.select_related("trainer__person") if session.is_standing else ()
    teaching = {each.trainer_id: each.trainer for each in rows}
    known = session.invitations.filter(teaches=True, stands=True).select_related("employment__person")
    gone = {each.employment_id: each.employment for each in known if each.employment_id not in teaching}
    everybody = [*((each, True) for each in teaching.values()), *((each, False) for each in gone.values())]
    people = [each.person_id for each, _teaches in everybody]
    accounts = {each.person_id: each for each in Account.objects.in_use().filter(person__in=people)}
    return sum(
        _tell(session, each, accounts[each.person_id], stands=stands, by=by, at=at)
        for each, stands in everybody
        if each.person_id in accounts
    )


def _tell(
    session: Session, trainer: Employment, account: Account, *, stands: bool, by: Account | None,
    at: dt.datetime,
) -> bool:  # fmt: skip
    language = "cy" if (account.language or trainer.person.language) == "cy" else "en"
    link = settings.PUBLIC_URL.rstrip("/") + reverse("taught_session", args=[session.pk])
    files = calendar_files(
        session, trainer, stands=stands, to=account.email, language=language, by=by, at=at, teaches=True,
        link=link,
    )  # fmt: skip
    if not files:
        return False
    subject, body = _words(session, language, stands=stands, link=link)
    queue_letter(
        about=session, person=trainer.person, channel=MAIL, language=language, to_address=account.email,
        to_name=trainer.person.full_name, from_address="", from_name="", subject=subject, body=body, by=by,
        at=at, automatic=by is None, documents=files,
    )  # fmt: skip
    return True


def _words(session: Session, language: str, *, stands: bool, link: str) -> tuple[str, str]:
    line = line_of(session, language=language)
    with translation.override(LANGUAGES[language]):
        said = {
            "course": line.title, "when": days_words(session, language), 
            "where": line.where or _("to be said"),
            "times": f"{session.begins:%H:%M}–{session.ends:%H:%M}", "link": link,
        }  # fmt: skip
        if not stands:
            return _("You do not teach: %(course)s") % said, _(
                "You do not teach %(course)s on %(when)s any more. The file takes it out of your calendar."
            ) % said
        return _("You teach: %(course)s, %(when)s") % said, _(
            "You teach %(course)s on %(when)s, %(times)s, %(where)s. The file puts it into your calendar, "
            "or puts it right there.\n\nWho comes, and what they need: %(link)s"
        ) % said
