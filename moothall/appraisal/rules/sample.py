"""A year of appraisals among the sample staff, as far along as such a year is; the same for the same seed."""

import datetime as dt
from dataclasses import dataclass, field
from random import Random
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext as _

from moothall.appraisal.models import (
    Action,
    Appraisal,
    Competency,
    Cycle,
    Event,
    Framework,
    Mark,
    Objective,
    PlanItem,
    Rating,
    Reminder,
    Talk,
)
from moothall.core.clock import in_london
from moothall.core.copying import Tables
from moothall.core.marked_yaml import Fields, Marked
from moothall.core.packs import Pack, Progress
from moothall.people.models import Account
from moothall.records.rules.audit import append_audit
from moothall.workforce.models import Assignment, Employment

from .cycles import Standing, plan_cycle, preview
from .inducting import begin_inductions

# Days from today; of a hundred people so many wait at each stage.
DAYS: Final = {
    "from_on": -300, "objectives_by": -250, "mid_year_by": -130, "self_by": -25, "rating_by": -3,
    "second_by": 7, "sign_by": 20, "until_on": 64, "starters_until": -90,
}  # fmt: skip
STAGES: Final = {"DONE": 60, "SIGN": 9, "SECOND": 8, "RATING": 13, "SELF": 9, "OBJECTIVES": 1}
ORDER: Final = ("OBJECTIVES", "SELF", "RATING", "SECOND", "SIGN", "DONE")
MARKS: Final = (3, 15, 62, 20)


@dataclass
class Year:
    """What the sample is drawn from, and where its rows go."""

    dice: Random
    at: dt.datetime
    words: dict[str, list[str]]
    tables: Tables = field(default_factory=Tables)
    managers: dict[int, int | None] = field(default_factory=dict)

    def ago(self, days: int) -> dt.datetime:
        return self.at - dt.timedelta(days=days, minutes=self.dice.randrange(400))


@dataclass(frozen=True)
class Scale:
    """A cycle with the competencies and marks of its framework."""

    cycle: Cycle
    competencies: list[Competency]
    marks: list[Mark]


@transaction.atomic
def load_part(pack: Pack, progress: Progress) -> None:
    """Once, and only in a demo."""
    doc = pack.file("demo/appraisal.yaml") if pack.demo else None
    if doc is None or not pack.scale or Cycle.objects.exists():
        return
    fields = Fields(doc)
    rows = list(fields.mappings("cycles"))
    words = {name: list(fields.words(name)) for name in ("objectives", "views", "reasons", "aims", "notes")}
    fields.finish()
    progress.begin(_("A year of appraisals"))
    seed = f"{pack.key}/{pack.seed}/appraisal"
    year = Year(Random(seed), pack.at, words)  # noqa: S311 # nosec B311  (a sample, not a secret)
    today = in_london(pack.at).date()
    there = Assignment.objects.in_force(today).filter(is_main=True).order_by("pk")
    year.managers = dict(there.values_list("employment_id", "manager_id"))
    known = set(Employment.objects.filter(person__in=_with_accounts()).values_list("pk", flat=True))
    made = sum(_cycle(year, row, today, known, min(pack.scale, 1.0)) for row in rows)
    year.tables.copy()
    begin_inductions(today=today)
    append_audit("appraisal.add_sample", by=None, at=pack.at, detail={"count": made})
    progress.end()


def _with_accounts() -> Any:
    return Account.objects.filter(person__isnull=False).order_by().values("person")


def _cycle(year: Year, row: Marked, today: dt.date, known: set[int], share: float) -> int:
    """A cycle with an appraisal for so many of its people, those who sign in first."""
    fields = Fields(row)
    key, name, name_cy = fields.text("framework"), fields.text("name"), fields.text("name_cy")
    workforces = list(fields.words("workforces"))
    fields.finish()
    framework = Framework.objects.in_use().get(key=key)
    days: dict[str, Any] = {each: today + dt.timedelta(days=ahead) for each, ahead in DAYS.items()}
    cycle = plan_cycle(
        name=name, name_cy=name_cy, framework=framework, workforces=workforces, by=None,
        at=year.ago(310), **days,
    )  # fmt: skip
    Cycle.objects.filter(pk=cycle.pk).update(opened_at=year.ago(299))
    scale = Scale(cycle, list(framework.competencies.all()), list(framework.marks.all()))
    seen = sorted(preview(cycle, on=today).standings, key=lambda each: each.employment_id not in known)
    chosen = seen[: max(round(len(seen) * share), min(len(seen), len(known)))]
    for each in chosen:
        _one(year, scale, each)
    _told_managers(year, cycle, chosen)
    return len(chosen)


def _told_managers(year: Year, cycle: Cycle, chosen: list[Standing]) -> None:
    """Managers were reminded of what is late; nobody is reminded again."""
    for manager in sorted({pk for each in chosen if (pk := year.managers.get(each.employment_id))}):
        for stage in ("OBJECTIVES", "RATING"):
            year.tables.add(
                Reminder, cycle_id=cycle.pk, employment_id=manager, kind=Reminder.LATE, stage=stage,
                at=year.ago(1),
            )  # fmt: skip


