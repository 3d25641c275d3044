"""Checks, references and offers of one application of the sample year."""

import datetime as dt
import unicodedata
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from moothall.cases.models import Case, Step
from moothall.core.clock import in_london
from moothall.core.signed_links import new_token
from moothall.people.models import Account
from moothall.recruitment.models import CheckKind, Clearance, Offer, Referee, Reference
from moothall.recruitment.models.check import CLEARED, NOT_CLEARED
from moothall.recruitment.rules.offer_letters import WORDS, fields_of_offer
from moothall.recruitment.rules.offer_wording import ACCEPTED
from moothall.recruitment.rules.offers import AT_STEP, IN_SET
from moothall.recruitment.rules.references import ALTERNATIVE, ASK, REMINDERS

from . import words
from .office import ALSO_GOOD
from .walking import Walk

if TYPE_CHECKING:
    from .lives import Life

DAY: Final = dt.timedelta(days=1)
LASTS: Final = {"vetting": 3650, "medical": 730, "fitness": 365, "disclosure": 1095}
DECLINED: Final = "declined"
PAY: Final = {"Constable": "£29,907", "Special": "–", "Volunteer": "–"}
SCALE_PAY: Final = "£26,403"
SAID: Final = {"how": "I led the team they worked in.", "job": "Assistant", "first_day": "6/1/2020",
"sanctions": "No",
               "again": "yes", "work": "They came on time, and people trusted them."}  # fmt: skip


