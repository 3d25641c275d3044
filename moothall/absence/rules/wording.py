"""Letters to people who are off, in both languages. None says why they are off."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from moothall.letters.rules.built_in import BuiltIn
from moothall.letters.rules.fields import Field

FIELDS: Final = (
    Field("absence.first_day", _("First day off"), "5 May 2026", "5 Mai 2026"),
    Field("absence.lacking_from", _("First day without a certificate"), "12 May 2026", "12 Mai 2026"),
    Field("absence.asked", _("What occupational health is asked"), "When may you be back?"),
    Field("absence.half_pay_from", _("First day on half pay"), "4 November 2026", "4 Tachwedd 2026"),
)

SELF: Final = BuiltIn(
    key="absence-self-certificate",
    name="Self-certificate asked for",
    name_cy="Gofyn am hunandystysgrif",
    subject_en="Please certify your absence",
    body_en="""{person.greeting}

We are sorry that you have been unwell. You have been off since {absence.first_day}, and we have no certificate for the first seven days.

Please certify them yourself: sign in and open My absence, or ask your manager for the form.

{sender.name}""",  # noqa: E501
    subject_cy="Ardystiwch eich absenoldeb",
    body_cy="""{person.greeting}

Mae'n ddrwg gennym nad ydych wedi bod yn dda. Rydych i ffwrdd ers {absence.first_day}, ac nid oes gennym dystysgrif am y saith diwrnod cyntaf.

Ardystiwch nhw eich hun: mewngofnodwch ac agorwch Fy absenoldeb, neu gofynnwch i'ch rheolwr am y ffurflen.

{sender.name}""",  # noqa: E501
)

ENDING: Final = BuiltIn(
    key="absence-fit-note-ending",
    name="Fit note will be needed",
    name_cy="Bydd angen nodyn ffitrwydd",
    subject_en="A fit note from {absence.lacking_from}",
    body_en="""{person.greeting}

We hope that you are better. What we have certifies your absence until the day before {absence.lacking_from}. If you are still unfit then, please send us a fit note that begins on that day. A doctor, nurse, occupational therapist, pharmacist or physiotherapist may sign it.

If you are coming back, you need no note: tell your manager.

{sender.name}""",  # noqa: E501
    subject_cy="Nodyn ffitrwydd o {absence.lacking_from}",
    body_cy="""{person.greeting}

Gobeithio eich bod yn well. Mae'r hyn sydd gennym yn ardystio eich absenoldeb tan y diwrnod cyn {absence.lacking_from}. Os nad ydych yn ffit bryd hynny, anfonwch nodyn ffitrwydd sy'n dechrau ar y diwrnod hwnnw. Caiff meddyg, nyrs, therapydd galwedigaethol, fferyllydd neu ffisiotherapydd ei lofnodi.

Os ydych yn dod yn ôl, nid oes angen nodyn: dywedwch wrth eich rheolwr.

{sender.name}""",  # noqa: E501
)

MISSING: Final = BuiltIn(
    key="absence-fit-note-missing",
    name="Fit note asked for",
    name_cy="Gofyn am nodyn ffitrwydd",
    subject_en="We need a fit note from {absence.lacking_from}",
    body_en="""{person.greeting}

You have been off since {absence.first_day}. We have no certificate for the days from {absence.lacking_from}. Please send us a fit note that covers them; it may be dated back. Without one your sick pay may stop.

If it is on its way, or you are back already, please tell your manager.

{sender.name}""",  # noqa: E501
    subject_cy="Mae angen nodyn ffitrwydd arnom o {absence.lacking_from}",
    body_cy="""{person.greeting}

Rydych i ffwrdd ers {absence.first_day}. Nid oes gennym dystysgrif am y diwrnodau o {absence.lacking_from}. Anfonwch nodyn ffitrwydd sy'n eu cwmpasu; gellir ei ôl-ddyddio. Hebddo gall eich tâl salwch ddod i ben.

Os yw ar ei ffordd, neu os ydych yn ôl eisoes, dywedwch wrth eich rheolwr.

{sender.name}""",  # noqa: E501
)

HALF_PAY: Final = BuiltIn(
    key="absence-half-pay",
    name="Warning of half pay",
    name_cy="Rhybudd o hanner tâl",
    subject_en="Your pay from {absence.half_pay_from}",
    body_en="""{person.greeting}

You have been off since {absence.first_day}. If you are still off on {absence.half_pay_from}, your pay falls to half from that day. It may be extended: if you think it should be, answer this letter and say why. Your manager or your staff association can help.

{sender.name}""",  # noqa: E501
    subject_cy="Eich tâl o {absence.half_pay_from}",
    body_cy="""{person.greeting}

Rydych i ffwrdd ers {absence.first_day}. Os byddwch i ffwrdd o hyd ar {absence.half_pay_from}, bydd eich tâl yn gostwng i hanner o'r diwrnod hwnnw. Gellir ei ymestyn: os ydych yn meddwl y dylid, atebwch y llythyr hwn gan ddweud pam. Gall eich rheolwr neu'ch cymdeithas staff helpu.

{sender.name}""",  # noqa: E501
)

REFERRED: Final = BuiltIn(
    key="oh_referral_copy",
    name="What occupational health is asked",
    name_cy="Yr hyn a ofynnir i iechyd galwedigaethol",
    subject_en="What we ask occupational health",
    body_en="""{person.greeting}

With your consent we have asked occupational health about your work: when you may be back, and what would help. They tell us that and nothing of what you suffer from.

This is what we asked:
{absence.asked}

You may take your consent back at any time: tell your manager.

{sender.name}""",  # noqa: E501
    subject_cy="Yr hyn a ofynnwn i iechyd galwedigaethol",
    body_cy="""{person.greeting}

Gyda'ch cydsyniad rydym wedi gofyn i iechyd galwedigaethol am eich gwaith: pryd y gallech fod yn ôl, a beth fyddai'n helpu. Dywedant hynny wrthym a dim am yr hyn sy'n bod arnoch.

Dyma'r hyn a ofynnwyd:
{absence.asked}

Cewch dynnu eich cydsyniad yn ôl ar unrhyw adeg: dywedwch wrth eich rheolwr.

{sender.name}""",  # noqa: E501
)

LETTERS: Final = (SELF, ENDING, MISSING, HALF_PAY, REFERRED)
