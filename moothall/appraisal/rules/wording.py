"""Letters about appraisals, and what they may say."""

from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from moothall.appraisal.models import Appraisal, Cycle, Mentoring
from moothall.letters.rules.built_in import BuiltIn
from moothall.letters.rules.fields import Field

DECLARED: Final = (
    Field("appraisal.cycle", _("The cycle of appraisals"), "Appraisal 2026/27", "Arfarniad 2026/27"),
    Field("appraisal.stage", _("What is to be done"), "agree objectives", "cytuno ar amcanion"),
    Field("appraisal.due", _("By which day"), "5 May 2026", "5 Mai 2026"),
    Field("appraisal.overall", _("The overall rating"), "Good", "Da"),
    Field("appraisal.people", _("How many people of a manager's team it is about"), "4"),
    Field("appraisal.link", _("Where the appraisal stands"), "https://example.org/me/appraisal/"),
)

LAUNCH: Final = BuiltIn(
    key="pdr_launch",
    name="An appraisal cycle has begun",
    name_cy="Mae cylch arfarnu wedi dechrau",
    subject_en="{appraisal.cycle}: your appraisal",
    body_en="""{person.greeting}

{appraisal.cycle} has begun. Please agree your objectives with your manager by {appraisal.due}: either of you can write them, and they hold once both have agreed.

Your appraisal is here: {appraisal.link}""",  # noqa: E501
    subject_cy="{appraisal.cycle}: eich arfarniad",
    body_cy="""{person.greeting}

Mae {appraisal.cycle} wedi dechrau. Cytunwch ar eich amcanion gyda'ch rheolwr erbyn {appraisal.due}: gall y naill neu'r llall eu hysgrifennu, ac maent yn sefyll unwaith i'r ddau gytuno.

Mae eich arfarniad yma: {appraisal.link}""",  # noqa: E501
)

REMINDER: Final = BuiltIn(
    key="pdr_reminder",
    name="A stage of an appraisal is to be done",
    name_cy="Mae cam o arfarniad i'w gwblhau",
    subject_en="{appraisal.cycle}: {appraisal.stage} by {appraisal.due}",
    body_en="""{person.greeting}

{appraisal.cycle} waits for you to {appraisal.stage}. The day for it is {appraisal.due}. [[In your team this is about so many people: {appraisal.people}.]]

It is done here: {appraisal.link}""",  # noqa: E501
    subject_cy="{appraisal.cycle}: {appraisal.stage} erbyn {appraisal.due}",
    body_cy="""{person.greeting}

Mae {appraisal.cycle} yn aros i chi wneud hyn: {appraisal.stage}. Y diwrnod ar gyfer hynny yw {appraisal.due}. [[Yn eich tîm mae hyn yn ymwneud â'r nifer hwn o bobl: {appraisal.people}.]]

Gellir ei wneud yma: {appraisal.link}""",  # noqa: E501
)

WEEKLY: Final = BuiltIn(
    key="pdr_weekly",
    name="What is late in appraisals, each week",
    name_cy="Yr hyn sy'n hwyr mewn arfarniadau, bob wythnos",
    subject_en="{appraisal.cycle}: this is late and waits for you",
    body_en="""{person.greeting}

This is late in {appraisal.cycle} and waits for you.

[[In your own appraisal: {appraisal.stage}. The day for it was {appraisal.due}.]]

[[In your team it waits for you with so many people: {appraisal.people}.]]

It is done here: {appraisal.link}

You have this letter once a week at most, and no more of them once it is done.""",
    subject_cy="{appraisal.cycle}: mae hyn yn hwyr ac yn aros amdanoch",
    body_cy="""{person.greeting}

Mae hyn yn hwyr yn {appraisal.cycle} ac yn aros amdanoch.

[[Yn eich arfarniad eich hun: {appraisal.stage}. Y diwrnod ar ei gyfer oedd {appraisal.due}.]]

[[Yn eich tîm mae'n aros amdanoch gyda'r nifer hwn o bobl: {appraisal.people}.]]

Gellir ei wneud yma: {appraisal.link}

Cewch y llythyr hwn unwaith yr wythnos ar y mwyaf, a dim mwy ohonynt unwaith y bydd wedi'i wneud.""",
)

