"""What is known by its kind and number alone is named to nobody who may not see it, nor found, nor read of.

Each app says of its kinds of record how they are called, how they are found by what people type, and who
reads the letters about them. An auditor is told that something happened to a record, and no more of it.
"""

from collections.abc import Iterator
from operator import attrgetter
from typing import Any

from django.apps import apps
from django.db.models import Model, QuerySet

from moothall.core.clock import now
from moothall.core.permissions import all_permissions
from moothall.letters.models import Letter
from moothall.letters.rules import visibility
from moothall.letters.rules.outbox import queue_letter
from moothall.people.models import Account
from moothall.people.tests.make import make_account
from moothall.records.rules import naming

from .exercising import as_if_never
from .office import Office

# What every auditor is told: who has an account, and what letters are made from.
TOLD_TO_ALL = {"people.account", "letters.lettertemplate"}
# Letters to applicants who have not sent anything yet are read by nobody of the office, and those to a
# department about its late checks by its own people.
READ_BY_NOBODY = {"recruitment.draft"}
READ_BY_THE_TEAM = {"recruitment.checkweek"}
# What is typed to find a record of the kind.
TYPED = {
    "people.person": "reference", "cases.case": "reference", "letters.letter": "message_id",
    "knowledge.signpost": "name", "knowledge.article": "title", "problems.problem": "reference",
    "casework.contactplan": "person.reference", "credentials.credential": "number",
    "appraisal.mentoring": "mentee.number", "appraisal.cycle": "name",
    "recruitment.vacancy": "case.reference", "recruitment.campaign": "name",
    "recruitment.application": "number", "recruitment.selectionevent": "name",
    "promotion.board": "campaign.name", "training.scheduleversion": "schedule.name",
    "transport.passenger": "person.reference", "transport.application": "case.reference",
    "transport.journey": "passenger.person.reference", "transport.runplan": "name",
    "transport.vehicle": "registration", "transport.contractor": "name", "transport.paper": "number",
    "transport.incident": "case.reference", "transport.inspection": "contractor.name",
    "transport.finding": "inspection.contractor.name", "transport.daymessage": "about",
    "reports.qualityrule": "key",
}  # fmt: skip
BY_THE_EMPLOYEE = "employment.number"


def rows_of(kind: str) -> QuerySet[Any, Any]:
    rows: QuerySet[Any, Any] = apps.get_model(kind)._base_manager.order_by("pk")
    return rows


def kinds() -> Iterator[tuple[str, naming.Kind]]:
    yield from ((kind, known) for kind, known in naming._kinds.items() if kind not in TOLD_TO_ALL)


def auditor() -> Account:
    return make_account("records.audit", name="Somebody who audits and sees nothing")


def seeing_all() -> Account:
    return make_account(*(each.name for each in all_permissions()), name="Somebody who may do everything")


def test_an_auditor_who_may_see_no_record_is_told_the_name_of_none(office: Office) -> None:
    with as_if_never():
        one, all_ = auditor(), seeing_all()
        named, told = set(), {}
        for kind, known in kinds():
            ids = list(rows_of(kind).values_list("pk", flat=True))
            named |= {kind} if known.names(all_, ids) else set()
            told[kind] = known.names(one, ids)
    assert {kind: names for kind, names in told.items() if names} == {}
    assert named == set(told)


def test_an_auditor_who_may_see_no_record_finds_none_by_what_they_type(office: Office) -> None:
    with as_if_never():
        one, all_ = auditor(), seeing_all()
        known_to_all, found = {}, {}
        for kind, known in kinds():
            words = _typed(kind, known, all_)
            known_to_all[kind] = bool(known.find(all_, words))
            found[kind] = list(known.find(one, words))
    assert [kind for kind, is_found in known_to_all.items() if not is_found] == []
    assert {kind: ids for kind, ids in found.items() if ids} == {}


def _typed(kind: str, known: naming.Kind, account: Account) -> str:
    """By what whoever sees one of these records finds it."""
    seen = min(known.names(account, list(rows_of(kind).values_list("pk", flat=True))))
    row: Model = rows_of(kind).get(pk=seen)
    if kind == "reports.monthclosing":
        return str(row)
    return str(attrgetter(TYPED.get(kind, BY_THE_EMPLOYEE))(row))


def test_letters_are_read_by_those_who_see_what_they_are_about(office: Office) -> None:
    with as_if_never():
        one, all_, letters = auditor(), seeing_all(), {}
        for kind in visibility._registered:
            about = rows_of(kind).first()
            assert about is not None, f"there is no {kind} in the office"
            letters[kind] = queue_letter(
                about=about, person=None, channel="MAIL", language="en", to_address="a@example.org",
                to_name="A", from_address="b@example.org", from_name="B", subject="S", body="B", by=None,
                at=now(),
            ).pk  # fmt: skip
        read = {
            account: {kind for kind, id in letters.items() if _reads(account, id)} for account in (one, all_)
        }
    assert read[one] == set()
    assert read[all_] == set(letters) - READ_BY_NOBODY - READ_BY_THE_TEAM


def test_letters_about_late_checks_are_read_in_their_own_department(office: Office) -> None:
    kind = visibility._registered["recruitment.checkweek"]
    in_team, elsewhere = office.seats["C"], auditor()
    assert in_team is not None
    with as_if_never():
        home = rows_of("recruitment.checkweek").filter(team=office.home).values_list("pk", flat=True)
        assert set(kind(in_team)) == set(home) != set()
        assert not set(kind(elsewhere))


def _reads(account: Account, letter: int) -> bool:
    return Letter.objects.visible_to(account).filter(pk=letter).exists()
