"""Letters that come with transport, and what they may say."""

from typing import Any, Final

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from moothall.cases.models import Case
from moothall.core.serving import for_the_office
from moothall.letters.rules.built_in import BuiltIn
from moothall.letters.rules.fields import LANGUAGES, Field, date_in
from moothall.transport.models import Decision, Entitlement

from .appealing import last_day_to_ask
from .eligibility import in_words, nearly

DECLARED: Final = (
    Field("travel.name", _("Who is to travel"), "Osian Adeyemi"),
    Field("travel.centre", _("The school or centre"), "Ysgol Bryn Derw"),
    Field("travel.way", _("How they are helped"), "a place on a vehicle", "lle ar gerbyd"),
    Field("travel.rule", _("The rule that counts"), "Under 8 and over 2 miles", "O dan 8 a thros 2 filltir"),
    Field("travel.reason", _("The reason in our words"), "The route is over three miles."),
    Field(
        "travel.facts", _("Each fact it stood on"), "- Age 7\n- 2.4 miles", "- 7 oed\n- 2.4 milltir"
    ),
    Field("travel.from", _("The first day"), "7 January 2027", "7 Ionawr 2027"),
    Field("travel.until", _("The last day"), "31 August 2028", "31 Awst 2028"),
    Field("travel.ask_by", _("The last day to appeal"), "21 December 2026", "21 Rhagfyr 2026"),
    Field(
        "travel.ombudsman", _("Who looks at complaints afterwards"),
        "the Local Government and Social Care Ombudsman", "Ombwdsmon Llywodraeth Leol a Gofal Cymdeithasol",
    ),
)  # fmt: skip

AGREED: Final = BuiltIn(
    key="transport-agreed",
    name="Help with travel agreed",
    name_cy="Cytuno i helpu gyda theithio",
    subject_en="Help with travel for {travel.name}: agreed",
    body_en="""{person.greeting}

We have agreed to help {travel.name} to travel to {travel.centre}: {travel.way}, from {travel.from}[[ until {travel.until}]].

[[It is agreed because this applies: {travel.rule}.]]

{travel.reason}

This is what our decision stood on:

{travel.facts}

If any of this changes, such as where {travel.name} lives, please tell us at once.""",  # noqa: E501
    subject_cy="Help gyda theithio i {travel.name}: cytunwyd",
    body_cy="""{person.greeting}

Rydym wedi cytuno i helpu {travel.name} i deithio i {travel.centre}: {travel.way}, o {travel.from}[[ hyd {travel.until}]].

[[Cytunwyd am fod hyn yn berthnasol: {travel.rule}.]]

{travel.reason}

Seiliwyd ein penderfyniad ar y canlynol:

{travel.facts}

Os bydd unrhyw beth yn newid, megis ble mae {travel.name} yn byw, rhowch wybod i ni ar unwaith.""",  # noqa: E501
)

REFUSED: Final = BuiltIn(
    key="transport-refused",
    name="Help with travel refused",
    name_cy="Gwrthod help gyda theithio",
    subject_en="Help with travel for {travel.name}: our decision",
    body_en="""{person.greeting}

You asked us to help {travel.name} to travel to {travel.centre}. We have decided that we cannot.

{travel.reason}

This is what our decision stood on:

{travel.facts}

You can ask us to look at it again until {travel.ask_by}: answer this letter, and say why you think that the decision is wrong. A senior officer who had no part in it will decide.""",  # noqa: E501
    subject_cy="Help gyda theithio i {travel.name}: ein penderfyniad",
    body_cy="""{person.greeting}

Gofynnoch i ni helpu {travel.name} i deithio i {travel.centre}. Rydym wedi penderfynu na allwn wneud hynny.

{travel.reason}

Seiliwyd ein penderfyniad ar y canlynol:

{travel.facts}

Cewch ofyn i ni edrych ar hyn eto hyd {travel.ask_by}: atebwch y llythyr hwn, a dywedwch pam eich bod yn credu bod y penderfyniad yn anghywir. Bydd uwch swyddog nad oedd â rhan ynddo yn penderfynu.""",  # noqa: E501
)

APPEAL_REFUSED: Final = BuiltIn(
    key="transport-appeal-refused",
    name="First appeal about travel not upheld",
    name_cy="Peidio â chadarnhau'r apêl gyntaf am deithio",
    subject_en="Your appeal about travel for {travel.name}",
    body_en="""{person.greeting}

A senior officer who had no part in the first decision has looked at your appeal. The decision stands.

{travel.reason}

This is what it stood on:

{travel.facts}

You can take it to an independent panel until {travel.ask_by}: answer this letter.""",
    subject_cy="Eich apêl am deithio i {travel.name}",
    body_cy="""{person.greeting}

Mae uwch swyddog nad oedd â rhan yn y penderfyniad cyntaf wedi edrych ar eich apêl. Mae'r penderfyniad yn sefyll.

{travel.reason}

Fe'i seiliwyd ar y canlynol:

{travel.facts}

Cewch fynd ag ef at banel annibynnol hyd {travel.ask_by}: atebwch y llythyr hwn.""",  # noqa: E501
)

