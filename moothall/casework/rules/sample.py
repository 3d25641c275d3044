"""A few invented people of the demo office who act for each other, and bodies that were written to about its
sample work, so that the pages show how that looks."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from moothall.cases.models import Case
from moothall.casework.models import Authority, Basis, Format
from moothall.core.clock import in_london
from moothall.core.marked_yaml import Fields, Marked
from moothall.core.packs import Pack, Progress
from moothall.letters.models import MAIL, Letter
from moothall.people.models import Account, Person
from moothall.people.rules.persons import add_person

from .approaching import Body, approach_body, raise_chasers, record_answer
from .authority import give_authority
from .formats import set_formats
from .planning_contact import Restriction, approve_plan, propose_plan

People = dict[str, Person]
A_WHILE = dt.timedelta(days=3)


@transaction.atomic
def load_part(pack: Pack, progress: Progress) -> None:
    """Once, and only where there is sample staff."""
    doc = pack.file("demo/casework.yaml") if pack.demo else None
    if doc is None or Authority.objects.exists():
        return
    progress.begin(_("People who are met with care"))
    fields = Fields(doc)
    people = {row.text("key"): _person(row, pack) for row in map(Fields, fields.mappings("people"))}
    for each in fields.mappings("authorities"):
        _authority(each, people, pack)
        progress.advance()
    for each in fields.mappings("needs"):
        _needs(Fields(each), people, pack)
    for each in fields.mappings("plans"):
        _plan(Fields(each), people, pack)
    _approaches(list(fields.mappings("approaches")), pack)
    fields.finish()
    progress.end()


def _person(row: Fields, pack: Pack) -> Person:
    given, family = row.text("given_name"), row.text("family_name")
    title, language = row.text("title", ""), row.text("language", "")
    emails, phones = row.words("emails"), row.words("phones")
    row.finish()
    return add_person(
        given_name=given, family_name=family, full_name=f"{given} {family}", title=title, language=language,
        emails=emails, phones=phones, by=None, at=pack.at,
    )  # fmt: skip


def _authority(row: Marked, people: People, pack: Pack) -> None:
    fields = Fields(row)
    today = in_london(pack.at).date()
    ends = fields.maybe_whole("ends_in_days")
    begun = today - dt.timedelta(days=fields.whole("began_days_ago"))
    basis = Basis.objects.in_force(begun).get(key=fields.text("basis"))
    representative, represented = people[fields.text("representative")], people[fields.text("represented")]
    how = fields.text("how")
    fields.finish()
    give_authority(
        representative=representative, represented=represented, basis=basis, how=how, from_on=begun,
        until_on=today + dt.timedelta(days=ends) if ends is not None else None, by=None, at=pack.at,
    )  # fmt: skip


def _approaches(rows: list[Marked], pack: Pack) -> None:
    """Each on an open case of its own, of those that somebody has."""
    open_cases = Case.objects.unfinished().filter(
        service__desk=pack.key, assignee__isnull=False, confidentiality=Case.TEAM, merged_into=None,
        received_at__lt=pack.at - A_WHILE,
    )  # fmt: skip
    found = list(open_cases.select_related("assignee", "team").order_by("id")[: len(rows)])
    for row, case in zip(rows, found, strict=False):
        _approach(Fields(row), case, pack)
    raise_chasers(at=pack.at, today=in_london(pack.at).date())


def _approach(row: Fields, case: Case, pack: Pack) -> None:
    sent_at = max(pack.at - dt.timedelta(days=row.whole("sent_days_ago")), case.received_at)
    asked_for = in_london(sent_at).date() + dt.timedelta(days=row.whole("reply_in_days"))
    body = Body(row.text("body"), MAIL, row.text("address"), row.text("language", "en"))
    subject, text, answer = row.text("subject"), row.text("text"), row.text("answer", "")
    row.finish()
    if case.assignee is None:
        return
    made = approach_body(
        case, body=body, subject=f"{subject} [{case.reference}]", text=text, reply_by=asked_for,
        by=case.assignee, at=sent_at,
    )  # fmt: skip
    Letter.objects.filter(pk=made.letter_id).update(state=Letter.SENT, sent_at=sent_at)
    if answer:
        record_answer(made, answer=answer, document=None, by=case.assignee, at=pack.at)


def _plan(row: Fields, people: People, pack: Pack) -> None:
    """Proposed by one, and approved by another where the row says so."""
    today = in_london(pack.at).date()
    person, channel = people[row.text("person")], row.text("channel", "")
    by = Account.objects.get(email=row.text("proposed_by"))
    approver = row.optional("approved_by")
    begun = today - dt.timedelta(days=row.whole("began_days_ago"))
    reviewed, ends = (dt.timedelta(days=row.whole(name)) for name in ("reviewed_in_days", "ends_in_days"))
    reason, instruction = row.text("reason"), row.text("instruction")
    row.finish()
    plan = propose_plan(
        person, reason=reason, restriction=Restriction(instruction, by, channel), from_on=begun,
        until_on=today + ends, review_on=today + reviewed, by=by, at=pack.at,
    )  # fmt: skip
    if approver is not None:
        approve_plan(plan, by=Account.objects.get(email=approver), at=pack.at)


def _needs(row: Fields, people: People, pack: Pack) -> None:
    person, keys, note = people[row.text("person")], row.words("formats"), row.text("note", "")
    row.finish()
    formats = list(Format.objects.filter(key__in=keys).order_by("position"))
    set_formats(person, formats=formats, note=note, by=None, at=pack.at)
