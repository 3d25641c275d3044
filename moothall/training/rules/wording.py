"""Letters that come with training, and what they may say."""

from typing import Any, Final

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from moothall.bookings.models import Resource, Stay
from moothall.letters.rules.built_in import BuiltIn
from moothall.letters.rules.fields import LANGUAGES, Field, date_in
from moothall.people.models import Place
from moothall.training.models import Nomination, Session

from .beds import stay_of

DECLARED: Final = (
    Field("training.course", _("The course"), "First aid at work", "Cymorth cyntaf yn y gwaith"),
    Field("training.who", _("Who is trained"), "Siân Okafor"),
    Field("training.days", _("Its days"), "5 May 2026", "5 Mai 2026"),
    Field("training.times", _("From when to when"), "09:00–17:00"),
    Field("training.place", _("Where it is"), "Training Centre", "Canolfan Hyfforddi"),
    Field("training.address", _("The address"), "Parc y Brenin, Llys Arian"),
    Field("training.room", _("The room"), "Room 4", "Ystafell 4"),
    Field("training.getting_there", _("How to find the room"), "First floor, lift beside the entrance"),
    Field("training.stay", _("The nights for which a bedroom is booked"), "4–6 May 2026", "4–6 Mai 2026"),
    Field("training.needs", _("What they have said they need"), "Step-free access"),
    Field("training.trainers", _("Who teaches"), "Dewi Achebe"),
    Field("training.bring", _("What to bring"), "Your pocket mask", "Eich masg poced"),
    Field("training.about", _("What it is about"), "Keeping somebody alive", "Cadw rhywun yn fyw"),
    Field("training.reason", _("Why not, or why later"), "The session is full", "Mae'r sesiwn yn llawn"),
    Field("training.result", _("The result"), "Passed", "Llwyddodd"),
    Field("training.until", _("Until when it counts"), "5 May 2029", "5 Mai 2029"),
    Field("training.link", _("Where to look"), "https://example.org/training/places/1/"),
)