def _one(year: Year, scale: Scale, standing: Standing) -> None:
    """One appraisal at its stage, with everything that goes before it."""
    dice, who = year.dice, standing.employment_id
    stage = dice.choices(list(STAGES), list(STAGES.values()))[0]
    because = standing.because or ("" if standing.has_manager else Appraisal.OTHER)
    if because:
        note = _("Nobody here manages them.") if because == Appraisal.OTHER else ""
        pk = year.tables.add(
            Appraisal, cycle_id=scale.cycle.pk, employment_id=who, stage="EXEMPT",
            exempt_because=because, exempt_note=note,
        )  # fmt: skip
        _happened(year, pk, Event.EXEMPTED, 299)
        return
    reached = ORDER.index(stage)
    overall = dice.choices(scale.marks, MARKS[-len(scale.marks) :])[0]
    values: dict[str, Any] = {"cycle_id": scale.cycle.pk, "employment_id": who, "stage": stage}
    if reached > 0:
        values |= {"objectives_at": year.ago(260)}
        if dice.random() < 0.7:
            values |= {"mid_year": dice.choice(year.words["notes"]), "mid_year_at": year.ago(140)}
    if reached > 1:
        values |= {"own_view": dice.choice(year.words["views"]), "own_view_at": year.ago(40)}
    if reached > 2:
        because = dice.choice(year.words["reasons"])
        values |= {"overall_id": overall.pk, "overall_because": because, "rated_at": year.ago(20)}
    if reached > 3:
        values |= {"second_at": year.ago(12)}
    if reached > 4:
        disagrees = dice.random() < 0.02
        values |= {
            "employee_signed_at": year.ago(6), "employee_agrees": not disagrees, "done_at": year.ago(2),
            "employee_says": year.words["notes"][0] if disagrees else "", "manager_signed_at": year.ago(5),
        }  # fmt: skip
    pk = year.tables.add(Appraisal, **values)
    _around(year, scale, pk, who, reached)
    if reached > 2:
        _rated(year, scale, pk, overall)


def _around(year: Year, scale: Scale, pk: int, who: int, reached: int) -> None:
    """Its objectives, its history, the letters that went, and how the person comes on beside it."""
    dice, cycle = year.dice, scale.cycle
    agreed = year.ago(260) if reached else None
    for text in dice.sample(year.words["objectives"], 2):
        year.tables.add(
            Objective, appraisal_id=pk, text=text, due_on=cycle.until_on, at=year.ago(280),
            manager_agreed_at=year.ago(280), employee_agreed_at=agreed,
            outcome=dice.choice(["MET", "MET", "PARTLY"]) if reached > 1 else "",
        )  # fmt: skip
    steps = [(Event.OBJECTIVES, 260), (Event.OWN_VIEW, 40), (Event.RATED, 20), (Event.LOOKED, 12),
             (Event.SIGNED, 5)]  # fmt: skip
    for kind, days in steps[:reached]:
        _happened(year, pk, kind, days)
    told = [(Reminder.LAUNCH, "OBJECTIVES", 299)]
    told += [(Reminder.LATE, "SELF", 24)] if reached == 1 else []
    told += [(Reminder.OUTCOME, "", 2)] if reached == 5 else []
    for letter, stage, days in told:
        year.tables.add(
            Reminder, cycle_id=cycle.pk, employment_id=who, kind=letter, stage=stage, at=year.ago(days)
        )
    _comes_on(year, who)


def _happened(year: Year, pk: int, kind: str, days: int) -> None:
    year.tables.add(Event, appraisal_id=pk, kind=kind, at=year.ago(days))


def _rated(year: Year, scale: Scale, pk: int, overall: Mark) -> None:
    """Near the overall mark in each competency."""
    places = [each.place for each in scale.marks]
    for competency in scale.competencies:
        near = min(max(overall.place + year.dice.choice((-1, 0, 0, 0, 1)), places[0]), places[-1])
        year.tables.add(
            Rating, appraisal_id=pk, competency_id=competency.pk, mark_id=scale.marks[near].pk,
            because=year.dice.choice(year.words["reasons"]), at=year.ago(20),
        )  # fmt: skip


def _comes_on(year: Year, who: int) -> None:
    """A plan for most; for half a one-to-one of the last weeks, with something agreed in it."""
    dice, today = year.dice, in_london(year.at).date()
    if dice.random() < 0.6:
        year.tables.add(
            PlanItem, employment_id=who, aim=dice.choice(year.words["aims"]),
            kind=dice.choice([PlanItem.TRAINING, PlanItem.TRAINING, PlanItem.EXPERIENCE]),
            by_on=today + dt.timedelta(days=dice.randrange(20, 300)), at=year.ago(200),
            agreed_at=year.ago(190), done_at=year.ago(30) if dice.random() < 0.3 else None,
        )  # fmt: skip
    manager = year.managers.get(who)
    if manager is None or dice.random() < 0.5:
        return
    held = today - dt.timedelta(days=dice.randrange(2, 60))
    talk = year.tables.add(
        Talk, employment_id=who, manager_id=manager, held_on=held, notes=dice.choice(year.words["notes"]),
        next_on=held + dt.timedelta(days=42), at=year.ago(1),
    )  # fmt: skip
    due = held + dt.timedelta(days=30)
    year.tables.add(
        Action, talk_id=talk, what=dice.choice(year.words["aims"]), due_on=due,
        is_managers=dice.random() < 0.3,
        done_at=year.ago(1) if dice.random() < (0.95 if due < today else 0.3) else None,
    )  # fmt: skip
