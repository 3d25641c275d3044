"""Letters that come with employee casework, and what they may say besides."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from moothall.letters.rules.built_in import BuiltIn
from moothall.letters.rules.fields import Field

FIELDS: Final = (
    Field("matter.kind", _("Kind of matter"), "Disciplinary", "Disgyblu"),
    Field("matter.notice", _("Days of notice of a formal meeting"), "5"),
    Field("meeting.kind", _("What kind of meeting it is"), "Hearing", "Gwrandawiad"),
    Field("meeting.day", _("Day of the meeting"), "5 May 2026", "5 Mai 2026"),
    Field("meeting.time", _("Time of the meeting"), "10:00"),
    Field("meeting.place", _("Place of the meeting"), "Room 2"),
    Field("meeting.chair", _("Who chairs the meeting"), "Nia Oyelaran"),
    Field("outcome.name", _("What was decided"), "First written warning", "Rhybudd ysgrifenedig cyntaf"),
    Field("outcome.reasons", _("Why it was decided"), "You were late on nine days."),
    Field("outcome.decided_on", _("Day it was decided"), "5 May 2026", "5 Mai 2026"),
    Field("outcome.live_until", _("Last day it counts"), "5 November 2026", "5 Tachwedd 2026"),
    Field("outcome.appeal_by", _("Last day to appeal"), "19 May 2026", "19 Mai 2026"),
)

HEARING: Final = BuiltIn(
    key="matter-hearing",
    name="Invitation to a hearing",
    name_cy="Gwahoddiad i wrandawiad",
    subject_en="Invitation to a meeting on {meeting.day}",
    body_en="""{person.greeting}

Please come to a formal meeting on {meeting.day} at {meeting.time}. Place: {meeting.place}. [[{meeting.chair} will chair it.]]

The meeting is about: {matter.kind}. [what is alleged or in question, and what could come of it]

You have the right to bring a companion: a colleague, or an official of a trade union or staff association. Please tell us who it is. If they cannot come on that day, tell us and suggest another within five working days.

The papers that will be looked at [are enclosed, or will reach you by such a day]. You may send us papers of your own and name witnesses before the meeting.

Please tell us if you need anything to take part, such as an interpreter or another place.

{sender.name}
{case.team}""",  # noqa: E501
    subject_cy="Gwahoddiad i gyfarfod ar {meeting.day}",
    body_cy="""{person.greeting}

Dewch i gyfarfod ffurfiol ar {meeting.day} am {meeting.time}. Lleoliad: {meeting.place}. [[{meeting.chair} fydd yn cadeirio.]]

Mae'r cyfarfod yn ymwneud â: {matter.kind}. [yr hyn a honnir neu sydd dan sylw, a'r hyn a allai ddeillio ohono]

Mae gennych hawl i ddod â chydymaith: cydweithiwr, neu swyddog undeb llafur neu gymdeithas staff. Dywedwch wrthym pwy. Os na allant ddod ar y diwrnod hwnnw, rhowch wybod i ni ac awgrymwch ddiwrnod arall o fewn pum diwrnod gwaith.

Mae'r papurau a ystyrir [wedi'u hamgáu, neu'n eich cyrraedd erbyn diwrnod penodol]. Cewch anfon papurau eich hun atom ac enwi tystion cyn y cyfarfod.

Rhowch wybod i ni os oes angen unrhyw beth arnoch i gymryd rhan, megis cyfieithydd neu leoliad arall.

{sender.name}
{case.team}""",  # noqa: E501
)

MEETING: Final = BuiltIn(
    key="matter-meeting",
    name="Invitation to a meeting",
    name_cy="Gwahoddiad i gyfarfod",
    subject_en="Invitation to a meeting on {meeting.day}",
    body_en="""{person.greeting}

We would like to meet you on {meeting.day} at {meeting.time}. Place: {meeting.place}. It is this kind of meeting: {meeting.kind}.

[what it is for, and what will happen afterwards]

You may bring somebody with you. Please tell us who, and whether you need anything to take part.

{sender.name}
{case.team}""",  # noqa: E501
    subject_cy="Gwahoddiad i gyfarfod ar {meeting.day}",
    body_cy="""{person.greeting}

Hoffem gwrdd â chi ar {meeting.day} am {meeting.time}. Lleoliad: {meeting.place}. Dyma'r math o gyfarfod: {meeting.kind}.

[ei ddiben, a beth fydd yn digwydd wedyn]

Cewch ddod â rhywun gyda chi. Dywedwch wrthym pwy, ac a oes angen unrhyw beth arnoch i gymryd rhan.

{sender.name}
{case.team}""",  # noqa: E501
)

OUTCOME: Final = BuiltIn(
    key="matter-outcome",
    name="Outcome with reasons and the right to appeal",
    name_cy="Canlyniad gyda rhesymau a'r hawl i apelio",
    subject_en="Outcome of the meeting",
    body_en="""{person.greeting}

We have decided: {outcome.name}.

Our reasons: {outcome.reasons}

[[It counts until {outcome.live_until} and is disregarded after that day.]]

You may appeal. Write to us by {outcome.appeal_by} and say why. Somebody who had no part in this decision will hear it.

{sender.name}
{case.team}""",  # noqa: E501
    subject_cy="Canlyniad y cyfarfod",
    body_cy="""{person.greeting}

Rydym wedi penderfynu: {outcome.name}.

Ein rhesymau: {outcome.reasons}

[[Mae'n cyfrif tan {outcome.live_until} ac fe'i diystyrir ar ôl y diwrnod hwnnw.]]

Cewch apelio. Ysgrifennwch atom erbyn {outcome.appeal_by} gan ddweud pam. Bydd rhywun na fu â rhan yn y penderfyniad hwn yn gwrando ar yr apêl.

{sender.name}
{case.team}""",  # noqa: E501
)

LAPSED: Final = BuiltIn(
    key="matter-lapsed",
    name="An outcome that no longer counts",
    name_cy="Canlyniad nad yw'n cyfrif mwyach",
    subject_en="It no longer counts: {outcome.name}",
    body_en="""{person.greeting}

On {outcome.decided_on} we decided: {outcome.name}. It counted until {outcome.live_until} and is disregarded from now on.

You need do nothing.

{case.team}""",  # noqa: E501
    subject_cy="Nid yw'n cyfrif mwyach: {outcome.name}",
    body_cy="""{person.greeting}

Ar {outcome.decided_on} penderfynasom: {outcome.name}. Roedd yn cyfrif tan {outcome.live_until} ac fe'i diystyrir o hyn ymlaen.

Nid oes angen i chi wneud dim.

{case.team}""",  # noqa: E501
)

LETTERS: Final = (HEARING, MEETING, OUTCOME, LAPSED)
