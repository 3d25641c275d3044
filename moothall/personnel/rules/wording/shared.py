# ruff: noqa: E501  (a paragraph of a letter is broken where it reads well)
"""Letters about notices of shared parental leave."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from moothall.letters.rules.built_in import BuiltIn
from moothall.letters.rules.fields import Field

from .flexible import letter

FIELDS: Final = (
    Field("shared.received_on", _("Day the notice of shared leave came"), "4 January 2027", "4 Ionawr 2027"),
    Field("shared.weeks", _("How many weeks the notice asks for"), "6"),
    Field("shared.blocks", _("The blocks of shared leave"), "1 March 2027 – 14 March 2027", "1 Mawrth 2027 – 14 Mawrth 2027"),
    Field("shared.touch_days", _("How many days to keep in touch there are in shared leave"), "20"),
    Field("shared.because", _("Why the separate blocks cannot be agreed"), "Nobody else can drive that route in June."),
    Field("shared.withdraw_by", _("Day until which the notice can be withdrawn"), "19 January 2027", "19 Ionawr 2027"),
    Field("shared.choose_by", _("Day until which the one block can be chosen"), "23 January 2027", "23 Ionawr 2027"),
)  # fmt: skip

AGREED: Final = letter(
    "shared_agreed", "Shared parental leave: agreed", "Absenoldeb rhiant a rennir: cytunwyd",
    (
        "Your shared parental leave",
        "We have your notice of {shared.received_on}. These days are booked:\n\n{shared.blocks}\n\nIf you and your "
        "manager both wish, you may work on up to {shared.touch_days} days in all of it without ending your leave.",
    ),
    (
        "Eich absenoldeb rhiant a rennir",
        "Daeth eich rhybudd dyddiedig {shared.received_on} i law. Mae'r diwrnodau hyn wedi'u cadw:\n\n{shared.blocks}\n\n"
        "Os ydych chi a'ch rheolwr yn dymuno hynny, cewch weithio hyd at {shared.touch_days} diwrnod yn y cyfnod cyfan heb "
        "ddod â'ch absenoldeb i ben.",
    ),
)  # fmt: skip

REFUSED: Final = letter(
    "shared_refused", "Shared parental leave: separate blocks not agreed",
    "Absenoldeb rhiant a rennir: dim cytundeb ar flociau ar wahân",
    (
        "Your notice of shared parental leave",
        "We have your notice of {shared.received_on}, and cannot agree to these separate blocks:\n\n{shared.blocks}\n\n"
        "{shared.because}\n\nYou can withdraw the notice until {shared.withdraw_by}; it then does not count among your "
        "three. Or you take all {shared.weeks} weeks as one block: tell us by {shared.choose_by} when it is to begin. "
        "If you do neither, the block begins on the first day you asked for.",
    ),
    (
        "Eich rhybudd o absenoldeb rhiant a rennir",
        "Daeth eich rhybudd dyddiedig {shared.received_on} i law, ac ni allwn gytuno i'r blociau hyn ar wahân:\n\n"
        "{shared.blocks}\n\n{shared.because}\n\nGallwch dynnu'r rhybudd yn ôl tan {shared.withdraw_by}; ni fydd yn cyfrif "
        "wedyn ymhlith eich tri. Neu gallwch gymryd y cyfan, {shared.weeks} wythnos, fel un bloc: rhowch wybod inni erbyn "
        "{shared.choose_by} pryd y mae i ddechrau. Os na wnewch y naill na'r llall, bydd y bloc yn dechrau ar y diwrnod "
        "cyntaf y gofynnoch amdano.",
    ),
)  # fmt: skip

LETTERS: Final[tuple[BuiltIn, ...]] = (AGREED, REFUSED)
