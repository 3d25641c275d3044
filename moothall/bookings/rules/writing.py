"""Letters about an appointment: booked, moved, cancelled, and a word the day before. Each goes out once."""

import datetime as dt

from django.conf import settings
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from moothall.bookings.models import Appointment, AppointmentLetter
from moothall.core.clock import in_london
from moothall.letters.models import MAIL, PRINT, Letter, LetterText
from moothall.letters.rules.fields import Field, fields_for
from moothall.letters.rules.merging import merge
from moothall.letters.rules.outbox import queue_letter
from moothall.people.models import Account, ContactPoint, ProtectedAddress
from moothall.people.models.often_asked import ways_to_reach
from moothall.people.models.working import at_on
from moothall.records.rules.documents import keep_document

from .calendar_file import calendar_file

TEMPLATES = {
    "booked": "appointment-booked",
    "moved": "appointment-moved",
    "cancelled": "appointment-cancelled",
    "reminder": "appointment-reminder",
}
WITH_FILE = {"booked", "moved", "cancelled"}
DECLARED = (
    Field("appointment.what", _("What the appointment is"), "Advice on learning", "Cyngor ar ddysgu"),
    Field("appointment.day", _("Day of the appointment"), "Tuesday 24 November 2026",
          "Dydd Mawrth 24 Tachwedd 2026"),
    Field("appointment.time", _("Time of the appointment"), "10:30"),
    Field("appointment.until", _("When it ends"), "11:00"),
    Field("appointment.where", _("Where it is, or that we ring"), "Room 2, County Hall, Tre Gwyn",
          "Ystafell 2, Neuadd y Sir, Tre Gwyn"),
    Field("appointment.with", _("Who sees them"), "Tomos Bielak"),
    Field("appointment.bring", _("What to bring"), "A form of identity", "Prawf o bwy ydych"),
    Field("appointment.team", _("Name of the team"), "Learning and development", "Dysgu a datblygu"),
)  # fmt: skip


def fields_of(appointment: Appointment, language: str) -> dict[str, str]:
    """What a letter may say of an appointment."""
    begins, ends = in_london(appointment.starts_at), in_london(appointment.ends_at)
    with translation.override("cy" if language == "cy" else "en-gb"):
        day = date_format(begins, "l j F Y")
        where = where_of(appointment, language)
    kind = appointment.kind
    return {
        "appointment.what": kind.name_in(language),
        "appointment.day": day,
        "appointment.time": begins.strftime("%H:%M"),
        "appointment.until": ends.strftime("%H:%M"),
        "appointment.where": where,
        "appointment.with": appointment.staff.name,
        "appointment.bring": (kind.bring_cy if language == "cy" else "") or kind.bring,
        "appointment.team": appointment.team.name_in(language),
    }


def where_of(appointment: Appointment, language: str) -> str:
    """The room, its place and the address; or how we get in touch."""
    room = appointment.room
    if room is None:
        return str(appointment.kind.get_how_display())
    place = room.place
    name = (place.name_cy if language == "cy" else "") or place.name
    return ", ".join(part for part in (room.name_in(language), name, *place.address.splitlines()) if part)


def write_about(appointment: Appointment, kind: str, *, by: Account | None, at: dt.datetime) -> Letter | None:
    """Write to the person, once for each time the appointment stands at: by mail, else on paper. Whoever has
    neither address is told by telephone, and the page says so."""
    marked, new = AppointmentLetter.objects.get_or_create(
        appointment=appointment, kind=kind, edition=appointment.edition, defaults={"at": at}
    )
    if not new:
        return None
    letter = _letter(appointment, kind, by=by, at=at)
    if letter is not None:
        AppointmentLetter.objects.filter(pk=marked.pk).update(letter=letter)
    return letter


def _letter(appointment: Appointment, kind: str, *, by: Account | None, at: dt.datetime) -> Letter | None:
    text = LetterText.objects.filter(template__key=TEMPLATES[kind], template__retired_at=None).first()
    mail = mail_address_of(appointment)
    post = "" if mail or kind == "reminder" else postal_address_of(appointment)  # the post takes days
    if text is None or not (mail or post):
        return None
    person, language = appointment.person, appointment.language or appointment.person.language or "en"
    fields = fields_for(appointment, language=language, person=person, by=by, at=at)
    merged = merge(text, language, fields)
    documents = []
    if kind in WITH_FILE and mail:
        content = calendar_file(
            appointment, words=fields["appointment.what"], where=fields["appointment.where"],
            host=settings.PUBLIC_URL.partition("://")[2].partition("/")[0] or "localhost", at=at,
        )  # fmt: skip
        documents = [keep_document(content, name="appointment.ics", by=by, at=at)]
    return queue_letter(
        about=appointment, person=person, channel=MAIL if mail else PRINT, language=merged.language,
        to_address=mail or post, to_name=person.full_name, from_address=appointment.team.email,
        from_name=appointment.team.name_in(language), subject=merged.subject, body=merged.body, by=by, at=at,
        documents=documents, automatic=by is None, text_version=text,
    )  # fmt: skip


def mail_address_of(appointment: Appointment) -> str:
    reach = ways_to_reach(person=appointment.person_id, most=8)
    return next((each.value for each in reach if each.kind == ContactPoint.EMAIL), "")


def postal_address_of(appointment: Appointment) -> str:
    """Where a letter on paper goes, to whoever has no mail address; none to an address that is protected."""
    if ProtectedAddress.objects.standing().filter(person=appointment.person).exists():
        return ""
    points = ContactPoint.objects.in_use().filter(person=appointment.person, kind=ContactPoint.POST)
    point = points.preferred_first().first()
    return point.value if point else ""


def remind_of_tomorrow(*, at: dt.datetime, today: dt.date) -> int:
    """Everybody who comes tomorrow hears of it today, once; run again it writes to nobody twice."""
    begins = at_on(today + dt.timedelta(days=1), dt.time(0))
    ends = at_on(today + dt.timedelta(days=2), dt.time(0))
    expected = Appointment.objects.filter(state=Appointment.BOOKED).between(begins, ends).shown()
    told = 0
    for appointment in expected.order_by("starts_at", "id"):
        told += write_about(appointment, "reminder", by=None, at=at) is not None
    return told
