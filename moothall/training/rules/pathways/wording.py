"""Letters that come with pathways, and what they may say."""

from typing import Any, Final

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from moothall.letters.rules.built_in import BuiltIn
from moothall.letters.rules.fields import Field, date_in
from moothall.training.models import Attachment, Student, StudentMove

OF_STUDENT: Final = (
    Field("student.name", _("The student"), "Siân Okafor"),
    Field("student.pathway", _("The pathway"), "Student officer", "Swyddog dan hyfforddiant"),
    Field("student.cohort", _("Their cohort"), "2027/A"),
    Field("student.module", _("The module they take again"), "Law and powers", "Y gyfraith a phwerau"),
    Field("student.reason", _("Why they take it again"), "Seven weeks off sick", "Saith wythnos yn sâl"),
    Field("student.begins", _("When it begins again"), "7 June 2027", "7 Mehefin 2027"),
    Field("student.confirmed", _("When they were confirmed"), "4 June 2027", "4 Mehefin 2027"),
    Field("student.link", _("Where to look"), "https://example.org/me/pathway/"),
)
OF_ATTACHMENT: Final = (
    Field("placement.student", _("The student"), "Siân Okafor"),
    Field("placement.module", _("The module"), "Community placement", "Lleoliad cymunedol"),
    Field("placement.with", _("The host or the tutor"), "Harbour Foodbank"),
    Field("placement.contact", _("Whom to ask for"), "Rhodri Mensah, rhodri@example.org"),
    Field("placement.about", _("What students do there"), "Helping at the counter"),
    Field("placement.from", _("The first day"), "3 May 2027", "3 Mai 2027"),
    Field("placement.until", _("The last day"), "7 May 2027", "7 Mai 2027"),
    Field("placement.link", _("Where to look"), "https://example.org/me/pathway/"),
)

PLACED: Final = BuiltIn(
    key="pathway-placed",
    name="A student’s placement or tutor",
    name_cy="Lleoliad neu diwtor myfyriwr",
    subject_en="{placement.module}: {placement.with}, from {placement.from}",
    body_en="""{person.greeting}

For {placement.module} you are with **{placement.with}** from {placement.from} to {placement.until}.

[[Ask for: {placement.contact}]]
[[What you do there: {placement.about}]]

If this does not suit you, because of access you need, of somebody you know there or of how to get there, answer this letter before it begins. Your whole way: {placement.link}""",  # noqa: E501
    subject_cy="{placement.module}: {placement.with}, o {placement.from}",
    body_cy="""{person.greeting}

Ar gyfer {placement.module} byddwch gyda **{placement.with}** o {placement.from} hyd at {placement.until}.

[[Gofynnwch am: {placement.contact}]]
[[Yr hyn y byddwch yn ei wneud yno: {placement.about}]]

Os nad yw hyn yn addas i chi, oherwydd y mynediad sydd ei angen arnoch, rhywun yr ydych yn ei adnabod yno neu sut i gyrraedd yno, atebwch y llythyr hwn cyn iddo ddechrau. Eich llwybr cyfan: {placement.link}""",  # noqa: E501
)
ASKED: Final = BuiltIn(
    key="pathway-host",
    name="Who comes to a host",
    name_cy="Pwy sy'n dod at leoliad",
    subject_en="Who comes to you from {placement.from}: {placement.student}",
    body_en="""{person.greeting}

Thank you for taking our students.

**{placement.student}** comes to you from {placement.from} to {placement.until}.

Should that not suit you, or should there be anything they need to know before, please answer this letter.""",
    subject_cy="Pwy sy'n dod atoch o {placement.from}: {placement.student}",
    body_cy="""{person.greeting}

Diolch am dderbyn ein myfyrwyr. Daw **{placement.student}** atoch o {placement.from} hyd at {placement.until}.

Os nad yw hynny'n gyfleus, neu os oes unrhyw beth iddynt ei wybod cyn dod, atebwch y llythyr hwn.""",
)
MOVED: Final = BuiltIn(
    key="pathway-moved",
    name="A student goes on with a later cohort",
    name_cy="Myfyriwr yn parhau gyda charfan ddiweddarach",
    subject_en="You go on with {student.cohort}",
    body_en="""{person.greeting}

You take {student.module} again, and go on with cohort **{student.cohort}** from there[[, from {student.begins}]]. The reason: {student.reason}

What was signed off stays signed off. Hosts and tutors still to come are new: {student.link}""",  # noqa: E501
    subject_cy="Rydych yn parhau gyda {student.cohort}",
    body_cy="""{person.greeting}

Byddwch yn dilyn {student.module} eto, ac yn parhau gyda charfan **{student.cohort}** o'r fan honno[[, o {student.begins}]]. Y rheswm: {student.reason}

Erys yr hyn sydd wedi'i gymeradwyo. Mae'r lleoliadau a'r tiwtoriaid sydd i ddod yn rhai newydd: {student.link}""",  # noqa: E501
)
CONFIRMED: Final = BuiltIn(
    key="pathway-confirmed",
    name="A student is confirmed",
    name_cy="Cadarnhau myfyriwr",
    subject_en="You are confirmed: {student.pathway}",
    body_en="""{person.greeting}

Everything on your way is signed off. You were confirmed on {student.confirmed}: **{student.pathway}**. Congratulations.

What was signed off, and by whom, stays here for you: {student.link}""",  # noqa: E501
    subject_cy="Rydych wedi'ch cadarnhau: {student.pathway}",
    body_cy="""{person.greeting}

Mae popeth ar eich llwybr wedi'i gymeradwyo. Cawsoch eich cadarnhau ar {student.confirmed}: **{student.pathway}**. Llongyfarchiadau.

Erys yr hyn a gymeradwywyd, a chan bwy, yma i chi: {student.link}""",  # noqa: E501
)
LETTERS: Final = (PLACED, ASKED, MOVED, CONFIRMED)


def _address() -> str:
    return settings.PUBLIC_URL.rstrip("/") + reverse("my_pathway")


def fields_of_student(student: Any, language: str) -> dict[str, str]:
    """What a letter about this student may say, in that language."""
    found: Student = student
    move = StudentMove.objects.filter(student=found).select_related("module").first()
    begins = None
    if move is not None and found.group is not None:
        held = found.group.classes.filter(module=move.module_id).first()
        begins = held.first_on if held else None
    return {
        "student.name": found.employment.person.full_name,
        "student.pathway": found.cohort.pathway.name_in(language),
        "student.cohort": found.cohort.name,
        "student.module": move.module.name_in(language) if move else "",
        "student.reason": move.because if move else "",
        "student.begins": date_in(language, begins) if begins else "",
        "student.confirmed": date_in(language, found.ended_on) if found.ended_on else "",
        "student.link": _address(),
    }


def fields_of_attachment(attachment: Any, language: str) -> dict[str, str]:
    """What a letter about this placement may say, in that language."""
    found: Attachment = attachment
    contact = ""
    if found.host is not None:
        contact = ", ".join(filter(None, (found.host.contact_name, found.host.contact_email)))
    return {
        "placement.student": found.student.employment.person.full_name,
        "placement.module": found.module.name_in(language),
        "placement.with": str(found.host or found.tutor or ""),
        "placement.contact": contact,
        "placement.about": found.host.about if found.host else "",
        "placement.from": date_in(language, found.first_on),
        "placement.until": date_in(language, found.last_on),
        "placement.link": _address(),
    }
