"""Letters about suspension, improvement and appeals, which the office can change."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from moothall.letters.rules.built_in import BuiltIn
from moothall.letters.rules.fields import Field

SIGNED: Final = "\n\n{sender.name}\n{case.team}"
FIELDS: Final = (
    Field("suspension.from_on", _("Day a suspension begins"), "5 May 2026", "5 Mai 2026"),
    Field("suspension.review_by", _("Day a suspension is looked at again by"), "19 May 2026", "19 Mai 2026"),
    Field("suspension.terms", _("Terms of a suspension"), "Your pay goes on."),
    Field("suspension.reviewed_on", _("Day a suspension was reviewed"), "19 May 2026", "19 Mai 2026"),
    Field("suspension.reasons", _("Why a suspension goes on or ends"), "A witness is still to be heard."),
    Field("notice.targets", _("What has to improve"), "• Be at work at nine"),
    Field("notice.support", _("Help that is given"), "A talk each fortnight"),
    Field("notice.from_on", _("Day the window opens"), "5 May 2026", "5 Mai 2026"),
    Field("notice.until_on", _("Last day of the window"), "5 August 2026", "5 Awst 2026"),
    Field("notice.stage", _("Stage of the procedure"), "1"),
    Field("appeal.decision", _("What was decided on the appeal"), "Dismissed", "Gwrthodwyd"),
    Field("appeal.reasons", _("Why the appeal was decided so"), "The procedure was kept."),
    Field("appeal.decided_on", _("Day the appeal was decided"), "5 June 2026", "5 Mehefin 2026"),
)

SUSPENSION: Final = BuiltIn(
    key="suspension",
    name="Suspension from duty",
    name_cy="Atal o'r gwaith",
    subject_en="Your work from {suspension.from_on}",
    body_en="""{person.greeting}

From {suspension.from_on} you are asked not to come to work, or to do other duties, while something is looked into. This is a neutral act. It is not a sanction, and nothing has been decided.

What holds meanwhile:
{suspension.terms}

[[We look by {suspension.review_by} at the latest at whether it is still needed, and write to you.]]

If you need support, or want to know how things stand, write to us or ring us. [who their contact is]"""  # noqa: E501
    + SIGNED,
    subject_cy="Eich gwaith o {suspension.from_on}",
    body_cy="""{person.greeting}

O {suspension.from_on} gofynnir i chi beidio â dod i'r gwaith, neu wneud dyletswyddau eraill, tra bo rhywbeth yn cael ei ystyried. Gweithred niwtral yw hon. Nid sancsiwn mohoni, ac nid oes dim wedi'i benderfynu.

Yr hyn sy'n berthnasol yn y cyfamser:
{suspension.terms}

[[Byddwn yn edrych erbyn {suspension.review_by} fan bellaf a oes ei angen o hyd, ac yn ysgrifennu atoch.]]

Os oes angen cymorth arnoch, neu os hoffech wybod sut mae pethau, ysgrifennwch atom neu ffoniwch ni. [pwy yw'r cyswllt]"""  # noqa: E501
    + SIGNED,
)

REVIEW: Final = BuiltIn(
    key="suspension_review",
    name="Review of a suspension",
    name_cy="Adolygu ataliad o'r gwaith",
    subject_en="We looked at your suspension again",
    body_en="""{person.greeting}

On {suspension.reviewed_on} we looked at your suspension again.

{suspension.reasons}

[[It goes on for now. We look at it again by {suspension.review_by} at the latest.]]

It is still a neutral act, and nothing has been decided."""
    + SIGNED,
    subject_cy="Edrychasom eto ar eich ataliad",
    body_cy="""{person.greeting}

Ar {suspension.reviewed_on} edrychasom eto ar eich ataliad.

{suspension.reasons}

[[Mae'n parhau am y tro. Byddwn yn edrych arno eto erbyn {suspension.review_by} fan bellaf.]]

Gweithred niwtral yw hi o hyd, ac nid oes dim wedi'i benderfynu."""
    + SIGNED,
)


def _notice(key: str, name: str, name_cy: str, then: str, then_cy: str) -> BuiltIn:
    """The letters of the stages differ in their name and in what may follow."""
    return BuiltIn(
        key=key, name=name, name_cy=name_cy,
        subject_en=f"{name}: until {{notice.until_on}}",
        body_en=f"""{{person.greeting}}

After our meeting we decided: {{outcome.name}}.

What has to improve:
{{notice.targets}}

[[How we help you: {{notice.support}}]]

You have from {{notice.from_on}} until {{notice.until_on}}. We then look at it with you.

Our reasons: {{outcome.reasons}}

{then}

You may appeal. Write to us by {{outcome.appeal_by}} and say why. Somebody who had no part in this will hear it.{SIGNED}""",  # noqa: E501
        subject_cy=f"{name_cy}: tan {{notice.until_on}}",
        body_cy=f"""{{person.greeting}}

Ar ôl ein cyfarfod penderfynasom: {{outcome.name}}.

Yr hyn sydd i'w wella:
{{notice.targets}}

[[Sut y byddwn yn eich helpu: {{notice.support}}]]

Mae gennych o {{notice.from_on}} tan {{notice.until_on}}. Wedyn byddwn yn edrych arno gyda chi.

Ein rhesymau: {{outcome.reasons}}

{then_cy}

Cewch apelio. Ysgrifennwch atom erbyn {{outcome.appeal_by}} gan ddweud pam. Bydd rhywun na fu â rhan yn hyn yn gwrando ar yr apêl.{SIGNED}""",  # noqa: E501
    )  # fmt: skip


