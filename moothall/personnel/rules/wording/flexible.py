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
    Field("flexible.who", _("Who asks to work flexibly"), "Siân Okafor"),
    Field("flexible.link", _("Where the request stands"), "https://example.org/requests/flexible/1/"),
    Field("flexible.hours", _("Hours a week as agreed"), "29.60"),
    Field("flexible.pattern", _("Working pattern as agreed"), "Monday to Thursday", "Dydd Llun i ddydd Iau"),
    Field("flexible.place", _("Where they work, as agreed"), "At home", "Gartref"),
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

CHANGED: Final = letter(
    "flexible_contract_change", "Flexible working: your terms from now on", "Gweithio hyblyg: eich telerau o hyn ymlaen",
    (
        "Your terms of work from {flexible.agreed_from}",
        "As we agreed, these are your terms from {flexible.agreed_from}:\n\n[[Hours a week: {flexible.hours}.]]\n\n"
        "[[Working pattern: {flexible.pattern}.]]\n\n[[Where you work: {flexible.place}.]]\n\n[[They hold until "
        "{flexible.trial_until}, as a trial.]]\n\nEverything else in your contract stays as it is; pay and leave follow "
        "your hours. Please keep this letter with your contract, and tell us within a month if something in it is wrong.",
    ),
    (
        "Eich telerau gwaith o {flexible.agreed_from}",
        "Fel y cytunwyd, dyma eich telerau o {flexible.agreed_from}:\n\n[[Oriau'r wythnos: {flexible.hours}.]]\n\n"
        "[[Patrwm gwaith: {flexible.pattern}.]]\n\n[[Ble rydych yn gweithio: {flexible.place}.]]\n\n[[Maent yn sefyll "
        "tan {flexible.trial_until}, fel cyfnod prawf.]]\n\nMae popeth arall yn eich contract yn aros fel y mae; mae tâl "
        "a gwyliau'n dilyn eich oriau. Cadwch y llythyr hwn gyda'ch contract, a rhowch wybod i ni o fewn mis os oes "
        "rhywbeth ynddo'n anghywir.",
    ),
)  # fmt: skip


def chase(key: str, name: tuple[str, str], subject: tuple[str, str], more: tuple[str, str]) -> BuiltIn:
    """To whoever decides: by when, and where."""
    en = (
        f"{subject[0]}",
        f"{{flexible.who}} asked on {{flexible.received_on}} to work flexibly. {more[0]}\n\nBefore a request is refused "
        "the person is met about it. If you need more time, it has to be agreed with them.\n\nThe request is here: "
        "{flexible.link}",
    )
    cy = (
        f"{subject[1]}",
        f"Gofynnodd {{flexible.who}} ar {{flexible.received_on}} am gael gweithio'n hyblyg. {more[1]}\n\nCyn gwrthod cais "
        "cynhelir cyfarfod â'r person. Os oes angen mwy o amser arnoch, rhaid cytuno arno gyda nhw.\n\nMae'r cais yma: "
        "{flexible.link}",
    )
    return letter(key, name[0], name[1], en, cy)


CHASED: Final = chase(
    "fw_chase", ("Flexible working: to be decided soon", "Gweithio hyblyg: i'w benderfynu'n fuan"),
    (
        "{flexible.who}: please decide by {flexible.decide_by}",
        "{flexible.who}: penderfynwch erbyn {flexible.decide_by}",
    ),
    (
        "By law they have your decision, and that on any appeal, by {flexible.decide_by}.",
        "Yn ôl y gyfraith cânt eich penderfyniad, a'r un ar unrhyw apêl, erbyn {flexible.decide_by}.",
    ),
)  # fmt: skip
CHASED_LAST: Final = chase(
    "fw_chase_last", ("Flexible working: days are left to decide", "Gweithio hyblyg: dyddiau sydd ar ôl i benderfynu"),
    (
        "{flexible.who}: days are left, until {flexible.decide_by}",
        "{flexible.who}: dyddiau sydd ar ôl, tan {flexible.decide_by}",
    ),
    (
        "Only days are left: by law it is decided, any appeal included, by {flexible.decide_by}.",
        "Dim ond dyddiau sydd ar ôl: yn ôl y gyfraith penderfynir, gan gynnwys unrhyw apêl, erbyn {flexible.decide_by}.",
    ),
)  # fmt: skip
CHASED_LATE: Final = chase(
    "fw_chase_late", ("Flexible working: the day has passed", "Gweithio hyblyg: aeth y diwrnod heibio"),
    (
        "{flexible.who}: the day to decide has passed",
        "{flexible.who}: aeth y diwrnod i benderfynu heibio",
    ),
    (
        "The day by law was {flexible.decide_by}, and nothing is decided. Please decide today; the person has been told "
        "that we are late.",
        "Y diwrnod yn ôl y gyfraith oedd {flexible.decide_by}, ac nid oes penderfyniad. Penderfynwch heddiw; dywedwyd "
        "wrth y person ein bod yn hwyr.",
    ),
)  # fmt: skip
LATE: Final = letter(
    "fw_late", "Flexible working: we are late", "Gweithio hyblyg: rydym yn hwyr",
    (
        "Your request for flexible working: we are late",
        "You asked on {flexible.received_on} to work flexibly. You should have had our decision by {flexible.decide_by}, "
        "and have not. We are sorry. Your manager has been asked to decide at once.\n\nYou need not agree to more time. "
        "You can complain to us, and Acas (in Northern Ireland the Labour Relations Agency) can tell you what else you "
        "may do.",
    ),
    (
        "Eich cais am weithio hyblyg: rydym yn hwyr",
        "Gofynnoch ar {flexible.received_on} am gael gweithio'n hyblyg. Dylech fod wedi cael ein penderfyniad erbyn "
        "{flexible.decide_by}, ac ni chawsoch ef. Mae'n ddrwg gennym. Gofynnwyd i'ch rheolwr benderfynu ar unwaith.\n\n"
        "Nid oes rhaid i chi gytuno i fwy o amser. Cewch gwyno wrthym, a gall Acas (yng Ngogledd Iwerddon y Labour "
        "Relations Agency) ddweud wrthych beth arall y cewch ei wneud.",
    ),
)  # fmt: skip

LETTERS: Final = (
    ACKNOWLEDGED, MEETING, AGREED, TRIAL, REFUSED, APPEAL, EXTENSION, CHANGED, CHASED, CHASED_LAST, CHASED_LATE, LATE,
)  # fmt: skip
