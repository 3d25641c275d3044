"""Applications are marked blind by two or more, spoken about where marks are far apart, and shortlisted."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from moothall.cases.models import Step
from moothall.cases.rules.definition import definition_of
from moothall.cases.rules.leading import ended_its_case
from moothall.cases.rules.stepping import complete_step, reopen_step
from moothall.core.serving import for_the_office
from moothall.people.models import Account
from moothall.records.rules.audit import append_audit
from moothall.records.rules.documents import read_document
from moothall.recruitment.models import (
    Agreed,
    Application,
    Campaign,
    Mark,
    Marker,
    Sheet,
    Sifted,
    SiftReason,
)
from moothall.recruitment.models.application import JobApplicationQuerySet
from moothall.recruitment.models.shortlist import BEST

from .blinding import blind_file, blind_text, telling_words
from .merit import Standing, choose, criteria_of, standings
from .shortlist_refusals import (
    HandedInAlready,
    MarkerSeesNames,
    MarkEverything,
    MarkMissing,
    NamedAlready,
    NoReasons,
    NotClosed,
    NotToMark,
    ShortlistClosed,
    SpeakFirst,
)

SIGHT: Final = "cases.view"
STEPS: Final = ("sift", "short")  # of processes
OURS: Final = ("panel", "recruitment", "people_services", "hiring_manager")
OUTCOMES: Final = {
    True: ("met", "through", "shortlisted"), False: ("not_met", "not_through", "not_shortlisted"),
}  # fmt: skip


@dataclass(frozen=True)
class Written:
    """One criterion, and what was written to it with everything taken out that tells whose it is."""

    criterion: int
    name: str
    essential: bool
    text: str


@dataclass(frozen=True)
class Pack:
    """What a marker sees of one application."""

    application: int
    number: str
    answers: tuple[Written, ...]
    files: tuple[int, ...]
    marks: Mapping[int, Mark]


@transaction.atomic
def name_marker(campaign: Campaign, *, account: Account, by: Account, at: dt.datetime) -> Marker:
    """Somebody who cannot see who applied."""
    if account.standing().covers(SIGHT, [campaign.team_id]):
        raise MarkerSeesNames
    try:
        with transaction.atomic():
            made = Marker.objects.create(campaign=campaign, account=account, named_at=at, named_by=by)
    except IntegrityError as twice:
        raise NamedAlready from twice
    append_audit("recruitment.name_marker", about=campaign, by=by, at=at, detail={"marker": made.pk})
    return made


@transaction.atomic
def let_go_marker(marker: Marker, *, by: Account, at: dt.datetime) -> bool:
    """Their sheets stay and no longer count."""
    gone = Marker.objects.standing().filter(pk=marker.pk).update(let_go_at=at)
    if gone:
        append_audit("recruitment.let_go_marker", about=marker.campaign, by=by, at=at)
    return bool(gone)


@for_the_office()
def packs_of(marker: Marker) -> list[tuple[str, int, bool]]:
    """Number, key and whether it is handed in, of each application this marker has to mark."""
    done = set(Sheet.objects.filter(marker=marker).values_list("application", flat=True))
    rows = to_mark(marker.campaign).values_list("number", "pk")
    return [(number, key, key in done) for number, key in rows]


def to_mark(campaign: Campaign) -> JobApplicationQuerySet:
    """Those that go on, in an order that says nothing."""
    return Application.objects.running().filter(campaign=campaign).order_by("number")


@for_the_office()
def pack_of(marker: Marker, *, application: int, language: str) -> Pack | None:
    """One application as its marker sees it. None where there is none of the campaign by this number."""
    found = _to_mark(marker, application)
    if found is None:
        return None
    words, said = telling_words(found), {each.criterion_id: each.text for each in found.answers.all()}
    sheet = Sheet.objects.filter(marker=marker, application=found).first()
    answers = tuple(
        Written(each.pk, each.name_in(language), each.is_essential, blind_text(said.get(each.pk, ""), words))
        for each in criteria_of(marker.campaign)
    )
    marks = {each.criterion_id: each for each in sheet.marks.all()} if sheet else {}
    files = tuple(found.files.filter(removed_at=None).values_list("pk", flat=True))
    return Pack(found.pk, found.number, answers, files, marks)


@for_the_office()
def blind_copy(marker: Marker, *, application: int, file: int) -> tuple[str, bytes] | None:
    """A file with a name that says nothing. None where there is none, or it cannot be made to say nothing."""
    found = _to_mark(marker, application)
    kept = found.files.filter(pk=file, removed_at=None).select_related("document").first() if found else None
    if found is None or kept is None:
        return None
    made = blind_file(read_document(kept.document), kept.name, telling_words(found))
    return (f"{found.number}-{kept.pk}.{made[0]}", made[1]) if made else None


def _to_mark(marker: Marker, application: int) -> Application | None:
    rows = to_mark(marker.campaign).select_related("applicant__person")
    return rows.filter(pk=application).first()


@for_the_office()
@transaction.atomic
def hand_in(
    marker: Marker, *, application: int, marks: Mapping[int, tuple[int, str]], at: dt.datetime
) -> Sheet:
    """One sheet, whole; nobody sees another's before."""
    found = _to_mark(marker, application)
    if found is None or marker.let_go_at is not None:
        raise NotToMark
    if found.sifted.standing().exists():
        raise ShortlistClosed
    criteria = criteria_of(marker.campaign)
    if any(each.pk not in marks or not 0 <= marks[each.pk][0] <= BEST for each in criteria):
        raise MarkMissing
    try:
        with transaction.atomic():
            made = Sheet.objects.create(marker=marker, application=found, handed_in_at=at)
    except IntegrityError as twice:
        raise HandedInAlready from twice
    Mark.objects.bulk_create(
        Mark(sheet=made, criterion=each, mark=marks[each.pk][0], because=marks[each.pk][1][:300])
        for each in criteria
    )
    append_audit("recruitment.mark", about=found, by=marker.account, at=at, detail={"sheet": made.pk})
    return made


