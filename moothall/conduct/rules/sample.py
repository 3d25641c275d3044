"""A year of employee casework among the sample staff: by the rules themselves, each on its own day."""

import datetime as dt
from dataclasses import dataclass, field
from random import Random
from typing import Final

from django.utils.translation import gettext as _

from moothall.cases.rules.closing import close_case, shared_outcomes
from moothall.cases.rules.definition import definition_of
from moothall.cases.rules.opening import current_version
from moothall.conduct.models import Appeal, Matter, MatterKind, Meeting, Party, Suspension, SuspensionReview
from moothall.core.clock import LONDON, in_london
from moothall.core.packs import Pack, Progress
from moothall.core.serving import for_the_office
from moothall.people.barring import bars_of_accounts
from moothall.people.models import Account
from moothall.workforce.models import Employment

from . import appealing, deciding, improving, meeting, opening, periods, suspending
from .telling import HAND, Sent

A_YEAR: Final = 365
NINE_THOUSAND: Final = 9000
OF_NINE_THOUSAND: Final = 250  # so many matters a year among nine thousand people, and never more than these
DAY: Final = dt.timedelta(days=1)
PLACES: Final = ("Room 2", "Room 5", "Council Chamber annexe", "Video call")
SUMMARIES: Final = (
    "Late on several days in the last two months",
    "What was said to a colleague at the end of a shift",
    "Work that was not done as agreed",
    "How a complaint from the public was answered",
    "Use of a work vehicle out of hours",
    "Absence that was not reported",
)
REASONS: Final = "What was said by both sides was heard. The finding rests on the notes of the meetings."


@dataclass
class Office:
    """What the sample is drawn from."""

    dice: Random
    now: dt.datetime
    workers: list[Account]
    kinds: list[MatterKind]
    may: dict[int, list[Account]] = field(default_factory=dict)

    def kind_for(self, employment: Employment) -> MatterKind | None:
        fitting = [
            each for each in self.kinds if not each.workforces or employment.workforce in each.workforces
        ]
        return self.dice.choice(fitting) if fitting else None

    def worker_for(self, kind: MatterKind, employment: Employment) -> Account | None:
        """Somebody else, who has held for the whole year what its service needs."""
        if kind.pk not in self.may:
            self.may[kind.pk] = self._who_may(kind)
        return next((each for each in self.may[kind.pk] if each.person_id != employment.person_id), None)

    def _who_may(self, kind: MatterKind) -> list[Account]:
        last, found = in_london(self.now).date(), self.workers
        first = last - dt.timedelta(days=A_YEAR)
        for need in definition_of(current_version(kind.service)).needs:
            barred = bars_of_accounts(found, activity=need, first=first, last=last)
            found = [each for each in found if each.pk not in barred]
        return found


@for_the_office()
def load_part(pack: Pack, progress: Progress) -> None:
    """Once, and only for sample staff, in the proportion asked for."""
    if not pack.demo or not pack.scale or Matter.objects.exists():
        return
    day = in_london(pack.at).date()
    staff = list(Employment.objects.filter(ended_on=None).order_by("pk").values_list("pk", flat=True))
    workers = list(Account.objects.who_may("conduct.work", on=day).order_by("pk"))
    kinds = list(MatterKind.objects.select_related("service").order_by("position", "key"))
    wanted = round(min(len(staff), NINE_THOUSAND) * OF_NINE_THOUSAND / NINE_THOUSAND * min(pack.scale, 1))
    if not wanted or not workers or not kinds:
        return
    progress.begin(_("A year of employee casework"), wanted)
    office = Office(Random(f"{pack.key}/{pack.seed}/conduct"), pack.at, workers, kinds)  # noqa: S311 # nosec B311
    for number in office.dice.sample(staff, wanted):
        _matter(office, Employment.objects.select_related("person").get(pk=number))
        progress.advance()
    progress.end()


def _matter(office: Office, employment: Employment) -> None:
    """From its beginning on; what would lie in the future has not happened yet."""
    dice, kind = office.dice, office.kind_for(employment)
    by = office.worker_for(kind, employment) if kind is not None else None
    if kind is None or by is None:
        return
    began = in_london(office.now).date() - dt.timedelta(days=dice.randrange(2, A_YEAR))
    if opening.exemption_of(kind, employment, on=began) is not None:
        return
    at = _moment(began, 9)
    matter = opening.open_matter(
        employment, kind=kind, summary=dice.choice(SUMMARIES), began_on=began, by=by, at=at,
        issues=(dice.choice(SUMMARIES),),
    )  # fmt: skip
    opening.give_part(matter, part=Party.INVESTIGATOR, name="Emrys Puw", account=None, by=by, at=at)
    if matter.procedure.suspension_days and dice.random() < 0.2:
        _suspended(office, matter, began + DAY * 2, by=by)
    heard = _heard(office, matter, began + DAY * dice.randrange(15, 50), kind=Meeting.HEARING, by=by)
    if heard is not None:
        _decided(office, matter, heard, by=by)