JOINING: Final = BuiltIn(
    key="training-joining",
    name="Joining instructions for a course",
    name_cy="Cyfarwyddiadau ymuno ar gyfer cwrs",
    subject_en="Your place: {training.course}, {training.days}",
    body_en="""{person.greeting}

You have a place on {training.course}.

When: {training.days}, {training.times}
[[Where: {training.place}]]
[[Address: {training.address}]]
[[Room: {training.room}]]
[[How to find it: {training.getting_there}]]
[[Your bedroom: {training.stay}]]
[[Who teaches: {training.trainers}]]
[[Please bring: {training.bring}]]

[[{training.about}]]

If you cannot come, say so at once so that somebody else can: {training.link}

[[You have told us what you need: {training.needs}]]

If you need anything to take part, such as step-free access, an interpreter or a particular diet, say so on the same page.

The file that comes with this letter puts it into your calendar.""",  # noqa: E501
    subject_cy="Eich lle: {training.course}, {training.days}",
    body_cy="""{person.greeting}

Mae gennych le ar {training.course}.

Pryd: {training.days}, {training.times}
[[Ble: {training.place}]]
[[Cyfeiriad: {training.address}]]
[[Ystafell: {training.room}]]
[[Sut i ddod o hyd iddi: {training.getting_there}]]
[[Eich ystafell wely: {training.stay}]]
[[Pwy sy'n hyfforddi: {training.trainers}]]
[[Dewch â: {training.bring}]]

[[{training.about}]]

Os na allwch ddod, rhowch wybod ar unwaith er mwyn i rywun arall gael y lle: {training.link}

[[Rydych wedi dweud wrthym beth sydd ei angen arnoch: {training.needs}]]

Os oes angen unrhyw beth arnoch i gymryd rhan, megis mynediad heb risiau, dehonglydd neu ddeiet arbennig, dywedwch hynny ar yr un dudalen.

Mae'r ffeil sy'n dod gyda'r llythyr hwn yn ei roi yn eich calendr.""",  # noqa: E501
)
WAITING: Final = BuiltIn(
    key="training-waiting",
    name="On the waiting list of a course",
    name_cy="Ar restr aros cwrs",
    subject_en="On the waiting list: {training.course}, {training.days}",
    body_en="""{person.greeting}

There is no place for you yet on {training.course}, {training.days}. The reason: {training.reason}.

You are on its waiting list. You need do nothing: as soon as there is a place you are written to. How it stands: {training.link}""",  # noqa: E501
    subject_cy="Ar y rhestr aros: {training.course}, {training.days}",
    body_cy="""{person.greeting}

Nid oes lle i chi eto ar {training.course}, {training.days}. Y rheswm: {training.reason}.

Rydych ar ei restr aros. Nid oes angen i chi wneud dim: byddwn yn ysgrifennu atoch cyn gynted ag y bydd lle. Sut mae pethau: {training.link}""",  # noqa: E501
)
REFUSED: Final = BuiltIn(
    key="training-refused",
    name="A course is refused",
    name_cy="Gwrthod cwrs",
    subject_en="Not this time: {training.course}, {training.days}",
    body_en="""{person.greeting}

You were put forward for {training.course}, {training.days}. It was refused. The reason: {training.reason}

You can be put forward for another session: {training.link}""",
    subject_cy="Dim y tro hwn: {training.course}, {training.days}",
    body_cy="""{person.greeting}

Cawsoch eich enwebu ar gyfer {training.course}, {training.days}. Fe'i gwrthodwyd. Y rheswm: {training.reason}

Gallwch gael eich enwebu ar gyfer sesiwn arall: {training.link}""",
)
CANCELLED: Final = BuiltIn(
    key="training-cancelled",
    name="A session is called off",
    name_cy="Canslo sesiwn",
    subject_en="Called off: {training.course}, {training.days}",
    body_en="""{person.greeting}

{training.course} on {training.days} is not held. The reason: {training.reason}

You are on duty as usual. Other sessions: {training.link}""",
    subject_cy="Canslwyd: {training.course}, {training.days}",
    body_cy="""{person.greeting}

Ni chynhelir {training.course} ar {training.days}. Y rheswm: {training.reason}

Rydych ar ddyletswydd fel arfer. Sesiynau eraill: {training.link}""",
)
WITHDRAWN: Final = BuiltIn(
    key="training-withdrawn",
    name="A place on a course is withdrawn",
    name_cy="Tynnu lle ar gwrs yn ôl",
    subject_en="No place any more: {training.course}, {training.days}",
    body_en="""{person.greeting}

You have no place any more on {training.course}, {training.days}. [[The reason: {training.reason}]]

You are on duty as usual. The file that comes with this letter takes it out of your calendar. Is that wrong? {training.link}""",  # noqa: E501
    subject_cy="Dim lle mwyach: {training.course}, {training.days}",
    body_cy="""{person.greeting}

Nid oes gennych le mwyach ar {training.course}, {training.days}. [[Y rheswm: {training.reason}]]

Rydych ar ddyletswydd fel arfer. Mae'r ffeil sy'n dod gyda'r llythyr hwn yn ei dynnu o'ch calendr. A yw hynny'n anghywir? {training.link}""",  # noqa: E501
)
ABSENT: Final = BuiltIn(
    key="training-absent",
    name="Somebody did not come to a course",
    name_cy="Ni ddaeth rhywun i gwrs",
    subject_en="Not there: {training.who}, {training.course}, {training.days}",
    body_en="""{person.greeting}

{training.who} had a place on {training.course}, {training.days}, and did not come. What we noted: {training.reason}

Is that wrong, or is a new place needed? {training.link}""",  # noqa: E501
    subject_cy="Ddim yno: {training.who}, {training.course}, {training.days}",
    body_cy="""{person.greeting}

Roedd gan {training.who} le ar {training.course}, {training.days}, ond ni ddaeth. Yr hyn a nodwyd: {training.reason}

A yw hynny'n anghywir, neu a oes angen lle newydd? {training.link}""",  # noqa: E501
)
RESULT: Final = BuiltIn(
    key="training-result",
    name="The result of a course",
    name_cy="Canlyniad cwrs",
    subject_en="{training.course}: {training.result}",
    body_en="""{person.greeting}

The result of {training.course}, {training.days}: {training.result}. [[It counts until {training.until}.]]

Your certificate, if you passed, and a short form on what you thought of it are here: {training.link}""",
    subject_cy="{training.course}: {training.result}",
    body_cy="""{person.greeting}

Canlyniad {training.course}, {training.days}: {training.result}. [[Mae'n cyfrif hyd at {training.until}.]]

Mae eich tystysgrif, os llwyddoch, a ffurflen fer am eich barn yma: {training.link}""",
)
CERTIFICATE: Final = BuiltIn(
    key="training-certificate",
    name="Certificate of a course",
    name_cy="Tystysgrif cwrs",
    subject_en="Certificate: {training.course}",
    body_en="""This is to certify that **{training.who}** has passed **{training.course}**, held on {training.days}[[ at {training.place}]].

[[It counts until {training.until}.]]

[[Taught by {training.trainers}.]]""",  # noqa: E501
    subject_cy="Tystysgrif: {training.course}",
    body_cy="""Tystir bod **{training.who}** wedi llwyddo yn **{training.course}**, a gynhaliwyd ar {training.days}[[ yn {training.place}]].

[[Mae'n cyfrif hyd at {training.until}.]]

[[Hyfforddwyd gan {training.trainers}.]]""",  # noqa: E501
)
LETTERS: Final = (JOINING, WAITING, REFUSED, WITHDRAWN, CANCELLED, ABSENT, RESULT, CERTIFICATE)


