"""Letters about promotion, and what they may say."""

from pathlib import Path
from typing import Final

from django.utils.translation import gettext_lazy as _

from moothall.core.marked_yaml import Fields, read_yaml
from moothall.letters.rules.built_in import BuiltIn
from moothall.letters.rules.fields import Field, date_in
from moothall.promotion.models import TemporaryPromotion

OURS: Final = Path(__file__).parent / "letters.yaml"
DECLARED: Final = (
    Field("promotion.rank", _("The rank"), "Sergeant", "Rhingyll"),
    Field("promotion.who", _("Who is promoted"), "Siân Okafor"),
    Field(
        "promotion.because", _("The reason"), "Your examination pass had run out.",
        "Roedd eich arholiad wedi dod i ben.",
    ),
    Field(
        "promotion.feedback", _("What the panel says to the candidate"), "You spoke clearly.",
        "Siaradoch yn glir.",
    ),
    Field(
        "promotion.outcome", _("What came of an appeal, as a sentence"), "Your appeal is upheld.",
        "Caniateir eich apêl.",
    ),
    Field("promotion.appeal_by", _("The last day to appeal"), "11 December 2026", "11 Rhagfyr 2026"),
    Field("promotion.from", _("The first day in the rank"), "4 January 2027", "4 Ionawr 2027"),
    Field(
        "promotion.until", _("The last day in the pool, or of a promotion for a while"), "3 January 2028",
        "3 Ionawr 2028",
    ),
    Field(
        "promotion.review", _("By when a promotion for a while is looked at"), "4 July 2027",
        "4 Gorffennaf 2027",
    ),
    Field("promotion.post", _("The new post"), "Police Sergeant", "Rhingyll Heddlu"),
    Field("promotion.unit", _("The new unit"), "Response, north", "Ymateb, y gogledd"),
    Field(
        "promotion.allowance", _("What is paid for a promotion for a while"), "£2,400 a year",
        "£2,400 y flwyddyn",
    ),
)  # fmt: skip


def _read() -> dict[str, BuiltIn]:
    made = {}
    rows = Fields(read_yaml(OURS, name="moothall/promotion/rules/letters.yaml")).mappings("letters")
    for row in map(Fields, rows):
        en, cy = Fields(row.mapping("en")), Fields(row.mapping("cy"))
        key = row.text("key")
        made[key] = BuiltIn(
            key=key, name=row.text("name"), name_cy=row.text("name_cy"), subject_en=en.text("subject"),
            body_en=en.text("body"), subject_cy=cy.text("subject"), body_cy=cy.text("body"),
        )  # fmt: skip
    return made


BY_KEY: Final = _read()
LETTERS: Final = tuple(BY_KEY.values())


def fields_of(promotion: TemporaryPromotion, language: str) -> dict[str, str]:
    """What a letter may say of a promotion for a while."""
    title = (promotion.post.title_cy if language == "cy" else "") or promotion.post.title
    return {
        "promotion.rank": promotion.rank.name_in(language),
        "promotion.who": promotion.employment.person.full_name,
        "promotion.because": promotion.because, "promotion.from": date_in(language, promotion.from_on),
        "promotion.until": date_in(language, promotion.until_on),
        "promotion.review": date_in(language, promotion.review_on), "promotion.post": title,
        "promotion.unit": promotion.unit.name_in(language), "promotion.allowance": promotion.allowance,
    }  # fmt: skip
