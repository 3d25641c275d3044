"""The letters of an action for many."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from moothall.letters.rules.built_in import BuiltIn
from moothall.letters.rules.fields import Field

NOT_TAKEN = BuiltIn(
    key="application-not-taken-further", name="Your application is not taken further",
    name_cy="Nid yw eich cais am swydd yn mynd ymhellach",
    subject_en="Your application: {application.campaign}",
    body_en="""{person.greeting}

Thank you for applying: “{application.campaign}”. We are not taking application {application.number} further.

Why: {application.reason}

If you think that we have made a mistake, or would like to hear more, reply to this message.

{case.team}""",
    subject_cy="Eich cais: {application.campaign}",
    body_cy="""{person.greeting}

Diolch am wneud cais: “{application.campaign}”. Ni fyddwn yn mynd â chais {application.number} ymhellach.

Pam: {application.reason}

Os ydych yn meddwl ein bod wedi gwneud camgymeriad, neu os hoffech glywed rhagor, atebwch y neges hon.

{case.team}""",
)  # fmt: skip
ASKED = BuiltIn(
    key="application-document-asked", name="Please send us a document for your application",
    name_cy="Anfonwch ddogfen atom ar gyfer eich cais am swydd",
    subject_en="Please send us something: {application.campaign}",
    body_en="""{person.greeting}

For application {application.number}, “{application.campaign}”, please send us:

{application.asked}

You can do that on your own page until {application.next}:

{application.link}

If you cannot, or need longer, write to us there.

{case.team}""",
    subject_cy="Anfonwch rywbeth atom: {application.campaign}",
    body_cy="""{person.greeting}

Ar gyfer cais {application.number}, “{application.campaign}”, anfonwch atom:

{application.asked}

Gallwch wneud hynny ar eich tudalen eich hun tan {application.next}:

{application.link}

Os na allwch, neu os oes angen mwy o amser arnoch, ysgrifennwch atom yno.

{case.team}""",
)  # fmt: skip
LETTERS: Final = (NOT_TAKEN, ASKED)
DECLARED: Final = (
    Field(
        "application.reason", _("Why an application is not taken further"),
        "An essential criterion is not met", "Ni chafodd maen prawf hanfodol ei fodloni",
    ),
    Field("application.asked", _("What an applicant is asked for"), "Your certificate", "Eich tystysgrif"),
)  # fmt: skip