@for_the_office()
@transaction.atomic
def take_back(marker: Marker, *, application: int, at: dt.datetime) -> bool:
    """By whoever handed it in, until the shortlist is closed."""
    found = _to_mark(marker, application)
    if found is None:
        raise NotToMark
    if found.sifted.standing().exists():
        raise ShortlistClosed
    gone, _rows = Sheet.objects.filter(marker=marker, application=found).delete()
    if gone:
        append_audit("recruitment.take_back_marks", about=found, by=marker.account, at=at)
    return bool(gone)


@transaction.atomic
def agree(
    application: Application, *, criterion: int, mark: int, because: str, by: Account, at: dt.datetime
) -> Agreed:
    """What the markers settled on; their own marks stay."""
    if application.sifted.standing().exists():
        raise ShortlistClosed
    [one] = standings(application.campaign, [application], least=0)
    if not one.is_marked:
        raise MarkEverything
    values = {"mark": mark, "because": because.strip()[:300], "agreed_at": at, "agreed_by": by}
    made, _new = Agreed.objects.update_or_create(
        application=application, criterion_id=criterion, defaults=values
    )
    append_audit("recruitment.agree_mark", about=application, by=by, at=at, detail={"mark": mark})
    return made


@for_the_office()
@transaction.atomic
def close_shortlist(
    campaign: Campaign, *, places: int, least: int, by: Account, at: dt.datetime
) -> list[Standing]:
    """Everybody decided at once, with the reason; the step of each case is done where it is open."""
    Campaign.objects.select_for_update(of=("self",)).get(pk=campaign.pk)
    rows = list(
        to_mark(campaign).select_related("case__version").exclude(sifted__in=Sifted.objects.standing())
    )
    those = standings(campaign, rows, least=least)
    if not those or any(not one.is_marked for one in those):
        raise MarkEverything
    if any(one.apart for one in those):
        raise SpeakFirst
    reasons = {each.key: each for each in SiftReason.objects.in_force(at.date())}
    choose(those, places=places)
    if any(one.reason not in reasons for one in those):
        raise NoReasons
    Sifted.objects.bulk_create(
        Sifted(
            application=one.application, outcome=Sifted.SHORTLISTED if one.is_in else Sifted.NOT,
            reason=reasons[one.reason], total=one.total, decided_at=at, decided_by=by,
        )
        for one in those
    )  # fmt: skip
    for one in those:
        _finish_step(one, by=by, at=at)
    append_audit("recruitment.close_shortlist", about=campaign, by=by, at=at, detail={"decided": len(those)})
    return those


def _finish_step(one: Standing, *, by: Account, at: dt.datetime) -> None:
    """The step of the process at which the office itself reads applications, where it is open."""
    steps = Step.objects.filter(case=one.application.case_id, key__in=STEPS, state=Step.READY, owner__in=OURS)
    step = steps.select_related("case__version").first()
    if step is None:
        return
    declared = definition_of(step.case.version).step(step.key).outcomes
    outcome = next((each for each in OUTCOMES[one.is_in] if each in declared), "")
    if outcome or not declared:
        complete_step(step, by=by, at=at, outcome=outcome)


@for_the_office()
@transaction.atomic
def reopen_shortlist(campaign: Campaign, *, by: Account, at: dt.datetime) -> int:
    """Closed by mistake: nobody is decided, and what was marked stays."""
    rows = Sifted.objects.standing().filter(application__campaign=campaign)
    cases = list(rows.values_list("application__case", flat=True))
    gone = rows.update(undone_at=at, undone_by=by)
    if not gone:
        raise NotClosed
    done = Step.objects.filter(case__in=cases, key__in=STEPS, state=Step.DONE, owner__in=OURS)
    for step in done.select_related("case__version"):
        if step.case.is_closed and not ended_its_case(step):
            continue
        reopen_step(step, by=by, at=at, because=str(_("The shortlist is open again.")))
    append_audit("recruitment.reopen_shortlist", about=campaign, by=by, at=at, detail={"undone": gone})
    return gone
