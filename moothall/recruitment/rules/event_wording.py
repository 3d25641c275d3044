"""The letters to candidates of a selection event, and what they may say."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from moothall.letters.rules.built_in import BuiltIn
from moothall.letters.rules.fields import Field

DETAILS_EN: Final = """When: **{event.when}**

Where: {event.where}

What you do: {event.what}

[[{event.about}]]

[[What we agreed to make it work for you: {event.help}]]

[[{event.choose}]]

The file puts it into your calendar. All of it is on your own page, where you can write to us too:

{application.link}

{case.team}"""
DETAILS_CY: Final = """Pryd: **{event.when}**

Ble: {event.where}

Beth fyddwch chi'n ei wneud: {event.what}

[[{event.about}]]

[[Yr hyn y cytunwyd arno er mwyn iddo weithio i chi: {event.help}]]

[[{event.choose}]]

Bydd y ffeil yn ei roi yn eich calendr. Mae'r cyfan ar eich tudalen eich hun, lle gallwch ysgrifennu atom \
hefyd:

{application.link}

{case.team}"""
INVITED = BuiltIn(
    key="selection-invited", name="Your day with us", name_cy="Eich diwrnod gyda ni",
    subject_en="You are invited: {event.name}",
    body_en="{person.greeting}\n\nWe would like to meet you: {event.name}.\n\n" + DETAILS_EN,
    subject_cy="Rydych wedi'ch gwahodd: {event.name}",
    body_cy="{person.greeting}\n\nHoffem gwrdd â chi: {event.name}.\n\n" + DETAILS_CY,
)  # fmt: skip
CHANGED = BuiltIn(
    key="selection-changed", name="Your day with us is changed",
    name_cy="Mae eich diwrnod gyda ni wedi newid",
    subject_en="Changed: {event.name}",
    body_en="{person.greeting}\n\nYour day with us, {event.name}, is changed. This is how it is now.\n\n"
    + DETAILS_EN,
    subject_cy="Wedi newid: {event.name}",
    body_cy="{person.greeting}\n\n"
    "Mae eich diwrnod gyda ni, {event.name}, wedi newid. Dyma sut y mae nawr.\n\n" + DETAILS_CY,
)  # fmt: skip
OFF = BuiltIn(
    key="selection-off", name="Your day with us does not take place",
    name_cy="Nid yw eich diwrnod gyda ni yn digwydd",
    subject_en="Does not take place: {event.name}",
    body_en="""{person.greeting}

{event.name} does not take place for you as we told you before. If another day is found, we write to you \
again.

The file takes it out of your calendar. You can follow your application here:

{application.link}

{case.team}""",
    subject_cy="Ddim yn digwydd: {event.name}",
    body_cy="""{person.greeting}

Nid yw {event.name} yn digwydd i chi fel y dywedwyd wrthych o'r blaen. Os ceir diwrnod arall, byddwn yn \
ysgrifennu atoch eto.

Bydd y ffeil yn ei dynnu o'ch calendr. Gallwch ddilyn eich cais yma:

{application.link}

{case.team}""",
)  # fmt: skip
RESULT = BuiltIn(
    key="selection-result", name="Your result", name_cy="Eich canlyniad",
    subject_en="Your result: {event.name}",
    body_en="""{person.greeting}

Your result of {event.name}: **{event.result}**

The reason: {event.reason}.

You can see what comes next, and ask us about it, here:

{application.link}

{case.team}""",
    subject_cy="Eich canlyniad: {event.name}",
    body_cy="""{person.greeting}

Eich canlyniad yn {event.name}: **{event.result}**

Y rheswm: {event.reason}.

Gallwch weld beth sy'n dod nesaf, a'n holi amdano, yma:

{application.link}

{case.team}""",
)  # fmt: skip
EVENT_LETTERS: Final = (INVITED, CHANGED, OFF, RESULT)

OF_EVENTS: Final = (
    Field("event.name", _("Name of the event"), "Interviews", "Cyfweliadau"),
    Field(
        "event.when", _("When somebody is there"), "Tuesday 1 December 2026, 09:30–12:10",
        "Dydd Mawrth 1 Rhagfyr 2026, 09:30–12:10",
    ),
    Field("event.where", _("Where somebody comes to"), "Training Centre", "Canolfan Hyfforddi"),
    Field("event.what", _("What somebody does there"), "09:30–10:00 Interview", "09:30–10:00 Cyfweliad"),
    Field("event.about", _("What to bring and to wear"), "Bring your passport.", "Dewch â'ch pasbort."),
    Field("event.help", _("What was agreed to help"), "25% more time", "25% yn fwy o amser"),
    Field(
        "event.choose", _("Until when another time can be taken"),
        "You can take another time until 25 November 2026.",
        "Gallwch ddewis amser arall tan 25 Tachwedd 2026.",
    ),
    Field("event.result", _("The result"), "Passed", "Llwyddodd"),
    Field("event.reason", _("Why somebody passed or did not"), "Every mark was reached"),
)  # fmt: skip