def days_words(session: Session, language: str) -> str:
    """The days of a session as people say them."""
    if len(session.days) == 1:
        return date_in(language, session.first_on)
    with translation.override(LANGUAGES[language]):
        return f"{date_format(session.first_on, 'j F')} – {date_in(language, session.last_on)}"


def place_words(session: Session, language: str) -> str:
    """Its site, in that language."""
    place = session.place
    return ((place.name_cy if language == "cy" else "") or place.name) if place else ""


def place_address(nomination: Nomination) -> str:
    return settings.PUBLIC_URL.rstrip("/") + reverse("training_place", args=[nomination.pk])


def nights_words(stay: Stay | None, language: str) -> str:
    """From the day on which they arrive until the morning on which they leave; never which room."""
    if stay is None:
        return ""
    with translation.override(LANGUAGES[language]):
        return f"{date_format(stay.arrives_on, 'j F')} – {date_in(language, stay.leaves_on)}"


def getting_there(session: Session) -> str:
    """How to find the rooms that it takes, as the bookings know it."""
    rooms = Resource.objects.filter(
        kind=Resource.ROOM, takings__stands=True, takings__reservation__about_kind="training.session",
        takings__reservation__about_id=session.pk,
    )  # fmt: skip
    notes = rooms.exclude(notes="").order_by("notes").values_list("notes", flat=True).distinct()
    return ". ".join(notes)


def fields_of(nomination: Any, language: str) -> dict[str, str]:
    """What a letter about this place may say, in that language."""
    found: Nomination = nomination
    session, place = found.session, found.session.place
    version = session.version
    trainers = {
        each.trainer_id: each.trainer for each in session.trainer_days.select_related("trainer__person")
    }
    held = found.credential
    with translation.override(LANGUAGES[language]):
        reason = found.because or found.absent_because or session.cancelled_because
        if found.state == Nomination.WAITING:
            reason = " – ".join(part for part in (found.get_waits_because_display(), found.waits_for) if part)
        result = str(found.get_result_display())
    return {
        "training.course": version.course.name_in(language),
        "training.who": found.employment.person.full_name,
        "training.days": days_words(session, language),
        "training.times": f"{session.begins:%H:%M}–{session.ends:%H:%M}",
        "training.place": place_words(session, language),
        "training.address": _address(place) if place else "",
        "training.room": session.room_in(language),
        "training.getting_there": getting_there(session),
        "training.stay": nights_words(stay_of(found), language),
        "training.needs": found.needs,
        "training.trainers": ", ".join(each.person.full_name for each in trainers.values()),
        "training.bring": version.bring_in(language),
        "training.about": version.about_in(language),
        "training.reason": reason,
        "training.result": result,
        "training.until": date_in(language, held.expires_on) if held and held.expires_on else "",
        "training.link": place_address(found),
    }


def _address(place: Place) -> str:
    return ", ".join([*place.address.splitlines(), *([place.postcode] if place.postcode else [])])
