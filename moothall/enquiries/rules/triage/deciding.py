"""A person decides: accepts or rejects a suggestion, takes the decision back, or has done with a case."""

import datetime as dt
from collections.abc import Callable

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from moothall.cases.models import Case, CaseLink, Entry, Service
from moothall.cases.rules.acting import may_act
from moothall.cases.rules.assigning import assign_case, hand_over, prioritise_case
from moothall.cases.rules.changing import undo_change
from moothall.cases.rules.details import change_details, change_service
from moothall.cases.rules.linking import link_cases
from moothall.core.clock import in_london
from moothall.core.refusals import Refusal
from moothall.enquiries.models import Suggestion, Triaged
from moothall.knowledge.models import Article, Signpost
from moothall.people.models import Account, Team
from moothall.records.rules.audit import append_audit

UNDONE_WITHIN = dt.timedelta(hours=12)
BECAUSE = _("Suggested by its words, and accepted.")


class DecidedAlready(Refusal):
    sentence = _("This suggestion has been decided already.")
    next_step = _("Look at the case as it stands now.")


class NotYours(Refusal):
    sentence = _("Your role does not let you do what is suggested here.")
    next_step = _("Reject it, or leave it to somebody who may.")


class NothingToUndo(Refusal):
    sentence = _("You have decided nothing here lately that could be taken back.")


class NoLongerThere(Refusal):
    sentence = _("What was suggested is no longer there.")
    next_step = _("Reject the suggestion.")


@transaction.atomic
def accept_suggestion(suggestion: Suggestion, *, by: Account, at: dt.datetime) -> Suggestion:
    """Do what is suggested, by the rule that a person would do it with."""
    case = _decide(suggestion, Suggestion.ACCEPTED, by=by, at=at)
    if not may_act(case, by, NEEDED.get(suggestion.kind, "cases.work")):
        raise NotYours
    suggestion.change = DO[suggestion.kind](case, suggestion, by, at)
    Suggestion.objects.filter(pk=suggestion.pk).update(change=suggestion.change)
    return suggestion


@transaction.atomic
def reject_suggestion(suggestion: Suggestion, *, by: Account, at: dt.datetime) -> Suggestion:
    """Remember that it was wrong; nothing else changes."""
    _decide(suggestion, Suggestion.REJECTED, by=by, at=at)
    return suggestion


def _decide(suggestion: Suggestion, decision: str, *, by: Account, at: dt.datetime) -> Case:
    """Write the decision down, once. With the last one the triage of its case is settled."""
    decided = Suggestion.objects.filter(pk=suggestion.pk, decision="").update(
        decision=decision, decided_by=by, decided_at=at
    )
    if not decided:
        raise DecidedAlready
    suggestion.decision, suggestion.decided_by, suggestion.decided_at = decision, by, at
    case = suggestion.case
    if not Suggestion.objects.filter(case=case, decision="").exists():
        Triaged.objects.filter(case=case, settled_at=None).update(settled_at=at, settled_by=by)
    append_audit(
        "enquiries.decide_suggestion", about=case, by=by, at=at,
        detail={"decision": decision, "kind": suggestion.kind, "value": suggestion.value},
    )  # fmt: skip
    return case


@transaction.atomic
def settle_triage(case: Case, *, by: Account, at: dt.datetime, take: bool = False) -> None:
    """Nothing more is to be triaged here; with `take` the case is theirs. What was open is overtaken."""
    if take:
        assign_case(case, to=by, by=by, at=at)
    settled = Triaged.objects.filter(case=case, settled_at=None).update(settled_at=at, settled_by=by)
    if settled:
        overtake(case, [kind for kind, _words in Suggestion.KINDS], by=by, at=at)
        append_audit("enquiries.settle_triage", about=case, by=by, at=at, detail={"take": take})


def overtake(case: Case, kinds: list[str], *, by: Account | None, at: dt.datetime) -> None:
    """What happened on the case has made these suggestions pointless."""
    Suggestion.objects.filter(case=case, kind__in=kinds, decision="").update(
        decision=Suggestion.PASSED, decided_by=by, decided_at=at
    )


OVERTAKEN_BY = {
    "service": [Suggestion.SERVICE],
    "hand_over": [Suggestion.TEAM],
    "prioritise": [Suggestion.PRIORITY],
    "answer": [Suggestion.ARTICLE, Suggestion.SIGNPOST],
    "close": [kind for kind, _words in Suggestion.KINDS],
    "merge": [kind for kind, _words in Suggestion.KINDS],
}


