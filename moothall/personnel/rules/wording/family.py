# ruff: noqa: E501  (a paragraph of a letter is broken where it reads well)
"""Letters about family leave, and what they may say besides."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from moothall.letters.rules.built_in import BuiltIn
from moothall.letters.rules.fields import Field

from .flexible import letter

FIELDS: Final = (
    Field("family.kind", _("Kind of family leave"), "Maternity leave", "Absenoldeb mamolaeth"),
    Field("family.event_on", _("Day the leave is about"), "10 March 2027", "10 Mawrth 2027"),
    Field("family.notified_on", _("Day they told us of the leave"), "5 November 2026", "5 Tachwedd 2026"),
    Field("family.starts_on", _("First day of the leave"), "22 February 2027", "22 Chwefror 2027"),
    Field("family.ends_on", _("Last day of the leave"), "20 February 2028", "20 Chwefror 2028"),
    Field("family.returns_on", _("First day back at work"), "21 February 2028", "21 Chwefror 2028"),
    Field("family.certificate_from", _("Day from which the MATB1 can be issued"), "18 October 2026", "18 Hydref 2026"),
    Field("family.notice_by", _("Day by which maternity leave is told"), "28 November 2026", "28 Tachwedd 2026"),
    Field("family.earliest_start", _("Earliest first day of maternity leave"), "20 December 2026", "20 Rhagfyr 2026"),
    Field("family.pay_weeks", _("How many weeks statutory pay lasts"), "39"),
    Field("family.pay_first_weeks", _("How many of these weeks are paid by earnings alone"), "6"),
    Field("family.pay_share", _("Share of average pay in statutory pay"), "90%"),
    Field("family.paid_until", _("Last day of statutory pay at the latest"), "21 November 2027", "21 Tachwedd 2027"),
    Field("family.flat_rate", _("Flat rate of statutory pay, if that is confirmed"), "£187.18"),
    Field("family.least_earnings", _("Least average earnings a week for statutory pay"), "£129"),
    Field("family.touch_days", _("How many days to keep in touch there are"), "10"),
)  # fmt: skip

ACKNOWLEDGED: Final = letter(
    "family_ack", "Family leave: we have your notice", "Absenoldeb teuluol: daeth eich rhybudd i law",
    (
        "{family.kind}: we have your notice",
        "You told us on {family.notified_on} that you would like to be away from {family.starts_on} until "
        "{family.ends_on} ({family.kind}). We will confirm it in writing.",
    ),
    (
        "{family.kind}: daeth eich rhybudd i law",
        "Dywedoch wrthym ar {family.notified_on} yr hoffech fod i ffwrdd o {family.starts_on} hyd {family.ends_on} "
        "({family.kind}). Byddwn yn cadarnhau hynny'n ysgrifenedig.",
    ),
)  # fmt: skip

CONFIRMED: Final = letter(
    "family_confirm", "Family leave: confirmed", "Absenoldeb teuluol: cadarnhad",
    (
        "{family.kind}: confirmed",
        "Your leave ({family.kind}) begins on {family.starts_on}. Your last day away is {family.ends_on}, and we look "
        "forward to having you back on {family.returns_on}.",
    ),
    (
        "{family.kind}: cadarnhad",
        "Mae eich absenoldeb ({family.kind}) yn dechrau ar {family.starts_on}. Eich diwrnod olaf i ffwrdd yw "
        "{family.ends_on}, ac edrychwn ymlaen at eich cael yn ôl ar {family.returns_on}.",
    ),
)  # fmt: skip

MATERNITY: Final = letter(
    "maternity_confirm", "Maternity leave: confirmed, with the last day", "Absenoldeb mamolaeth: cadarnhad",
    (
        "Your maternity leave",
        "Thank you for telling us on {family.notified_on} that your baby is due on {family.event_on}.\n\nYour leave "
        "begins on {family.starts_on}. If you take all of it, your last day away is {family.ends_on}, and you are due "
        "back on {family.returns_on}.\n\nTo change the first day, tell us 28 days before. To come back earlier, tell "
        "us eight weeks before. You may work up to {family.touch_days} days to keep in touch without ending your "
        "leave.\n\nYour leave begins by itself the day after the birth, or if you are off with a pregnancy illness in "
        "the last four weeks before the expected week.",
    ),
    (
        "Eich absenoldeb mamolaeth",
        "Diolch am ddweud wrthym ar {family.notified_on} y disgwylir eich babi ar {family.event_on}.\n\nMae eich "
        "absenoldeb yn dechrau ar {family.starts_on}. Os cymerwch y cyfan, eich diwrnod olaf i ffwrdd yw "
        "{family.ends_on}, a disgwylir chi'n ôl ar {family.returns_on}.\n\nI newid y diwrnod cyntaf, rhowch wybod i ni "
        "28 diwrnod ymlaen llaw. I ddod yn ôl yn gynt, rhowch wybod i ni wyth wythnos ymlaen llaw. Cewch weithio hyd "
        "at {family.touch_days} diwrnod cadw mewn cysylltiad heb ddod â'ch absenoldeb i ben.\n\nBydd eich absenoldeb "
        "yn dechrau ohono'i hun y diwrnod ar ôl yr enedigaeth, neu os byddwch i ffwrdd gyda salwch beichiogrwydd yn y "
        "pedair wythnos olaf cyn yr wythnos ddisgwyliedig.",
    ),
)  # fmt: skip

REDATED: Final = letter(
    "maternity_redate", "Maternity leave: another first day", "Absenoldeb mamolaeth: diwrnod cyntaf gwahanol",
    (
        "Your maternity leave: another first day",
        "Your leave now begins on {family.starts_on}. Your last day away is {family.ends_on}, and you are due back on "
        "{family.returns_on}.",
    ),
    (
        "Eich absenoldeb mamolaeth: diwrnod cyntaf gwahanol",
        "Mae eich absenoldeb bellach yn dechrau ar {family.starts_on}. Eich diwrnod olaf i ffwrdd yw {family.ends_on}, "
        "a disgwylir chi'n ôl ar {family.returns_on}.",
    ),
)  # fmt: skip

CERTIFICATE: Final = letter(
    "matb1_request", "Maternity leave: please send the MATB1", "Absenoldeb mamolaeth: anfonwch y MATB1",
    (
        "Please send us your MATB1",
        "To work out your maternity pay we need the certificate MATB1. Your midwife or doctor issues it from "
        "{family.certificate_from}. Please send it to us as soon as you have it.",
    ),
    (
        "Anfonwch eich MATB1 atom",
        "I gyfrifo eich tâl mamolaeth mae arnom angen y dystysgrif MATB1. Bydd eich bydwraig neu feddyg yn ei rhoi o "
        "{family.certificate_from}. Anfonwch hi atom cyn gynted ag y bydd gennych.",
    ),
)  # fmt: skip

RETURN: Final = letter(
    "return_confirm", "Family leave: your return", "Absenoldeb teuluol: dychwelyd i'r gwaith",
    (
        "Your return to work",
        "You are due back from your leave ({family.kind}) on {family.returns_on}. Tell your manager beforehand if "
        "anything at work should be otherwise for you, for example your hours, or somewhere to rest and to "
        "breastfeed.",
    ),
    (
        "Dychwelyd i'r gwaith",
        "Disgwylir chi'n ôl o'ch absenoldeb ({family.kind}) ar {family.returns_on}. Rhowch wybod i'ch rheolwr ymlaen "
        "llaw os dylai unrhyw beth yn y gwaith fod yn wahanol i chi, er enghraifft eich oriau, neu rywle i orffwys ac "
        "i fwydo ar y fron.",
    ),
)  # fmt: skip

PACK: Final = letter(
    "maternity_pack", "Maternity leave: what you need to know", "Absenoldeb mamolaeth: yr hyn y mae angen i chi ei wybod",
    (
        "Expecting a baby: what happens now",
        "Thank you for telling us that your baby is due on {family.event_on}.\n\nWhat we do: your manager looks with you "
        "at anything at work that could harm you or the baby, and changes it. You have time off with pay for antenatal "
        "appointments.\n\nWhat we need from you:\n- By {family.notice_by}: that you are pregnant, the expected week, and "
        "the first day of your leave. It can begin on {family.earliest_start} at the earliest.\n- The certificate MATB1, "
        "which your midwife or doctor issues from {family.certificate_from}.\n\nYour leave is up to 52 weeks. You may "
        "change its first day by telling us 28 days before, come back earlier by telling us eight weeks before, and "
        "work up to {family.touch_days} days to keep in touch. Leave to take before and after, pensions, and sharing "
        "leave with your partner: ask us, we go through it with you.",
    ),
    (
        "Disgwyl babi: beth sy'n digwydd nawr",
        "Diolch am ddweud wrthym y disgwylir eich babi ar {family.event_on}.\n\nYr hyn a wnawn ni: bydd eich rheolwr yn "
        "edrych gyda chi ar unrhyw beth yn y gwaith a allai eich niweidio chi neu'r babi, ac yn ei newid. Cewch amser i "
        "ffwrdd â thâl ar gyfer apwyntiadau cyn geni.\n\nYr hyn y mae arnom ei angen gennych chi:\n- Erbyn "
        "{family.notice_by}: eich bod yn feichiog, yr wythnos ddisgwyliedig, a diwrnod cyntaf eich absenoldeb. Gall "
        "ddechrau ar {family.earliest_start} ar y cynharaf.\n- Y dystysgrif MATB1, y bydd eich bydwraig neu feddyg yn ei "
        "rhoi o {family.certificate_from}.\n\nMae eich absenoldeb yn para hyd at 52 wythnos. Cewch newid y diwrnod cyntaf "
        "drwy ddweud wrthym 28 diwrnod ymlaen llaw, dod yn ôl yn gynt drwy ddweud wrthym wyth wythnos ymlaen llaw, a "
        "gweithio hyd at {family.touch_days} diwrnod cadw mewn cysylltiad. Gwyliau i'w cymryd cyn ac ar ôl, pensiynau, a "
        "rhannu absenoldeb gyda'ch partner: gofynnwch i ni, ac awn drwyddo gyda chi.",
    ),
)  # fmt: skip

PAY: Final = letter(
    "maternity_pay", "Maternity leave: your pay", "Absenoldeb mamolaeth: eich tâl",
    (
        "Your maternity pay",
        "Your leave begins on {family.starts_on}. If you qualify, statutory maternity pay lasts {family.pay_weeks} weeks, "
        "until {family.paid_until} at the latest: {family.pay_share} of your average pay for the first "
        "{family.pay_first_weeks} weeks, then the flat rate or {family.pay_share} of your average pay, whichever is "
        "lower. [[The flat rate on the first day of your leave is {family.flat_rate} a week.]]\n\nYou qualify if you "
        "earn {family.least_earnings} a week or more on average and have been with us long enough. What your contract "
        "adds is worked out by payroll, who write to you with the sums before your leave begins. If you do not qualify, "
        "they send you the form SMP1, with which you can claim Maternity Allowance.",
    ),
    (
        "Eich tâl mamolaeth",
        "Mae eich absenoldeb yn dechrau ar {family.starts_on}. Os ydych yn gymwys, mae tâl mamolaeth statudol yn para "
        "{family.pay_weeks} wythnos, tan {family.paid_until} fan bellaf: {family.pay_share} o'ch cyflog cyfartalog am y "
        "{family.pay_first_weeks} wythnos gyntaf, yna'r gyfradd safonol neu {family.pay_share} o'ch cyflog cyfartalog, p'un "
        "bynnag sydd isaf. [[Y gyfradd safonol ar ddiwrnod cyntaf eich absenoldeb yw {family.flat_rate} yr wythnos.]]\n\n"
        "Rydych yn gymwys os ydych yn ennill {family.least_earnings} yr wythnos neu fwy ar gyfartaledd ac wedi bod gyda "
        "ni'n ddigon hir. Y gyflogres sy'n cyfrifo'r hyn y mae eich contract yn ei ychwanegu, a byddant yn ysgrifennu "
        "atoch gyda'r symiau cyn i'ch absenoldeb ddechrau. Os nad ydych yn gymwys, byddant yn anfon y ffurflen SMP1 atoch, "
        "a gallwch hawlio Lwfans Mamolaeth gyda hi.",
    ),
)  # fmt: skip

LETTERS: Final[tuple[BuiltIn, ...]] = (
    ACKNOWLEDGED, CONFIRMED, MATERNITY, REDATED, CERTIFICATE, RETURN, PACK, PAY,
)  # fmt: skip