def _moment(day: dt.date, hour: int) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(hour), tzinfo=LONDON)


def _suspended(office: Office, matter: Matter, day: dt.date, *, by: Account) -> None:
    """Reviewed on its days for a while, and then ended."""
    if _moment(day, 10) > office.now:
        return
    kept = suspending.suspend(
        matter, kind=office.dice.choice([Suspension.SUSPENDED, Suspension.OTHER_DUTIES]), from_on=day,
        because="Witnesses are still to be heard, and other work was thought of first.",
        terms="Pay goes on. Leave is taken as usual.", by=by, at=_moment(day, 10),
    )  # fmt: skip
    for number in range(office.dice.randrange(1, 5)):
        due = periods.suspension_review_by(matter.procedure, on=day)
        if due is None or _moment(due, 10) > office.now:
            return
        ends = number == 3
        suspending.review_suspension(
            kept, held_on=due, reasons=REASONS, by=by, at=_moment(due, 10),
            decision=SuspensionReview.ENDS if ends else SuspensionReview.CONTINUES,
        )  # fmt: skip
        day = due
        if ends:
            return
    over = day + DAY * 3
    if _moment(over, 10) <= office.now:
        suspending.end_suspension(kept, ended_on=over, because=REASONS, by=by, at=_moment(over, 10))


def _heard(office: Office, matter: Matter, asked_on: dt.date, *, kind: str, by: Account) -> Meeting | None:
    """Invited to with full notice, and held if its day has come."""
    at = _moment(asked_on, 11)
    if at > office.now:
        return None
    day = periods.earliest_meeting(matter.procedure, notice_on=asked_on) + DAY * office.dice.randrange(1, 9)
    day += DAY * (2 if day.weekday() > 4 else 0)
    starts = _moment(day, office.dice.randrange(9, 16))
    slot = meeting.Slot(starts, starts + dt.timedelta(hours=2), office.dice.choice(PLACES))
    made = meeting.arrange_meeting(matter, kind=kind, slot=slot, chair=None, by=by, at=at)
    meeting.invite(made, sent=_by_hand(matter), by=by, at=at)
    if slot.ends_at > office.now:
        return None
    return meeting.hold_meeting(
        made, attended=True, outcome="Both sides were heard.", notes="", by=by, at=slot.ends_at
    )


def _by_hand(matter: Matter) -> Sent:
    language = "cy" if matter.employment.person.language == "cy" else "en"
    subject, text = ("Cyfarfod", "Dewch i'r cyfarfod.") if language == "cy" else ("Meeting", "Please come.")
    return Sent(HAND, "", language, subject, text)


def _decided(office: Office, matter: Matter, heard: Meeting, *, by: Account) -> None:
    """With an improvement notice, or another outcome; a few appeal, and most are closed."""
    day, dice = heard.day + DAY * 3, office.dice
    at = _moment(day, 14)
    if at > office.now:
        return
    if improving.next_level(matter) is not None and dice.random() < 0.7:
        made = improving.give_notice(
            matter, meeting=heard, targets="Be at work at nine\nReports by Friday noon",
            support="A talk each fortnight", reasons=REASONS, from_on=day, until_on=day + DAY * 60,
            by=by, at=at,
        )  # fmt: skip
        deciding.tell_outcome(made.outcome, sent=_by_hand(matter), by=by, at=at)
        return
    levels = [each for each in deciding.levels_of(matter) if each.notice_stage is None]
    outcome = deciding.decide(
        matter, level=dice.choice(levels), meeting=heard, reasons=REASONS, decided_on=day, by=by, at=at
    )
    deciding.tell_outcome(outcome, sent=_by_hand(matter), by=by, at=at)
    if dice.random() < 0.15 and _moment(day + DAY * 4, 9) <= office.now:
        appeal = appealing.lodge_appeal(
            outcome, lodged_on=day + DAY * 4, grounds="It was too hard, and another was told less.",
            late_because="", by=by, at=_moment(day + DAY * 4, 9),
        )  # fmt: skip
        again = _heard(office, matter, day + DAY * 5, kind=Meeting.APPEAL, by=by)
        if again is None:
            return
        appealing.decide_appeal(
            appeal, meeting=again, decision=Appeal.DISMISSED, reasons=REASONS, decided_on=again.day,
            level=None, by=by, at=again.ends_at,
        )  # fmt: skip
        at = max(at, again.ends_at)
    if dice.random() < 0.8 and at + DAY * 14 <= office.now:
        ways = shared_outcomes([matter.case])
        close_case(matter.case, by=by, at=at + DAY * 14, outcome=ways[-1].key if ways else "not_needed")