def case_changed(case: Case, verb: str, by: Account | None, at: dt.datetime) -> None:
    """Hear that somebody did by hand what was, or was not, suggested."""
    overtake(case, OVERTAKEN_BY[verb], by=by, at=at)
    if verb in {"close", "merge"}:
        Triaged.objects.filter(case=case, settled_at=None).update(settled_at=at, settled_by=by)


def last_decision(account: Account, *, at: dt.datetime) -> Suggestion | None:
    """The newest thing this person accepted or rejected today and may still take back."""
    mine = Suggestion.objects.filter(
        decided_by=account, decided_at__gte=at - UNDONE_WITHIN,
        decision__in=[Suggestion.ACCEPTED, Suggestion.REJECTED], case__in=Case.objects.visible_to(account),
    )  # fmt: skip
    return mine.select_related("case", "change").order_by("-decided_at", "-id").first()


@transaction.atomic
def undo_decision(*, by: Account, at: dt.datetime) -> Suggestion:
    """Take one's newest decision back: what it changed is put back, and the suggestion is open again."""
    found = last_decision(by, at=at)
    if found is None:
        raise NothingToUndo
    if found.change is not None and found.change.undone_at is None:
        undo_change(found.change, by=by, at=at)
    undone = {"decision": found.decision, "kind": found.kind, "value": found.value}
    Suggestion.objects.filter(pk=found.pk).update(decision="", decided_by=None, decided_at=None, change=None)
    Triaged.objects.filter(case=found.case).update(settled_at=None, settled_by=None)
    append_audit("enquiries.undo_suggestion", about=found.case, by=by, at=at, detail=undone)
    return found


def _to_service(case: Case, suggestion: Suggestion, by: Account, at: dt.datetime) -> Entry | None:
    service = Service.objects.filter(key=suggestion.value, retired_at=None).first()
    if service is None:
        raise NoLongerThere
    return change_service(case, service=service, by=by, at=at)


def _to_team(case: Case, suggestion: Suggestion, by: Account, at: dt.datetime) -> Entry | None:
    team = Team.objects.filter(key=suggestion.value).first()
    if team is None:
        raise NoLongerThere
    return hand_over(case, to_team=team, because=str(BECAUSE), by=by, at=at)


def _to_priority(case: Case, suggestion: Suggestion, by: Account, at: dt.datetime) -> Entry | None:
    return prioritise_case(case, priority=int(suggestion.value), by=by, at=at)


def _to_person(case: Case, suggestion: Suggestion, by: Account, at: dt.datetime) -> Entry | None:
    if suggestion.person is None or suggestion.person.is_merged:
        raise NoLongerThere
    return change_details(
        case, title=case.title, service=case.service, requester=suggestion.person, priority=case.priority,
        language=case.language, by=by, at=at,
    )  # fmt: skip


def _to_article(_case: Case, suggestion: Suggestion, _by: Account, _at: dt.datetime) -> None:
    """Its words go into a reply, which somebody reads and sends; only then is it counted as answered with."""
    if not Article.objects.published().filter(key=suggestion.value).exists():
        raise NoLongerThere


def _to_signpost(_case: Case, suggestion: Suggestion, _by: Account, at: dt.datetime) -> None:
    """The same for whom they are sent to."""
    if not Signpost.objects.in_force(in_london(at).date()).filter(key=suggestion.value).exists():
        raise NoLongerThere


def _link(kind: str) -> Callable[[Case, Suggestion, Account, dt.datetime], Entry | None]:
    def link(case: Case, suggestion: Suggestion, by: Account, at: dt.datetime) -> Entry | None:
        if (
            suggestion.other is None
            or not Case.objects.visible_to(by).filter(pk=suggestion.other.pk).exists()
        ):
            raise NoLongerThere
        made = link_cases(case, suggestion.other, kind=kind, by=by, at=at)
        return case.entries.filter(kind=Entry.CHANGE, detail__said__link=made.pk).order_by("-id").first()

    return link


NEEDED = {
    Suggestion.TEAM: "cases.assign",
    Suggestion.ARTICLE: "letters.write",
    Suggestion.SIGNPOST: "letters.write",
}
DO: dict[str, Callable[[Case, Suggestion, Account, dt.datetime], Entry | None]] = {
    Suggestion.SERVICE: _to_service,
    Suggestion.TEAM: _to_team,
    Suggestion.PRIORITY: _to_priority,
    Suggestion.PERSON: _to_person,
    Suggestion.DUPLICATE: _link(CaseLink.DUPLICATE),
    Suggestion.RELATED: _link(CaseLink.RELATED),
    Suggestion.ARTICLE: _to_article,
    Suggestion.SIGNPOST: _to_signpost,
}