OUTCOME: Final = BuiltIn(
    key="pdr_outcome",
    name="An appraisal is complete",
    name_cy="Mae arfarniad wedi'i gwblhau",
    subject_en="{appraisal.cycle}: your appraisal is complete",
    body_en="""{person.greeting}

You and your manager have both signed your appraisal in {appraisal.cycle}. The overall rating is: {appraisal.overall}.

You can read all of it here: {appraisal.link}""",  # noqa: E501
    subject_cy="{appraisal.cycle}: mae eich arfarniad wedi'i gwblhau",
    body_cy="""{person.greeting}

Rydych chi a'ch rheolwr wedi llofnodi eich arfarniad yn {appraisal.cycle}. Y radd gyffredinol yw: {appraisal.overall}.

Gallwch ddarllen y cyfan yma: {appraisal.link}""",  # noqa: E501
)

MENTORING: Final = (
    Field("mentoring.mentor", _("Who is the mentor"), "Tomos Bielak"),
    Field("mentoring.mentee", _("Who is mentored"), "Siân Okafor"),
    Field("mentoring.wants", _("What they want from it"), "To chair meetings", "Cadeirio cyfarfodydd"),
    Field("mentoring.link", _("Where it stands"), "https://example.org/employees/E1/development/"),
)

MATCH: Final = BuiltIn(
    key="mentor_match",
    name="A mentor is found",
    name_cy="Mae mentor wedi'i ganfod",
    subject_en="{mentoring.mentor} and {mentoring.mentee}: mentoring",
    body_en="""{person.greeting}

{mentoring.mentor} is now the mentor of {mentoring.mentee}. This is what it is for: {mentoring.wants}

Please agree how often you meet. Either of you can end it at any time, here: {mentoring.link}""",
    subject_cy="{mentoring.mentor} a {mentoring.mentee}: mentora",
    body_cy="""{person.greeting}

{mentoring.mentor} yw mentor {mentoring.mentee} bellach. Dyma ddiben hyn: {mentoring.wants}

Cytunwch pa mor aml y byddwch yn cwrdd. Gall y naill neu'r llall ei ddirwyn i ben unrhyw bryd, yma: {mentoring.link}""",  # noqa: E501
)

LETTERS: Final = (LAUNCH, REMINDER, WEEKLY, OUTCOME, MATCH)

# What a stage asks for, as it stands in the middle of a sentence of a letter.
ASKS: Final = {
    "en": {
        "OBJECTIVES": "agree objectives", "SELF": "write your own view of the year",
        "RATING": "give the rating", "SECOND": "take a second look at ratings", "SIGN": "sign",
    },
    "cy": {
        "OBJECTIVES": "cytuno ar amcanion", "SELF": "ysgrifennu eich barn eich hun am y flwyddyn",
        "RATING": "rhoi'r radd", "SECOND": "edrych eto ar raddau", "SIGN": "llofnodi",
    },
}  # fmt: skip


def fields_of(appraisal: Any, language: str) -> dict[str, str]:
    """What a letter about this appraisal may say, in that language."""
    held: Appraisal = appraisal
    return {
        "appraisal.cycle": held.cycle.name_in(language),
        "appraisal.overall": held.overall.name_in(language) if held.overall else "",
    }


def fields_of_cycle(cycle: Any, language: str) -> dict[str, str]:
    held: Cycle = cycle
    return {"appraisal.cycle": held.name_in(language)}


def fields_of_mentoring(mentoring: Any, language: str) -> dict[str, str]:
    held: Mentoring = mentoring
    return {
        "mentoring.mentor": held.mentor.person.full_name if held.mentor else "",
        "mentoring.mentee": held.mentee.person.full_name, "mentoring.wants": held.wants,
    }  # fmt: skip
