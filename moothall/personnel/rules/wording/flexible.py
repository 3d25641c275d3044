# ruff: noqa: E501  (a paragraph of a letter is broken where it reads well)
"""Letters about flexible working, and what they may say besides."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from moothall.letters.rules.built_in import BuiltIn
from moothall.letters.rules.fields import Field

FIELDS: Final = (
    Field("flexible.received_on", _("Day the request came"), "5 May 2026", "5 Mai 2026"),
    Field("flexible.asks_for", _("What they asked for"), "To work from Monday to Thursday."),
    Field("flexible.decide_by", _("Day by which it is decided"), "5 July 2026", "5 Gorffennaf 2026"),
    Field("flexible.agreed_from", _("First day of the change"), "1 June 2026", "1 Mehefin 2026"),
    Field("flexible.trial_until", _("Last day of the trial"), "31 August 2026", "31 Awst 2026"),
    Field("flexible.ground", _("Ground of the refusal"), "Harm to quality", "Effaith niweidiol ar ansawdd"),
    Field("flexible.reasons", _("Why it was decided so"), "The desk would be empty on Fridays."),
    Field("flexible.meeting_day", _("Day of the meeting about it"), "12 May 2026", "12 Mai 2026"),
    Field("flexible.meeting_time", _("Time of the meeting about it"), "10:00"),
    Field("flexible.meeting_place", _("Place of the meeting about it"), "Room 2"),
    Field("flexible.appeal_result", _("What came of the appeal"), "Upheld", "Cadarnhawyd"),
    Field("flexible.appeal_reasons", _("Why the appeal was decided so"), "Cover has been found for Fridays."),
)  # fmt: skip
END: Final = "\n\n[[{sender.name}]]\n{office.name}"


def letter(key: str, name: str, name_cy: str, en: tuple[str, str], cy: tuple[str, str]) -> BuiltIn:
    """Subject and words in each language; how it opens and closes is the same for all."""
    body_en, body_cy = (f"{{person.greeting}}\n\n{words}{END}" for words in (en[1], cy[1]))
    return BuiltIn(key, name, name_cy, en[0], body_en, cy[0], body_cy)


ACKNOWLEDGED: Final = letter(
    "fw_ack", "Flexible working: we have your request", "Gweithio hyblyg: daeth eich cais i law",
    (
        "Your request for flexible working",
        "We have your request of {flexible.received_on}. You asked for this:\n\n{flexible.asks_for}\n\n"
        "[[You will have our decision, with any appeal, by {flexible.decide_by}.]]\n\n"
        "If we cannot simply agree, we will meet you first. You may bring a colleague or a trade union official.",
    ),
    (
        "Eich cais am weithio hyblyg",
        "Daeth eich cais dyddiedig {flexible.received_on} i law. Dyma'r hyn y gofynnoch amdano:\n\n"
        "{flexible.asks_for}\n\n[[Cewch ein penderfyniad, gan gynnwys unrhyw apêl, erbyn {flexible.decide_by}.]]"
        "\n\nOs na allwn gytuno ar unwaith, byddwn yn cwrdd â chi yn gyntaf. Cewch ddod â chydweithiwr neu "
        "swyddog undeb llafur gyda chi.",
    ),
)  # fmt: skip

MEETING: Final = letter(
    "fw_meeting", "Flexible working: invitation to a meeting", "Gweithio hyblyg: gwahoddiad i gyfarfod",
    (
        "Let us meet about your request for flexible working",
        "We would like to meet you about your request of {flexible.received_on}: on {flexible.meeting_day} at "
        "{flexible.meeting_time}. Place: {flexible.meeting_place}.\n\nWe will talk about what you asked for, and "
        "about what else could work. You may bring a colleague or a trade union official. If you cannot come, "
        "tell us and suggest another day.",
    ),
    (
        "Gadewch i ni gwrdd am eich cais am weithio hyblyg",
        "Hoffem gwrdd â chi am eich cais dyddiedig {flexible.received_on}: ar {flexible.meeting_day} am "
        "{flexible.meeting_time}. Lleoliad: {flexible.meeting_place}.\n\nByddwn yn trafod yr hyn y gofynnoch "
        "amdano, a beth arall allai weithio. Cewch ddod â chydweithiwr neu swyddog undeb llafur gyda chi. Os na "
        "allwch ddod, rhowch wybod i ni ac awgrymwch ddiwrnod arall.",
    ),
)  # fmt: skip

AGREED: Final = letter(
    "fw_agreed", "Flexible working: agreed", "Gweithio hyblyg: cytunwyd",
    (
        "Your request for flexible working is agreed",
        "We agree to your request of {flexible.received_on}. The change begins on {flexible.agreed_from} and stays "
        "until you and we agree otherwise.\n\n[[{flexible.reasons}]]\n\nThis letter changes your terms of work; "
        "please keep it.",
    ),
    (
        "Cytunwyd i'ch cais am weithio hyblyg",
        "Rydym yn cytuno i'ch cais dyddiedig {flexible.received_on}. Bydd y newid yn dechrau ar "
        "{flexible.agreed_from} ac yn parhau nes i chi a ninnau gytuno fel arall.\n\n[[{flexible.reasons}]]\n\nMae'r "
        "llythyr hwn yn newid eich telerau gwaith; cadwch ef os gwelwch yn dda.",
    ),
)  # fmt: skip

TRIAL: Final = letter(
    "fw_trial", "Flexible working: a trial", "Gweithio hyblyg: cyfnod prawf",
    (
        "Your request for flexible working: let us try it",
        "We would like to try out what you asked for on {flexible.received_on}, from {flexible.agreed_from} until "
        "{flexible.trial_until}. We will meet before it ends and decide then.\n\n[[{flexible.reasons}]]\n\nUnless we "
        "agree otherwise, you work afterwards as you did before.",
    ),
    (
        "Eich cais am weithio hyblyg: gadewch i ni roi cynnig arno",
        "Hoffem roi cynnig ar yr hyn y gofynnoch amdano ar {flexible.received_on}, o {flexible.agreed_from} hyd "
        "{flexible.trial_until}. Byddwn yn cwrdd cyn iddo ddod i ben ac yn penderfynu bryd hynny.\n\n"
        "[[{flexible.reasons}]]\n\nOni bai ein bod yn cytuno fel arall, byddwch wedyn yn gweithio fel o'r blaen.",
    ),
)  # fmt: skip

REFUSED: Final = letter(
    "fw_refused", "Flexible working: refused, with reasons", "Gweithio hyblyg: gwrthodwyd, gyda rhesymau",
    (
        "Your request for flexible working",
        "We have looked closely at your request of {flexible.received_on} and cannot agree to it.\n\n"
        "[[The ground: {flexible.ground}.]]\n\nOur reasons: {flexible.reasons}\n\nYou may appeal: tell us why, and "
        "somebody who had no part in this decision will look at it again.",
    ),
    (
        "Eich cais am weithio hyblyg",
        "Rydym wedi edrych yn fanwl ar eich cais dyddiedig {flexible.received_on} ac ni allwn gytuno iddo.\n\n"
        "[[Y sail: {flexible.ground}.]]\n\nEin rhesymau: {flexible.reasons}\n\nCewch apelio: dywedwch wrthym pam, a "
        "bydd rhywun na fu â rhan yn y penderfyniad hwn yn edrych arno eto.",
    ),
)  # fmt: skip

APPEAL: Final = letter(
    "fw_appeal_outcome", "Flexible working: outcome of the appeal", "Gweithio hyblyg: canlyniad yr apêl",
    (
        "Your appeal about flexible working",
        "We have decided on your appeal about your request of {flexible.received_on}: {flexible.appeal_result}.\n\n"
        "Our reasons: {flexible.appeal_reasons}\n\n[[The change begins on {flexible.agreed_from}.]]",
    ),
    (
        "Eich apêl am weithio hyblyg",
        "Rydym wedi penderfynu ar eich apêl am eich cais dyddiedig {flexible.received_on}: "
        "{flexible.appeal_result}.\n\nEin rhesymau: {flexible.appeal_reasons}\n\n[[Bydd y newid yn dechrau ar "
        "{flexible.agreed_from}.]]",
    ),
)  # fmt: skip

EXTENSION: Final = letter(
    "fw_extension", "Flexible working: more time, as agreed", "Gweithio hyblyg: mwy o amser, fel y cytunwyd",
    (
        "Your request for flexible working: more time",
        "You agreed that we may take longer over your request of {flexible.received_on}. You will have our decision "
        "by {flexible.decide_by}. If you did not agree to this, tell us at once.",
    ),
    (
        "Eich cais am weithio hyblyg: mwy o amser",
        "Cytunoch y cawn gymryd mwy o amser dros eich cais dyddiedig {flexible.received_on}. Cewch ein penderfyniad "
        "erbyn {flexible.decide_by}. Os na chytunoch i hyn, rhowch wybod i ni ar unwaith.",
    ),
)  # fmt: skip

LETTERS: Final = (ACKNOWLEDGED, MEETING, AGREED, TRIAL, REFUSED, APPEAL, EXTENSION)
