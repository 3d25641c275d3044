"""The letters about references: to referees, and to applicants whose referee does not answer."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from moothall.letters.rules.built_in import BuiltIn
from moothall.letters.rules.fields import Field

REQUEST = BuiltIn(
    key="reference-asked", name="A reference is asked for", name_cy="Gofyn am eirda",
    subject_en="A reference for {referee.applicant}",
    body_en="""Dear {referee.name}

{referee.applicant} has applied to us (“{application.campaign}”) and named you as somebody who knows their \
work.

Please answer a few questions here. You need no account, can save and come back, and can write in English or \
Welsh:

{referee.link}

Please answer by {referee.by}. If you cannot give a reference, say so on the same page. This link is yours \
alone.

{case.team}""",
    subject_cy="Geirda i {referee.applicant}",
    body_cy="""Annwyl {referee.name}

Mae {referee.applicant} wedi gwneud cais i ni (“{application.campaign}”) ac wedi'ch enwi fel rhywun sy'n \
adnabod \
eu gwaith.

Atebwch ychydig o gwestiynau yma, os gwelwch yn dda. Nid oes angen cyfrif arnoch, gallwch gadw a dod yn \
ôl, a \
gallwch ysgrifennu yn Gymraeg neu yn Saesneg:

{referee.link}

Atebwch erbyn {referee.by}, os gwelwch yn dda. Os na allwch roi geirda, dywedwch hynny ar yr un dudalen. \
Chi yn \
unig biau'r ddolen hon.

{case.team}""",
)  # fmt: skip
REMINDER = BuiltIn(
    key="reference-reminder", name="A reference is still outstanding", name_cy="Geirda heb ddod eto",
    subject_en="Still needed: a reference for {referee.applicant}",
    body_en="""Dear {referee.name}

We asked you for a reference for {referee.applicant} and have not had it yet. They cannot start before it \
is here.

{referee.link}

Please answer by {referee.by}, or say on the same page that you cannot.

{case.team}""",
    subject_cy="Ei angen o hyd: geirda i {referee.applicant}",
    body_cy="""Annwyl {referee.name}

Gofynnom i chi am eirda i {referee.applicant} ac nid yw wedi ein cyrraedd eto. Ni allant ddechrau cyn iddo \
ddod.

{referee.link}

Atebwch erbyn {referee.by}, os gwelwch yn dda, neu dywedwch ar yr un dudalen na allwch.

{case.team}""",
)  # fmt: skip
HELP = BuiltIn(
    key="reference-help", name="A referee has not answered", name_cy="Canolwr heb ateb",
    subject_en="We need your help with a reference: {application.campaign}",
    body_en="""{person.greeting}

{referee.name} has not sent us a reference, though we have asked. Please speak to them, or name somebody \
else, \
on your page:

{application.link}

If nobody can be reached, papers that show when you worked or studied there can do instead. You can send \
them on \
the same page.

{case.team}""",
    subject_cy="Mae angen eich help gyda geirda: {application.campaign}",
    body_cy="""{person.greeting}

Nid yw {referee.name} wedi anfon geirda atom, er i ni ofyn. Siaradwch â nhw, os gwelwch yn dda, neu enwch \
rywun \
arall, ar eich tudalen:

{application.link}

Os na ellir cyrraedd neb, gall papurau sy'n dangos pryd y buoch yn gweithio neu'n astudio yno wneud y tro. \
Gallwch eu hanfon ar yr un dudalen.

{case.team}""",
)  # fmt: skip
LETTERS: Final = (REQUEST, REMINDER, HELP)

DECLARED: Final = (
    Field("referee.name", _("Name of the referee"), "Dr Imran Whittaker"),
    Field("referee.applicant", _("Name of the applicant"), "Ysolde Bello"),
    Field("referee.link", _("The link to the referee’s own page"), "https://example.org/references/…"),
    Field("referee.by", _("Day by which a reference is needed"), "18 December 2026", "18 Rhagfyr 2026"),
)
