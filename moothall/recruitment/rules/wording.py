"""The letters to those who apply."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from moothall.letters.rules.built_in import BuiltIn
from moothall.letters.rules.fields import Field

KEPT = BuiltIn(
    key="application-kept", name="Come back to your application", name_cy="Dewch yn ôl at eich cais am swydd",
    subject_en="Come back to your application: {application.campaign}",
    body_en="""Your application for “{application.campaign}” is kept, and not sent yet. Go on with it here:

{application.link}

We keep it until {application.until}. You can send it until {application.closes}. Whoever has this link can \
read what you wrote, so do not pass it on.""",
    subject_cy="Dewch yn ôl at eich cais: {application.campaign}",
    body_cy="""Mae eich cais am “{application.campaign}” wedi'i gadw, ond heb ei anfon eto. Ewch ymlaen yma:

{application.link}

Byddwn yn ei gadw tan {application.until}. Gallwch ei anfon tan {application.closes}. Gall unrhyw un sydd \
â'r ddolen hon ddarllen yr hyn a ysgrifennoch, felly peidiwch â'i rhannu.""",
)  # fmt: skip
RECEIVED = BuiltIn(
    key="application-received", name="We have your application",
    name_cy="Mae eich cais am swydd wedi ein cyrraedd",
    subject_en="We have your application: {application.campaign}",
    body_en="""{person.greeting}

Thank you for applying: “{application.campaign}”, {application.route}. Your application is \
**{application.number}**.

You can see where it is and whose turn it is, send us files and write to us, here:

{application.link}

This link is yours alone. Applications close on {application.closes}. You will hear from us at every change, \
and in between if something takes longer. Writing to us in Welsh causes no delay.

{case.team}""",
    subject_cy="Mae eich cais wedi ein cyrraedd: {application.campaign}",
    body_cy="""{person.greeting}

Diolch am wneud cais: “{application.campaign}”, {application.route}. Rhif eich cais yw \
**{application.number}**.

Gallwch weld ble mae'r cais a thro pwy yw hi, anfon ffeiliau ac ysgrifennu atom, yma:

{application.link}

Chi yn unig biau'r ddolen hon. Bydd y ceisiadau'n cau ar {application.closes}. Byddwch yn clywed gennym bob \
tro y bydd rhywbeth yn newid, ac yn y cyfamser os bydd rhywbeth yn cymryd mwy o amser. Ni fydd ysgrifennu \
atom yn Gymraeg yn arwain at oedi.

{case.team}""",
)  # fmt: skip
WITHDRAWN = BuiltIn(
    key="application-withdrawn", name="Your application is withdrawn",
    name_cy="Mae eich cais am swydd wedi'i dynnu'n ôl",
    subject_en="Your application is withdrawn: {application.campaign}",
    body_en="""{person.greeting}

Application {application.number} for “{application.campaign}” is withdrawn, as you asked. Thank you for your \
interest. If this was a mistake, reply to this message.

{case.team}""",
    subject_cy="Mae eich cais wedi'i dynnu'n ôl: {application.campaign}",
    body_cy="""{person.greeting}

Mae cais {application.number} am “{application.campaign}” wedi'i dynnu'n ôl, fel y gofynnoch. Diolch am eich \
diddordeb. Os camgymeriad oedd hyn, atebwch y neges hon.

{case.team}""",
)  # fmt: skip
UPDATE = BuiltIn(
    key="application-update", name="How your application is going",
    name_cy="Sut mae eich cais am swydd yn mynd",
    subject_en="How your application is going: {application.campaign}",
    body_en="""{person.greeting}

Your application {application.number} for “{application.campaign}” is at this stage: **{application.stage}**.

{application.turn}

[[The reason it takes time: {application.because}.]]

[[The next date: {application.next}.]]

You can follow it here:

{application.link}

{case.team}""",
    subject_cy="Sut mae eich cais yn mynd: {application.campaign}",
    body_cy="""{person.greeting}

Mae eich cais {application.number} am “{application.campaign}” ar y cam hwn: **{application.stage}**.

{application.turn}

[[Pam mae'n cymryd amser: {application.because}.]]

[[Y dyddiad nesaf: {application.next}.]]

Gallwch ei ddilyn yma:

{application.link}

{case.team}""",
)  # fmt: skip
NOT_FURTHER = BuiltIn(
    key="application-unsuccessful", name="An application is not successful",
    name_cy="Nid yw cais am swydd wedi llwyddo",
    subject_en="Your application: {application.campaign}",
    body_en="""{person.greeting}

Thank you for your application {application.number} for “{application.campaign}”, and for the time you \
gave to it. We have decided about it, and do not take it further.

Your page shows how far it came. Write to us if you would like to hear more about why:

{application.link}

{case.team}""",
    subject_cy="Eich cais: {application.campaign}",
    body_cy="""{person.greeting}

Diolch am eich cais {application.number} am “{application.campaign}”, ac am yr amser a roesoch iddo. \
Rydym wedi penderfynu yn ei gylch, ac nid ydym yn mynd ag ef ymhellach.

Mae eich tudalen yn dangos pa mor bell y daeth. Ysgrifennwch atom os hoffech glywed mwy am y rheswm:

{application.link}

{case.team}""",
)  # fmt: skip
LETTERS: Final = (KEPT, RECEIVED, WITHDRAWN, UPDATE, NOT_FURTHER)

DECLARED: Final = (
    Field("application.number", _("Number of the application"), "A-000123"),
    Field("application.campaign", _("Name of the campaign"), "Police constables", "Cwnstabliaid heddlu"),
    Field("application.route", _("Route of entry"), "Degree holder entry", "Mynediad i raddedigion"),
    Field("application.link", _("The link to the applicant’s own page"), "https://example.org/jobs/…"),
    Field("application.closes", _("Last day to apply"), "11 December 2026", "11 Rhagfyr 2026"),
    Field(
        "application.until", _("Day until which an application is kept"), "1 December 2026", "1 Rhagfyr 2026"
    ),
    Field("application.stage", _("Stage of the application"), "Interview", "Cyfweliad"),
    Field("application.turn", _("Whose turn it is, as a sentence"), "It is our turn.", "Ein tro ni yw hi."),
    Field(
        "application.because",
        _("Why it takes time"),
        "vetting takes longer",
        "mae fetio'n cymryd mwy o amser",
    ),
    Field("application.next", _("The next date"), "4 January 2027", "4 Ionawr 2027"),
)