PANEL_REFUSED: Final = BuiltIn(
    key="transport-panel-refused",
    name="Appeal panel about travel: not upheld",
    name_cy="Panel apêl am deithio: heb ei chadarnhau",
    subject_en="The appeal panel about travel for {travel.name}",
    body_en="""{person.greeting}

The independent panel has heard your appeal. The decision stands.

{travel.reason}

This is what it stood on:

{travel.facts}

If you think that we did not deal with this rightly, you can complain to {travel.ombudsman} within twelve months.""",  # noqa: E501
    subject_cy="Y panel apêl am deithio i {travel.name}",
    body_cy="""{person.greeting}

Mae'r panel annibynnol wedi clywed eich apêl. Mae'r penderfyniad yn sefyll.

{travel.reason}

Fe'i seiliwyd ar y canlynol:

{travel.facts}

Os credwch na wnaethom ymdrin â hyn yn iawn, cewch gwyno i {travel.ombudsman} o fewn deuddeg mis.""",
)
LETTERS: Final = (AGREED, REFUSED, APPEAL_REFUSED, PANEL_REFUSED)
OMBUDSMEN: Final = {
    "ENG": (
        "the Local Government and Social Care Ombudsman",
        "Ombwdsmon Llywodraeth Leol a Gofal Cymdeithasol Lloegr",
    ),
    "WLS": ("the Public Services Ombudsman for Wales", "Ombwdsmon Gwasanaethau Cyhoeddus Cymru"),
}


def letter_for(decision: Decision) -> BuiltIn:
    if decision.outcome == Decision.AGREED:
        return AGREED
    return {Decision.REVIEW: APPEAL_REFUSED, Decision.PANEL: PANEL_REFUSED}.get(decision.stage, REFUSED)


def fields_of_decision(decision: Decision, language: str) -> dict[str, str]:
    """What a letter about a decision may say, in that language."""
    found, application, gives = decision.assessment, decision.application, decision.entitlement
    with translation.override(LANGUAGES[language]):
        ways = {key: str(words) for key, words in Entitlement.WAYS}
        way = ways[gives.way] if gives else ""
        facts = facts_of(decision, language)
    appeals = decision.outcome == Decision.REFUSED and decision.stage < Decision.PANEL
    return {
        "travel.name": application.name,
        "travel.centre": application.centre.name_in(language) if application.centre else "",
        "travel.way": way[:1].lower() + way[1:],
        "travel.rule": found.rule.name_in(language) if found.rule else "",
        "travel.reason": decision.because,
        "travel.facts": "\n".join(f"- {each}" for each in facts),
        "travel.from": date_in(language, found.on),
        "travel.until": date_in(language, gives.until_on) if gives and gives.until_on else "",
        "travel.ask_by": date_in(language, last_day_to_ask(decision)) if appeals else "",
        "travel.ombudsman": OMBUDSMEN[found.nation][language == "cy"],
    }


def facts_of(decision: Decision, language: str) -> list[str]:
    """Each fact, and of a refusal what the nearest rules ask for besides."""
    found = decision.assessment
    told = [_said(_("Age on the first day: %(age)s"), age=found.age)]
    if found.miles is not None:
        told.append(
            _said(_("Distance: %(miles)s miles, %(how)s"), miles=found.miles, how=measured(found.measured))
        )
    told += [in_words("FACT", each) for each in found.facts]
    if decision.outcome == Decision.REFUSED:
        for each in nearly(found.tried):
            name = (each["name_cy"] if language == "cy" else "") or each["name"]
            lacks = "; ".join(in_words(*one) for one in each["unmet"])
            told.append(_said(_("%(rule)s: this was not met: %(lacks)s"), rule=name, lacks=lacks))
    return told


def _said(words: Any, **parts: Any) -> str:
    return str(words) % parts


def measured(how: str) -> str:
    """How a distance is known."""
    words = {
        "CROW": _("as the crow flies, times 1.35"), "WALKED": _("as measured by us"),
        "STREETS": _("along the streets"),
    }  # fmt: skip
    return str(words.get(how, ""))


@for_the_office()
def fields_of(case: Case, language: str) -> dict[str, str]:
    """For any letter on the case of an application: what was decided last."""
    rows = Decision.objects.filter(application__case=case).select_related(
        "assessment__rule", "application__centre", "entitlement"
    )
    found = rows.order_by("-stage").first()
    return fields_of_decision(found, language) if found is not None else {}