IMPROVEMENT: Final = _notice(
    "improvement_notice", "Improvement notice", "Hysbysiad gwella",
    "If it does not improve enough by then, the next stage is another meeting.",
    "Os na fydd wedi gwella digon erbyn hynny, cyfarfod arall yw'r cam nesaf.",
)  # fmt: skip
FINAL_IMPROVEMENT: Final = _notice(
    "final_improvement_notice", "Final improvement notice", "Hysbysiad gwella terfynol",
    "If it does not improve enough by then, the next stage is a hearing, which may end your employment here.",
    "Os na fydd wedi gwella digon erbyn hynny, gwrandawiad yw'r cam nesaf, a gallai ddod â'ch cyflogaeth yma "
    "i ben.",
)  # fmt: skip
WRITTEN_IMPROVEMENT: Final = _notice(
    "written_improvement_notice", "Written improvement notice", "Hysbysiad gwella ysgrifenedig",
    "If it does not improve enough by then, the next stage is a meeting with a panel.",
    "Os na fydd wedi gwella digon erbyn hynny, cyfarfod gyda phanel yw'r cam nesaf.",
)  # fmt: skip


def _stage_meeting(key: str, number: str, who: str, who_cy: str) -> BuiltIn:
    return BuiltIn(
        key=key, name=f"Notice of a stage {number} meeting", name_cy=f"Rhybudd o gyfarfod cam {number}",
        subject_en=f"Stage {number} meeting on {{meeting.day}}",
        body_en=f"""{{person.greeting}}

Please come to a stage {number} meeting about performance or attendance on {{meeting.day}} at {{meeting.time}}. Place: {{meeting.place}}. [[{{meeting.chair}} will chair it.]]

[in which ways it is not satisfactory, and what could come of the meeting]

{who}

You may bring a police friend, who may speak for you. If they cannot come on that day, tell us and suggest another within five working days. You may send us papers of your own before the meeting.{SIGNED}""",  # noqa: E501
        subject_cy=f"Cyfarfod cam {number} ar {{meeting.day}}",
        body_cy=f"""{{person.greeting}}

Dewch i gyfarfod cam {number} am berfformiad neu bresenoldeb ar {{meeting.day}} am {{meeting.time}}. Lleoliad: {{meeting.place}}. [[{{meeting.chair}} fydd yn cadeirio.]]

[ym mha ffyrdd nad yw'n foddhaol, a'r hyn a allai ddeillio o'r cyfarfod]

{who_cy}

Cewch ddod â chyfaill heddlu, a gaiff siarad ar eich rhan. Os na allant ddod ar y diwrnod hwnnw, rhowch wybod i ni ac awgrymwch ddiwrnod arall o fewn pum diwrnod gwaith. Cewch anfon papurau eich hun atom cyn y cyfarfod.{SIGNED}""",  # noqa: E501
    )  # fmt: skip


FIRST_STAGE: Final = _stage_meeting(
    "upp1_notice", "1", "If it is found unsatisfactory, you are given a written improvement notice.",
    "Os ceir nad yw'n foddhaol, rhoddir hysbysiad gwella ysgrifenedig i chi.",
)  # fmt: skip
SECOND_STAGE: Final = _stage_meeting(
    "upp2_notice", "2",
    "A panel hears it. It may end in other duties, a reduction in rank, a longer window, or dismissal.",
    "Panel fydd yn gwrando. Gall arwain at ddyletswyddau eraill, gostwng rheng, cyfnod hwy, neu ddiswyddo.",
)  # fmt: skip

PANEL_OUTCOME: Final = BuiltIn(
    key="upp2_outcome",
    name="Outcome of a stage 2 meeting",
    name_cy="Canlyniad cyfarfod cam 2",
    subject_en="Outcome of the stage 2 meeting",
    body_en="""{person.greeting}

The panel decided on {outcome.decided_on}: {outcome.name}.

Its reasons: {outcome.reasons}

[[It counts until {outcome.live_until} and is disregarded after that day.]]

You may appeal. Write to us by {outcome.appeal_by} and say why."""
    + SIGNED,
    subject_cy="Canlyniad y cyfarfod cam 2",
    body_cy="""{person.greeting}

Penderfynodd y panel ar {outcome.decided_on}: {outcome.name}.

Ei resymau: {outcome.reasons}

[[Mae'n cyfrif tan {outcome.live_until} ac fe'i diystyrir ar ôl y diwrnod hwnnw.]]

Cewch apelio. Ysgrifennwch atom erbyn {outcome.appeal_by} gan ddweud pam."""
    + SIGNED,
)

APPEAL: Final = BuiltIn(
    key="appeal_outcome",
    name="Outcome of an appeal",
    name_cy="Canlyniad apêl",
    subject_en="Your appeal",
    body_en="""{person.greeting}

We heard your appeal against: {outcome.name}. On {appeal.decided_on} it was decided: {appeal.decision}.

Our reasons: {appeal.reasons}

This decision is final in our procedure."""
    + SIGNED,
    subject_cy="Eich apêl",
    body_cy="""{person.greeting}

Clywsom eich apêl yn erbyn: {outcome.name}. Ar {appeal.decided_on} penderfynwyd: {appeal.decision}.

Ein rhesymau: {appeal.reasons}

Mae'r penderfyniad hwn yn derfynol yn ein gweithdrefn."""
    + SIGNED,
)

LETTERS: Final = (
    SUSPENSION, REVIEW, IMPROVEMENT, FINAL_IMPROVEMENT, WRITTEN_IMPROVEMENT, FIRST_STAGE, SECOND_STAGE,
    PANEL_OUTCOME, APPEAL,
)  # fmt: skip
BY_KEY: Final = {each.key: each for each in LETTERS}
