"""Letters that come with credentials, and what they may say."""

from typing import Any, Final

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from moothall.credentials.models import Credential
from moothall.letters.rules.built_in import BuiltIn
from moothall.letters.rules.fields import LANGUAGES, Field, date_in

DECLARED: Final = (
    Field("credential.kind", _("The kind of credential"), "First aid at work", "Cymorth cyntaf yn y gwaith"),
    Field("credential.number", _("Its number"), "FA-20418"),
    Field("credential.until", _("Its last day"), "5 May 2026", "5 Mai 2026"),
    Field("credential.holder", _("Who holds it"), "Siân Okafor"),
    Field("credential.stops", _("What it stops"), "give first aid", "rhoi cymorth cyntaf"),
    Field(
        "credential.link", _("Where the renewal is sent in"), "https://example.org/employees/E1/credentials/"
    ),
)

ENDING: Final = BuiltIn(
    key="credential-ending",
    name="A credential runs out soon",
    name_cy="Mae cymhwyster yn dod i ben cyn bo hir",
    subject_en="{credential.kind} runs out on {credential.until}",
    body_en="""{person.greeting}

Your {credential.kind} runs out on {credential.until}. [[From the day after you cannot be given this work: {credential.stops}.]]

When you have the renewal, please send it in here: {credential.link}. A colleague checks it, and only then it counts.

If you do not mean to renew it, please tell your manager now.""",  # noqa: E501
    subject_cy="{credential.kind}: daw i ben ar {credential.until}",
    body_cy="""{person.greeting}

Daw eich {credential.kind} i ben ar {credential.until}. [[O'r diwrnod wedyn ni ellir rhoi'r gwaith hwn i chi: {credential.stops}.]]

Pan fydd yr adnewyddiad gennych, anfonwch ef yma: {credential.link}. Bydd cydweithiwr yn ei wirio, a dim ond wedyn y bydd yn cyfrif.

Os nad ydych yn bwriadu ei adnewyddu, rhowch wybod i'ch rheolwr nawr.""",  # noqa: E501
)

ENDED: Final = BuiltIn(
    key="credential-ended",
    name="A credential has run out",
    name_cy="Mae cymhwyster wedi dod i ben",
    subject_en="{credential.kind} ran out on {credential.until}",
    body_en="""{person.greeting}

Your {credential.kind} ran out on {credential.until}. [[Until the renewal is checked you cannot be given this work: {credential.stops}.]]

If you have the renewal, please send it in today: {credential.link}.""",  # noqa: E501
    subject_cy="{credential.kind}: daeth i ben ar {credential.until}",
    body_cy="""{person.greeting}

Daeth eich {credential.kind} i ben ar {credential.until}. [[Nes bod yr adnewyddiad wedi'i wirio ni ellir rhoi'r gwaith hwn i chi: {credential.stops}.]]

Os yw'r adnewyddiad gennych, anfonwch ef heddiw: {credential.link}.""",  # noqa: E501
)

FOR_MANAGER: Final = BuiltIn(
    key="credential-manager",
    name="A credential in your team runs out",
    name_cy="Mae cymhwyster yn eich tîm yn dod i ben",
    subject_en="{credential.holder}: {credential.kind}, until {credential.until}",
    body_en="""{person.greeting}

{credential.holder} holds {credential.kind}. Its last day is {credential.until}. [[After it they cannot be given this work: {credential.stops}.]]

Please make sure that it is renewed, or plan without them: {credential.link}""",  # noqa: E501
    subject_cy="{credential.holder}: {credential.kind}, hyd at {credential.until}",
    body_cy="""{person.greeting}

Mae gan {credential.holder} {credential.kind}. Ei ddiwrnod olaf yw {credential.until}. [[Wedyn ni ellir rhoi'r gwaith hwn iddynt: {credential.stops}.]]

Gwnewch yn siŵr ei fod yn cael ei adnewyddu, neu cynlluniwch hebddynt: {credential.link}""",  # noqa: E501
)

LETTERS: Final = (ENDING, ENDED, FOR_MANAGER)


def fields_of(credential: Any, language: str) -> dict[str, str]:
    """What a letter about this credential may say, in that language."""
    held: Credential = credential
    with translation.override(LANGUAGES[language]):
        asked = held.kind.requirements.filter(activity__isnull=False, withdrawn_at=None)
        stops = [
            each.activity.name_in(language) for each in asked.select_related("activity") if each.activity
        ]
    return {
        "credential.kind": held.kind.name_in(language),
        "credential.number": held.number,
        "credential.until": date_in(language, held.expires_on) if held.expires_on else "",
        "credential.holder": held.person.full_name,
        "credential.stops": ", ".join(word[:1].lower() + word[1:] for word in sorted(stops)),
    }
