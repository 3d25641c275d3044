# ruff: noqa: E501  (a paragraph of a letter is broken where it reads well)
"""Letters about references that are given, and what they may say besides."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from moothall.letters.rules.built_in import BuiltIn
from moothall.letters.rules.fields import Field

FIELDS: Final = (
    Field("reference.organisation", _("Who asks for the reference"), "Cwm Taf Books"),
    Field("reference.contact", _("To whom the reference goes"), "Ms Achterberg"),
    Field("reference.employee", _("Whom the reference is about"), "Siân Okafor"),
    Field("reference.received_on", _("Day the reference was asked for"), "5 May 2026", "5 Mai 2026"),
    Field("reference.text", _("What is said of them"), "Siân Okafor worked here from 2020 to 2026."),
)  # fmt: skip
END: Final = "\n\n[[{sender.name}]]\n{office.name}"
POLICY_EN: Final = (
    "\n\nThis is given in good faith from our records and in confidence, to you alone and for the purpose you named. "
    "It is our policy to say the same kind of thing of everybody; nothing is to be read into what is not said."
)
POLICY_CY: Final = (
    "\n\nRhoddir hyn yn ddidwyll o'n cofnodion ac yn gyfrinachol, i chi yn unig ac at y diben a enwyd gennych. Ein "
    "polisi yw dweud yr un math o beth am bawb; ni ddylid darllen dim i'r hyn nas dywedir."
)


def _answer(key: str, name: str, name_cy: str) -> BuiltIn:
    """What was checked stands in the middle; how it opens and what is fixed policy are the same for all."""
    return BuiltIn(
        key=key, name=name, name_cy=name_cy, subject_en="Reference: {reference.employee}",
        body_en="To: [[{reference.contact}, ]]{reference.organisation}\n\nYou asked us on {reference.received_on} for "
        "a reference for {reference.employee}.\n\n{reference.text}" + POLICY_EN + END,
        subject_cy="Geirda: {reference.employee}",
        body_cy="At: [[{reference.contact}, ]]{reference.organisation}\n\nGofynnoch i ni ar {reference.received_on} am "
        "eirda i {reference.employee}.\n\n{reference.text}" + POLICY_CY + END,
    )  # fmt: skip


FACTUAL: Final = _answer("ref_factual", "Reference: dates and post", "Geirda: dyddiadau a swydd")
FULL: Final = _answer("ref_full", "Reference: in full", "Geirda: yn llawn")

DECLINED: Final = BuiltIn(
    key="ref_decline", name="Reference: none is given", name_cy="Geirda: ni roddir un",
    subject_en="Reference: {reference.employee}",
    body_en="To: [[{reference.contact}, ]]{reference.organisation}\n\nYou asked us on {reference.received_on} for a "
    "reference for {reference.employee}. We do not give one. Nothing is to be read into that." + END,
    subject_cy="Geirda: {reference.employee}",
    body_cy="At: [[{reference.contact}, ]]{reference.organisation}\n\nGofynnoch i ni ar {reference.received_on} am "
    "eirda i {reference.employee}. Nid ydym yn rhoi un. Ni ddylid darllen dim i hynny." + END,
)  # fmt: skip

CONSENT: Final = BuiltIn(
    key="ref_consent", name="Reference: do you agree?", name_cy="Geirda: a ydych yn cytuno?",
    subject_en="{reference.organisation} asks us for a reference",
    body_en="{person.greeting}\n\n{reference.organisation} asked us on {reference.received_on} for a reference for you. "
    "We say when you worked here and in which post. May we say more than that? Please answer this letter: without "
    "your consent we say no more." + END,
    subject_cy="Mae {reference.organisation} yn gofyn i ni am eirda",
    body_cy="{person.greeting}\n\nGofynnodd {reference.organisation} i ni ar {reference.received_on} am eirda i chi. "
    "Byddwn yn dweud pryd y buoch yn gweithio yma ac ym mha swydd. A gawn ddweud mwy na hynny? Atebwch y llythyr hwn "
    "os gwelwch yn dda: heb eich cydsyniad ni ddywedwn fwy." + END,
)  # fmt: skip

LETTERS: Final = (FACTUAL, FULL, DECLINED, CONSENT)
