"""The letters with which somebody is offered a job."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from moothall.letters.rules.built_in import BuiltIn
from moothall.letters.rules.fields import Field

CONDITIONAL = BuiltIn(
    key="offer-conditional", name="Conditional offer", name_cy="Cynnig amodol",
    subject_en="We would like to offer you a job: {offer.job}",
    body_en="""{person.greeting}

We are pleased to offer you the job of **{offer.job}**, grade {offer.grade}, {offer.hours} hours a week, \
{offer.pay}.

The offer stands if the checks that the job needs are good. Do not give notice where you work now before \
we have \
written to you again.

Please accept or decline by {offer.by}, and name your referees, on your page:

{application.link}

{case.team}""",
    subject_cy="Hoffem gynnig swydd i chi: {offer.job}",
    body_cy="""{person.greeting}

Mae'n bleser gennym gynnig swydd **{offer.job}** i chi, gradd {offer.grade}, {offer.hours} awr yr wythnos, \
{offer.pay}.

Mae'r cynnig yn sefyll os yw'r gwiriadau y mae eu hangen ar y swydd yn foddhaol. Peidiwch â rhoi rhybudd lle \
rydych yn gweithio nawr cyn i ni ysgrifennu atoch eto.

Derbyniwch neu gwrthodwch erbyn {offer.by}, os gwelwch yn dda, ac enwch eich canolwyr, ar eich tudalen:

{application.link}

{case.team}""",
)  # fmt: skip
FINAL = BuiltIn(
    key="offer-final", name="Final offer and main terms", name_cy="Cynnig terfynol a phrif delerau",
    subject_en="Your job with us: {offer.job}, from {offer.starts}",
    body_en="""{person.greeting}

Every check is good. We offer you the job of **{offer.job}** without conditions.

- Your first day: **{offer.starts}**
- Grade: {offer.grade}
- Hours a week: {offer.hours}
- Pay: {offer.pay}

Please accept or decline by {offer.by} on your page. You can give notice where you work now once you have:

{application.link}

{case.team}""",
    subject_cy="Eich swydd gyda ni: {offer.job}, o {offer.starts}",
    body_cy="""{person.greeting}

Mae pob gwiriad yn foddhaol. Rydym yn cynnig swydd **{offer.job}** i chi heb amodau.

- Eich diwrnod cyntaf: **{offer.starts}**
- Gradd: {offer.grade}
- Oriau'r wythnos: {offer.hours}
- Cyflog: {offer.pay}

Derbyniwch neu gwrthodwch erbyn {offer.by}, os gwelwch yn dda, ar eich tudalen. Gallwch roi rhybudd lle \
rydych \
yn gweithio nawr ar ôl gwneud hynny:

{application.link}

{case.team}""",
)  # fmt: skip
ACCEPTED = BuiltIn(
    key="offer-accepted", name="You have accepted our offer", name_cy="Rydych wedi derbyn ein cynnig",
    subject_en="Thank you for accepting: {offer.job}",
    body_en="""{person.greeting}

You have accepted our offer: {offer.job}. [[Your first day is {offer.starts}.]]

Your page says what comes next and whose turn it is:

{application.link}

{case.team}""",
    subject_cy="Diolch am dderbyn: {offer.job}",
    body_cy="""{person.greeting}

Rydych wedi derbyn ein cynnig: {offer.job}. [[Eich diwrnod cyntaf yw {offer.starts}.]]

Mae eich tudalen yn dweud beth sy'n dod nesaf a thro pwy yw hi:

{application.link}

{case.team}""",
)  # fmt: skip
LETTERS: Final = (CONDITIONAL, FINAL, ACCEPTED)

DECLARED: Final = (
    Field("offer.job", _("The job that is offered"), "Control room operator", "Gweithredwr ystafell reoli"),
    Field("offer.grade", _("Its grade"), "E"),
    Field("offer.hours", _("Its hours a week"), "37"),
    Field("offer.pay", _("What it pays, as the letter says it"), "£27,711 a year", "£27,711 y flwyddyn"),
    Field("offer.starts", _("The first day"), "4 January 2027", "4 Ionawr 2027"),
    Field("offer.by", _("Day by which an offer is answered"), "18 December 2026", "18 Rhagfyr 2026"),
)
