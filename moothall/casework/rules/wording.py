"""Letters that come with contacts with care, and what they may say besides."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from moothall.letters.rules.built_in import BuiltIn
from moothall.letters.rules.fields import Field

DAY: Final = "{day}"
"""Stands for the day asked for in a letter that is still being written."""

FIELDS: Final = (
    Field("approach.for", _("On whose behalf another body is written to"), "Emrys Puw"),
    Field("approach.authority", _("By what authority"), "their written consent", "eu cydsyniad ysgrifenedig"),
    Field("approach.subject", _("Subject of the letter to the other body"), "The lift at Ysgol Bro Gwyn"),
    Field("approach.sent_on", _("Day the other body was written to"), "5 May 2026", "5 Mai 2026"),
    Field("approach.asked_by", _("Day its answer was asked for"), "3 June 2026", "3 Mehefin 2026"),
    Field("approach.reply_by", _("Day its answer is asked for now"), "17 June 2026", "17 Mehefin 2026"),
    Field("holding.until", _("Day by which they will hear from us"), "17 June 2026", "17 Mehefin 2026"),
    Field("approach.number", _("Number of the reminder"), "2"),
)

APPROACH: Final = BuiltIn(
    key="approach",
    name="Letter to another body",
    name_cy="Llythyr at gorff arall",
    subject_en="{case.title}",
    body_en="""{person.greeting}

[[{approach.for} has asked us to write to you about this.]] [[We act by {approach.authority}.]]

[what has happened, and what you are asked to do]

Please let us have your answer by {approach.reply_by}, and quote {case.reference}. If it will take longer, please tell us when we can expect it.

{sender.name}
{case.team}""",  # noqa: E501
    subject_cy="{case.title}",
    body_cy="""{person.greeting}

[[Mae {approach.for} wedi gofyn i ni ysgrifennu atoch am hyn.]] [[Rydym yn gweithredu trwy {approach.authority}.]]

[beth sydd wedi digwydd, a beth y gofynnir i chi ei wneud]

Anfonwch eich ateb atom erbyn {approach.reply_by}, gan ddyfynnu {case.reference}. Os bydd yn cymryd mwy o amser, rhowch wybod pryd y gallwn ei ddisgwyl.

{sender.name}
{case.team}""",  # noqa: E501
)

CHASER: Final = BuiltIn(
    key="approach-chaser",
    name="Reminder to another body",
    name_cy="Nodyn atgoffa at gorff arall",
    subject_en="Reminder: {approach.subject}",
    body_en="""{person.greeting}

We wrote to you on {approach.sent_on} and asked for an answer by {approach.asked_by}. We cannot find that we have had one. This is reminder {approach.number}.

Please let us have it by {approach.reply_by}, and quote {case.reference}. If you have answered already, please send us a copy.

{sender.name}
{case.team}""",  # noqa: E501
    subject_cy="Nodyn atgoffa: {approach.subject}",
    body_cy="""{person.greeting}

Ysgrifenasom atoch ar {approach.sent_on} gan ofyn am ateb erbyn {approach.asked_by}. Nid ydym yn gallu gweld i ni gael un. Dyma nodyn atgoffa {approach.number}.

Anfonwch ef atom erbyn {approach.reply_by}, gan ddyfynnu {case.reference}. Os ydych wedi ateb yn barod, anfonwch gopi atom.

{sender.name}
{case.team}""",  # noqa: E501
)

HOLDING: Final = BuiltIn(
    key="holding-reply",
    name="Holding reply",
    name_cy="Ateb dros dro",
    subject_en="We are working on it: {case.title}",
    body_en="""{person.greeting}

You got in touch with us on {case.received} about “{case.title}” ({case.reference}). We are sorry that it takes longer than we said. We are still working on it, and you will hear from us by {holding.until}.

You need do nothing now. If something has changed, answer this message.

{sender.name}
{case.team}""",  # noqa: E501
    subject_cy="Rydym yn gweithio arno: {case.title}",
    body_cy="""{person.greeting}

Cysylltoch â ni ar {case.received} ynghylch “{case.title}” ({case.reference}). Mae'n ddrwg gennym ei fod yn cymryd mwy o amser nag a ddywedwyd. Rydym yn dal i weithio arno, a byddwch yn clywed gennym erbyn {holding.until}.

Nid oes angen i chi wneud dim nawr. Os oes rhywbeth wedi newid, atebwch y neges hon.

{sender.name}
{case.team}""",  # noqa: E501
)

PLAN: Final = BuiltIn(
    key="contact-plan",
    name="How you can contact us from now on",
    name_cy="Sut y gallwch gysylltu â ni o hyn ymlaen",
    subject_en="How you can contact us from {plan.from_on}",
    body_en="""{person.greeting}

We are writing because of your recent contact with us. [what has happened, and when]

From {plan.from_on} until {plan.until_on}: {plan.how}

We will look at this again on {plan.review_on}. It does not change your right to our services or to complain about us.

If you think this is wrong, answer this letter and say why. Somebody who had no part in the decision will look at it.

{sender.name}""",  # noqa: E501
    subject_cy="Sut y gallwch gysylltu â ni o {plan.from_on}",
    body_cy="""{person.greeting}

Rydym yn ysgrifennu oherwydd eich cysylltiad diweddar â ni. [beth sydd wedi digwydd, a phryd]

O {plan.from_on} tan {plan.until_on}: {plan.how}

Byddwn yn edrych ar hyn eto ar {plan.review_on}. Nid yw'n newid eich hawl i'n gwasanaethau nac i gwyno amdanom.

Os ydych yn meddwl bod hyn yn anghywir, atebwch y llythyr hwn gan ddweud pam. Bydd rhywun na fu â rhan yn y penderfyniad yn edrych arno.

{sender.name}""",  # noqa: E501
)

PLAN_FIELDS: Final = (
    Field("plan.how", _("How they may contact us"), "Only by email.", "Drwy e-bost yn unig."),
    Field("plan.from_on", _("First day of the contact plan"), "5 May 2026", "5 Mai 2026"),
    Field("plan.until_on", _("Last day of the contact plan"), "4 November 2026", "4 Tachwedd 2026"),
    Field("plan.review_on", _("Day the contact plan is looked at again"), "5 August 2026", "5 Awst 2026"),
)

LETTERS: Final = (APPROACH, CHASER, HOLDING, PLAN)
