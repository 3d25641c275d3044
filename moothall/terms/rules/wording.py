"""Letters about what falls due, and what they may say."""

from pathlib import Path
from typing import Any, Final

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from moothall.core.clock import in_london
from moothall.core.marked_yaml import Fields, read_yaml
from moothall.letters.rules.built_in import BuiltIn
from moothall.letters.rules.fields import LANGUAGES, Field, date_in
from moothall.terms.models import Term

OURS: Final = Path(__file__).parent / "letters.yaml"
DECLARED: Final = (
    Field("term.kind", _("What falls due"), "Probation", "Cyfnod prawf"),
    Field(
        "term.title", _("What it is, such as the post acted up to"), "Acting inspector", "Arolygydd dros dro"
    ),
    Field("term.who", _("Whose it is"), "Siân Okafor"),
    Field("term.began", _("The day it began"), "3 August 2026", "3 Awst 2026"),
    Field("term.due", _("The day it falls due"), "2 February 2027", "2 Chwefror 2027"),
    Field("term.act_by", _("By when it is to be decided"), "3 January 2027", "3 Ionawr 2027"),
    Field("term.new_due", _("The new day, where it was extended"), "2 May 2027", "2 Mai 2027"),
    Field("term.last_day", _("The last day of the employment"), "2 February 2027", "2 Chwefror 2027"),
    Field("term.years", _("Years of service, where they are honoured"), "20"),
    Field("term.because", _("Why it was decided so"), "More time is needed to learn the work."),
    Field("term.hearing_day", _("The day of the hearing"), "12 January 2027", "12 Ionawr 2027"),
    Field("term.hearing_time", _("The time of the hearing"), "10:00"),
    Field("term.hearing_place", _("The place of the hearing"), "Room 2", "Ystafell 2"),
    Field("term.hearing_chair", _("Who hears them"), "Nia Oyelaran"),
    Field("term.link", _("Where it is seen"), "https://example.org/falling-due/1/"),
)


def _read() -> dict[str, BuiltIn]:
    rows = Fields(read_yaml(OURS, name="moothall/terms/rules/letters.yaml")).mappings("letters")
    made = {}
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


def fields_of(about: Any, language: str) -> dict[str, str]:
    """What a letter about this term may say, in that language."""
    term: Term = about
    with translation.override(LANGUAGES[language]):
        kind = str(term.get_kind_display())
    later = Term.objects.standing().filter(extends=term).first()
    ends = term.employment.ended_on
    return _of_hearing(term, language) | {
        "term.kind": kind,
        "term.title": term.title,
        "term.who": term.employment.person.full_name,
        "term.began": date_in(language, term.began_on),
        "term.due": date_in(language, term.due_on),
        "term.act_by": date_in(language, term.act_by),
        "term.new_due": date_in(language, later.due_on) if later else "",
        "term.last_day": date_in(language, ends or term.due_on),
        "term.years": str(term.years or ""),
        "term.because": term.because,
    }


def _of_hearing(term: Term, language: str) -> dict[str, str]:
    """Of the hearing that is arranged."""
    hearing = term.hearings.planned().first()
    starts = in_london(hearing.starts_at) if hearing is not None else None
    return {
        "term.hearing_day": date_in(language, starts.date()) if starts else "",
        "term.hearing_time": f"{starts:%H:%M}" if starts else "",
        "term.hearing_place": hearing.place if hearing else "",
        "term.hearing_chair": hearing.chair if hearing else "",
    }