class Checked:
    def __init__(self, life: "Life") -> None:
        self.life, self.office = life, life.office
        self.offers: dict[str, dict[str, Any]] = {}
        self.offer_ids: dict[str, int] = {}
        self.cleared: dict[str, dict[str, Any]] = {}
        self.referees: list[dict[str, Any]] = []

    def kind_at(self, step: Step) -> CheckKind | None:
        return next((each for each in self.office.kinds if step.key in each.steps), None)

    def kind_of(self, walk: Walk) -> CheckKind | None:
        if walk.above is None:
            return None
        return next((each for each in self.office.kinds if each.service == walk.offered.service.key), None)

    def begin(self, above: Walk, step: Step, service: str, at: dt.datetime) -> None:
        """A step that has a case of its own."""
        offered, case = self.office.offered(service), above.case
        sub = Walk(
            self.office, offered, title=f"{offered.service.name}: {case.title}", at=at,
            team=step.team or case.team, person=case.requester_id or 0, answers=case.answers,
            language=case.language, ready=self.life._ready, above=(above, step),
        )  # fmt: skip
        above.subs[step.pk] = sub
        kind = self.kind_of(sub)
        if kind is not None and kind.is_private:
            sub.let_department_in(at)
        if kind is not None and kind.key == "references":
            self._name_referees(at)
        sub.advance(at)
        if kind is not None and kind.is_private and self.office.dice.random() < self.office.held:
            self.life.later(
                at + DAY * self.office.dice.randint(6, 25), lambda moment: self._hold(sub, moment)
            )

    def _hold(self, sub: Walk, at: dt.datetime) -> None:
        """It stands still for a while, for a reason that stays with its department; then it goes on."""
        if sub.is_closed or self.life.own.is_closed:
            return
        by = self.office.worker(sub.case.team, sub.case.team)
        until = (at + DAY * self.office.dice.randint(10, 30)).date()
        because = self.office.dice.choice(
            ("overseas_enquiry", "third_party_force_check", "vetting_backlog", "gp_report")
        )
        sub.change("hold", at, by, {
            "held_until": until, "hold_reason": because, "status": Case.WAITING, "waiting_on": Case.THIRD,
            "came_back_at": None, "handed_at": None,
        }, because)  # fmt: skip
        self.life.later(self.office.moment(until), lambda moment: self._resume(sub, moment))

    def _resume(self, sub: Walk, at: dt.datetime) -> None:
        if sub.is_closed:
            return
        by = self.office.worker(sub.case.team, sub.case.team)
        sub.change(
            "resume",
            at,
            by,
            {"held_until": None, "hold_reason": "", "status": Case.OPEN, "waiting_on": Case.US},
        )
        for step in sub.steps:
            if step.state == Step.READY:
                declared = sub.offered.definition.step(step.key)
                outcome = self.office.how_it_ends(declared, is_own=False)
                self.life.later(self.office.takes(declared, at), self._finishes(sub, step, outcome))

    def _finishes(self, walk: Walk, step: Step, outcome: str) -> Any:
        return lambda moment: self.life.finish(walk, step, moment, outcome)

    def end(self, walk: Walk, at: dt.datetime, by: Account | None) -> None:
        """Everything of a check is done: its case closes, and the step that waited for it ends."""
        outcome = walk.last_outcome()
        walk.close(at=at, by=None, outcome=outcome)
        kind = self.kind_of(walk)
        if kind is not None and not kind.is_set:
            self._keep(kind, outcome in kind.clears, at, by)
        assert walk.above is not None  # noqa: S101
        above, step = walk.above
        declared = above.offered.definition.step(step.key).outcomes
        said = outcome if outcome in declared else ""
        if declared and not said and kind is not None:
            said = next((each for each in kind.becomes.get(outcome, []) if each in declared), "")
        if declared and not said:
            said = declared[-1]
        above.complete(step, at=at, by=None, outcome=said)
        bad = outcome if kind is not None and not kind.is_set and outcome not in kind.clears else said
        if above is self.life.own:
            self.life._went_on(bad, at)
        elif bad and bad not in ALSO_GOOD:
            self.life.later(at + DAY / 12, self.life.turn_down)
        elif above.is_finished:
            self.end(above, at, by)

    def _keep(self, kind: CheckKind, cleared: bool, at: dt.datetime, by: Account | None) -> None:
        on, lasts = in_london(at).date(), LASTS.get(kind.key)
        if lasts and self.office.dice.random() < 0.03:
            lasts = 75
        self.cleared[kind.key] = {
            "application_id": self.life.application.pk, "kind_id": kind.pk,
            "result": CLEARED if cleared else NOT_CLEARED, "decided_on": on, "recorded_at": at,
            "runs_out_on": on + DAY * lasts if lasts and cleared else None,
            "recorded_by_id": by.pk if by else None,
        }  # fmt: skip

    def ready(self, walk: Walk, step: Step) -> None:
        """Where somebody is offered something, they are written to."""
        is_set = bool((kind := self.kind_of(walk)) and kind.is_set)
        at_steps = AT_STEP if walk is self.life.own else IN_SET if is_set else {}
        offered = next((key for key, steps in at_steps.items() if step.key in steps), None)
        if offered is not None and offered not in self.offers and not self.life.is_applying:
            made_at = (step.ready_at or self.life.sent_at) + dt.timedelta(minutes=40)
            if made_at <= self.life.until:
                self._offer(offered, made_at)

    def _offer(self, kind: str, at: dt.datetime) -> None:
        life, job = self.life, self.life.days.vacancy_of(self.life.campaign)
        on = in_london(at).date()
        starts = life.campaign.starts_on
        if kind == Offer.FINAL and (starts is None or starts <= on):
            starts = on + 35 * DAY
        row: dict[str, Any] = {
            "application_id": life.application.pk, "kind": kind, "job": job.title, "job_cy": job.title_cy,
            "grade": job.grade, "hours": Decimal(job.hours), "pay": PAY.get(job.grade, SCALE_PAY),
            "starts_on": starts, "answer_by": on + 14 * DAY, "made_at": at,
            "made_by_id": getattr(self.office.worker(None, life.campaign.team), "pk", None),
        }  # fmt: skip
        made = Offer(**{**row, "application": life.application})
        row["letter_id"] = words.send(life, WORDS[kind], at, known=fields_of_offer(made, life.language))
        life.heard_at = max(life.heard_at, at)
        self.offers[kind] = row

    def done(self, walk: Walk, step: Step, at: dt.datetime, outcome: str, by: Account | None) -> None:
        """What a step that is done says of offers, checks and references."""
        is_set = bool((kind := self.kind_of(walk)) and kind.is_set)
        at_steps = AT_STEP if walk is self.life.own else IN_SET if is_set else {}
        offered = next((key for key, steps in at_steps.items() if step.key in steps), None)
        if offered in self.offers:
            self._answer(self.offers[offered], at, outcome)
        own = self.kind_at(step)
        if own is not None and not own.is_set and step.pk not in walk.subs:
            self._keep(own, not outcome or outcome in own.clears, at, by)
        if self.referees and step.key in (ASK, *REMINDERS, ALTERNATIVE) and walk.above is not None:
            self._referees_at(step.key, at)

    def _answer(self, row: dict[str, Any], at: dt.datetime, outcome: str) -> None:
        if row.get("accepted_at") or row.get("declined_at"):
            return
        if outcome == DECLINED:
            row["declined_at"] = at
            self.life.withdraw(at)
            return
        row["accepted_at"] = at
        made = Offer(**{**row, "application": self.life.application})
        words.send(self.life, ACCEPTED, at, known=fields_of_offer(made, self.life.language))
        self.life.heard_at = max(self.life.heard_at, at)

    def _name_referees(self, at: dt.datetime) -> None:
        if self.referees:
            return
        for number in range(2):
            name = self.office.somebody()
            address = plain_address(
                name, f"{self.life.application.number.lower()}-{number}", "referees.example"
            )
            self.referees.append({
                "application_id": self.life.application.pk, "token": new_token(), "name": name,
                "email": address,
                "organisation": self.office.dice.choice(("Llys Arian School", "Cwm Hydd Foods",
                "Bro Arian College")),
                "language": "cy" if self.office.dice.random() < 0.15 else "en", "added_at": at,
                "asked_at": at,
                "knows_from": in_london(at).date() - DAY * self.office.dice.randint(500, 3000),
            })  # fmt: skip

    def _referees_at(self, key: str, at: dt.datetime) -> None:
        """One answers soon, the other once reminded."""
        for number, row in enumerate(self.referees):
            if row.get("answered_at") is None and (number == 0 or key != ASK):
                row["answered_at"] = at
            elif row.get("answered_at") is None:
                row["reminded"], row["reminded_at"] = 1, at

    def finish(self) -> None:
        """Rows as they stand at the end."""
        tables = self.office.tables
        for row in self.offers.values():
            tables.add(Offer, **row)
        for row in self.cleared.values():
            tables.add(Clearance, **row)
        for row in self.referees:
            made = tables.add(Referee, **row)
            if row.get("answered_at") is not None:
                tables.add(
                    Reference,
                    referee_id=made,
                    said=SAID,
                    kept_at=row["answered_at"],
                    sent_at=row["answered_at"],
                )


def plain_address(name: str, number: str, domain: str) -> str:
    spelled = unicodedata.normalize("NFKD", name.lower().replace("ł", "l")).encode("ascii", "ignore").decode()
    kept = "".join(each for each in spelled.replace(" ", ".") if each.isalnum() or each in ".-")
    return f"{kept}.{number}@{domain}"
