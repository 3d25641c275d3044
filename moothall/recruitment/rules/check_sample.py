"""Sample checks of a demo office: in every colour, one on hold, references outstanding, and offers."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext as _

from moothall.cases.models import Case, Step
from moothall.cases.rules.definition import definition_of
from moothall.cases.rules.holding import hold_case
from moothall.cases.rules.stepping import complete_step
from moothall.core.clock import in_london
from moothall.core.marked_yaml import Fields
from moothall.core.packs import Pack, Progress
from moothall.people.models import Account
from moothall.recruitment.models import Application, Offer, Referee

from . import offers, references
from .checking import finish_check_step
from .refusals import NotOpen
from .sample import GOOD

OFFERED, CLEARED, REFUSED, HELD, VETTING = "offered", "cleared", "refused", "held", "with-vetting"
AGO: Final = dt.timedelta(days=24)
DAY: Final = dt.timedelta(days=1)
MOST_STEPS: Final = 30


@dataclass
class _Sample:
    pack: Pack
    referees: list[dict[str, str]]
    words: dict[str, str]

    @property
    def at(self) -> dt.datetime:
        return self.pack.at - AGO


@transaction.atomic
def load_part(pack: Pack, progress: Progress) -> None:
    """Once, and only in a demo office."""
    doc = pack.file("demo/checks.yaml") if pack.demo else None
    if doc is None or Offer.objects.exists():
        return
    fields = Fields(doc)
    sample = _Sample(
        pack,
        [{str(name): str(each[name]) for name in each} for each in fields.mappings("referees")],
        {str(name): str(text) for name, text in fields.mapping("words").items()},
    )
    rows = list(fields.mappings("offered"))
    fields.finish()
    progress.begin(_("Sample checks"), len(rows))
    steps = Step.objects.filter(key="offer").values("case")
    waiting = Application.objects.running().filter(case__in=steps, submitted_at__lt=sample.at)
    for application, row in zip(waiting.in_full().order_by("pk"), rows, strict=False):
        inner = Fields(row)
        stands, valid = inner.text("stands"), inner.maybe_whole("valid_for_days")
        inner.finish()
        _go_through(application, sample, stands, valid)
        progress.advance()
    progress.end()


def _go_through(application: Application, sample: _Sample, stands: str, valid: int | None) -> None:
    by = application.campaign.team.lead or Account.objects.order_by("pk")[0]
    _walk_to_offer(application, sample.at)
    known = offers.suggested(application, Offer.CONDITIONAL)
    content = offers.OfferContent(
        **known | {"hours": known.get("hours") or Decimal(40), "pay": "£29,907"},
        answer_by=in_london(sample.pack.at).date() + 7 * DAY,
    )  # fmt: skip
    made = offers.make_offer(application, content, by=by, at=sample.at)
    if stands == OFFERED:
        return
    for each in sample.referees[:2]:
        _referee(application, each, at=sample.at + DAY)
    offers.accept_offer(made, at=sample.at + 2 * DAY)
    if stands in (CLEARED, REFUSED):
        _answer(application, sample)
    if stands != "waits-for-applicant":
        _vetting(application, sample, stands, valid)


def _walk_to_offer(application: Application, at: dt.datetime) -> None:
    for _step in range(MOST_STEPS):
        ready = Step.objects.filter(case=application.case_id, state=Step.READY).order_by("position")
        step = ready.select_related("case__version").first()
        if step is None:
            raise NotOpen
        if step.key == "offer":
            return
        allowed = definition_of(step.case.version).step(step.key).outcomes
        outcome = next((each for each in GOOD if each in allowed), allowed[0] if allowed else "")
        complete_step(step, by=None, at=at, outcome=outcome)


def _referee(application: Application, row: dict[str, str], *, at: dt.datetime) -> Referee:
    content = references.RefereeContent(knows_from=dt.date(2020, 1, 6), **row)  # type: ignore[arg-type]
    return references.name_referee(application, content, by=None, at=at)


def _answer(application: Application, sample: _Sample) -> None:
    """The first referee has written; the other has not yet."""
    first = application.referees.outstanding().in_full().first()
    if first is not None:
        references.send_reference(first, said=sample.words, at=sample.at + 6 * DAY)


def _sub(application: Application) -> Case:
    found: Any = Case.objects.select_related("team__lead", "version", "service")
    case: Case = found.get(parent_step__case=application.case_id, service__key="vetting")
    return case


def _vetting(application: Application, sample: _Sample, stands: str, valid: int | None) -> None:
    case, today = _sub(application), in_london(sample.pack.at).date()
    officer = case.team.lead or Account.objects.order_by("pk")[0]
    if stands == HELD:
        hold_case(
            case, until=today + 14 * DAY, because="overseas_enquiry", by=officer, at=sample.at + 5 * DAY,
            today=today, waiting_on=Case.THIRD,
        )  # fmt: skip
        return
    ends = {"decide": "refused" if stands == REFUSED else "granted", "form": "returned", "accept": "accepted"}
    at = sample.at + 4 * DAY
    for _step in range(MOST_STEPS):
        step = (
            (
                Step.objects.filter(case=case, state=Step.READY).select_related(
                    "case__version", "case__service"
                )
            )
            .order_by("position")
            .first()
        )
        if step is None or (stands == VETTING and step.key == "checks"):
            return
        allowed = definition_of(step.case.version).step(step.key).outcomes
        dated = step.key == "aftercare" and valid is not None and stands == CLEARED
        finish_check_step(
            step, by=officer, at=at, outcome=ends.get(step.key, allowed[0] if allowed else ""),
            runs_out_on=today + (valid or 0) * DAY if dated else None,
        )  # fmt: skip
