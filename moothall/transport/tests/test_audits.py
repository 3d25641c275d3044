"""Audits of contractors: planned, filled in, rated by the rules of the day, and what is found followed up."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from moothall.core.clock import now, today
from moothall.letters.models import Letter
from moothall.people.tests.make import make_account
from moothall.records.tests.make import make_picture
from moothall.transport.models import AuditRating, Contractor, Evidence, Finding, Inspection, Sanction
from moothall.transport.models.audit import MET, NOT_ASKED, NOT_MET, PARTLY
from moothall.transport.models.checklist import CRITICAL, MAJOR, MINOR, VEHICLE
from moothall.transport.rules import audit_refusals as refused
from moothall.transport.rules import auditing, due
from moothall.transport.rules import findings as rules
from moothall.transport.rules.audit_letters import letter_about, tell_contractor
from moothall.transport.rules.due import told_in_the_morning

from .make import make_manager, make_user
from .make_audits import fill_in, make_audit, make_checklist, make_figures, make_finding, make_ratings
from .make_contractors import make_contractor, make_member, make_theirs

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def day(ahead: int) -> str:
    return f"{today() + DAY * ahead:%d/%m/%Y}"


def page(client: Client, route: str, *args: Any) -> str:
    return client.get(reverse(route, args=args)).content.decode()


def send(client: Client, route: str, *args: Any, **data: Any) -> Any:
    return client.post(reverse(route, args=args), data)


def test_an_audit_goes_from_its_plan_to_a_letter_question_by_question(client: Client) -> None:
    firm, checklist = make_contractor(name="Saddlers Cars"), make_checklist()
    make_ratings()
    make_figures()
    auditor = make_manager(name="Zofia Underhill")
    client.force_login(auditor)
    planned = {"checklist": checklist.pk, "whom": "contractor", "planned_on": day(0), "auditor": auditor.pk}
    assert send(client, "plan_audit", firm.pk, **planned).status_code == 302
    made = Inspection.objects.get()
    photo = SimpleUploadedFile("badge.png", make_picture(), content_type="image/png")
    said = {"said": NOT_MET, "note": "Two without a badge", "photos": photo}
    answer = send(client, "answer_question", made.pk, 1, **said)
    assert answer.url == reverse("answer_question", args=[made.pk, 2])
    send(client, "answer_question", made.pk, 2, said=PARTLY)
    assert send(client, "finish_inspection", made.pk, carried_out_on=day(0)).status_code == 422
    assert send(client, "answer_question", made.pk, 3, said=MET).url == reverse("inspection", args=[made.pk])
    send(client, "finish_inspection", made.pk, carried_out_on=day(0), summary="Friendly")
    shown = page(client, "inspection", made.pk)
    for words in ("Saddlers Cars", "Poor", "33 %", "Two without a badge", "badge.png", "Friendly"):
        assert words in shown
    assert "Two without a badge" in page(client, "tell_of_audit", made.pk)
    assert send(client, "tell_of_audit", made.pk).status_code == 302
    assert Letter.objects.about("transport.inspection", made.pk).get().to_address == firm.email
    assert "Poor" in page(client, "contractor", firm.pk)


def test_what_was_met_counts_by_weight_and_what_was_not_asked_not_at_all() -> None:
    made = fill_in(make_audit(), MET, PARTLY, NOT_ASKED)
    assert made.score == Decimal("80.00")
    assert fill_in(make_audit(), MET, MET, MET).score == 100
    with pytest.raises(refused.NothingAsked):
        fill_in(make_audit(), NOT_ASKED, NOT_ASKED, NOT_ASKED)


def test_a_critical_question_that_is_not_met_keeps_every_better_rating_away() -> None:
    assert str(fill_in(make_audit(), MET, MET, PARTLY).rating) == "Good"
    made = fill_in(make_audit(), NOT_MET, MET, MET)
    assert (made.critical, str(made.rating)) == (1, "Poor")


def test_a_result_is_rated_by_the_rules_of_its_day() -> None:
    make_ratings()
    later = today() - DAY * 3
    AuditRating.objects.filter(key="good").update(until_on=later - DAY)
    AuditRating.objects.create(
        key="good", from_on=later, place=1, name="Good now", score_from=99, critical_most=0, again_days=30,
        source="We",
    )  # fmt: skip
    assert str(fill_in(make_audit(planned_on=later - DAY)).rating) == "Good"
    now_rated = fill_in(make_audit())
    assert (str(now_rated.rating), now_rated.again_on) == ("Good now", today() + DAY * 30)
    AuditRating.objects.update(until_on=today() - DAY)
    with pytest.raises(refused.NoRating):
        fill_in(make_audit())


def test_nothing_that_was_not_met_is_left_without_a_finding() -> None:
    made = fill_in(make_audit(), NOT_MET, NOT_MET, PARTLY)
    found = {each.question.name: each for each in made.findings.select_related("question") if each.question}
    assert {name: each.severity for name, each in found.items()} == {
        "Badges": CRITICAL, "Defects": MAJOR, "Clean inside": MINOR
    }  # fmt: skip
    days = {name: (each.deadline_on - today()).days for name, each in found.items()}
    assert days == {"Badges": 1, "Defects": 14, "Clean inside": 42}
    assert {each.owner for each in found.values()} == {made.auditor}
    auditing.open_again(made, by=made.auditor, at=now())
    made.refresh_from_db()
    assert fill_in(made, NOT_MET, NOT_MET, PARTLY).findings.count() == 3
    partly = fill_in(make_audit(), PARTLY, MET, MET)
    assert partly.findings.get().severity == MAJOR


def test_findings_and_their_steps_are_removed_by_nobody() -> None:
    found = make_finding()
    rules.close_finding(found, words="None after all", by=make_manager(), at=now())
    for statement in (
        "delete from transport_findingstep", "update transport_findingstep set words = 'x'",
        "delete from transport_finding",
    ):  # fmt: skip
        refusal = pytest.raises(DatabaseError, match="never removed")
        with refusal, transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    assert Finding.objects.get().steps.count() == 1


def test_a_finding_is_put_right_with_evidence_and_closed_by_somebody_who_manages(client: Client) -> None:
    found = make_finding()
    client.force_login(make_user())
    copy = SimpleUploadedFile("invoice.pdf", b"%PDF-1.4 repaired", content_type="application/pdf")
    done = {"words": "The step is welded", "evidence": copy}
    assert send(client, "report_put_right", found.pk, **done).status_code == 302
    assert send(client, "close_finding", found.pk, words="Seen").status_code == 403
    shown = page(client, "finding", found.pk)
    assert "The step is welded" in shown
    assert "invoice.pdf" in shown
    client.force_login(make_manager())
    assert send(client, "reopen_finding", found.pk, words="It is loose again").status_code == 302
    found.refresh_from_db()
    assert found.state == Finding.OPEN
    assert send(client, "close_finding", found.pk, words="Seen").status_code == 302
    assert "It is loose again" in page(client, "finding", found.pk)
    with pytest.raises(refused.NotOpen):
        rules.report_put_right(found, words="Again", by=make_manager(), at=now())


def test_photos_and_papers_are_given_out_through_the_door_alone(client: Client) -> None:
    made = make_audit()
    client.force_login(made.auditor)
    photo = SimpleUploadedFile("lift.png", make_picture(), content_type="image/png")
    send(client, "answer_question", made.pk, 1, said=MET, photos=photo)
    shown = Evidence.objects.get()
    address = reverse("evidence", args=[shown.pk])
    answer = client.get(address)
    assert answer.getvalue() == make_picture()
    assert answer["Content-Security-Policy"].startswith("default-src 'none'")
    assert client.get(reverse("evidence", args=[999_999])).status_code == 404
    client.post(reverse("take_away_evidence", args=[shown.pk]))
    assert client.get(address).status_code == 404
    assert "lift.png" not in page(client, "inspection", made.pk)
    client.post(reverse("put_back_evidence", args=[shown.pk]))
    assert client.get(address).getvalue() == make_picture()
    client.force_login(make_account("cases.view"))
    assert client.get(address).status_code == 403


def test_from_a_critical_finding_one_press_leads_to_a_sanction_that_names_it(client: Client) -> None:
    firm = make_contractor()
    vehicle = make_theirs(firm)
    made = fill_in(make_audit(firm, vehicle=vehicle, checklist=make_checklist(VEHICLE)), NOT_MET)
    found = made.findings.get()
    client.force_login(make_manager())
    form = client.get(reverse("sanction_finding", args=[found.pk])).context["form"]
    sent = {name: form[name].value() for name in ("kind", "whom", "because")} | {"from_on": day(0)}
    assert sent["whom"] == f"vehicle-{vehicle.pk}"
    assert send(client, "sanction_finding", found.pk, **sent).status_code == 302
    sanction = Sanction.objects.get()
    found.refresh_from_db()
    assert (sanction.vehicle, sanction.kind, found.sanction) == (vehicle, "SUSPENDED", sanction)
    assert f"Finding {found.pk}" in sanction.because
    assert reverse("finding", args=[found.pk]) in page(client, "contractor", firm.pk)
    assert send(client, "sanction_finding", found.pk, **sent).status_code == 422
    send(client, "end_sanction", sanction.pk, until_on=day(-1))
    assert send(client, "sanction_finding", found.pk, **sent).status_code == 302, "it was taken back"


def test_the_letter_has_the_findings_in_the_language_of_the_contractor() -> None:
    firm = make_contractor(name_cy="Ceir Pen-y-bont", language="cy")
    made = fill_in(make_audit(firm), MET, NOT_MET, MET)
    letter = tell_contractor(made, by=made.auditor, at=now())
    assert letter.language == "cy"
    assert "Defects (cy)" in letter.body
    assert "Ceir Pen-y-bont" in letter.body
    assert "Nid oes dim" not in letter.body
    with pytest.raises(refused.ToldAlready):
        auditing.open_again(made, by=made.auditor, at=now())
    clean = fill_in(make_audit(firm))
    assert "Nid oes dim i'w gywiro" in letter_about(clean, by=made.auditor, at=now()).body
    with pytest.raises(refused.NobodyToTell):
        tell_contractor(fill_in(make_audit(make_contractor(email=""))), by=made.auditor, at=now())
    with pytest.raises(refused.NotFinished):
        tell_contractor(make_audit(firm), by=made.auditor, at=now())


def test_an_audit_made_by_mistake_is_withdrawn_with_its_findings_and_can_come_back(client: Client) -> None:
    made = fill_in(make_audit(planned_on=today() - DAY * 60), MET, NOT_MET)
    client.force_login(make_manager())
    assert Finding.objects.late(today()).count() == 1
    assert send(client, "withdraw_inspection", made.pk, because="The wrong contractor").status_code == 302
    assert not Finding.objects.late(today()).exists()
    assert "The wrong contractor" in page(client, "inspection", made.pk)
    assert "Rests" in page(client, "finding", made.findings.get().pk)
    send(client, "restore_inspection", made.pk)
    assert Finding.objects.late(today()).count() == 1


def test_a_finished_audit_is_not_filled_in_and_nobody_elses_crew_is_audited() -> None:
    made = fill_in(make_audit())
    question = made.checklist.questions.first()
    assert question is not None
    with pytest.raises(refused.FilledInAlready):
        auditing.answer(made, question=question, said=MET, by=made.auditor, at=now())
    with pytest.raises(refused.NotTheirs):
        make_audit(member=make_member(make_contractor()))
    with pytest.raises(refused.WrongChecklist):
        make_audit(checklist=make_checklist(VEHICLE))
    with pytest.raises(refused.AuditorNeeded):
        make_audit(auditor=make_account("cases.view"))
    with pytest.raises(refused.ChecklistEnded):
        make_audit(checklist=make_checklist(until_on=today() - DAY))
    firm, checklist = make_contractor(), make_checklist()
    make_audit(firm, checklist=checklist)
    with pytest.raises(refused.PlannedAlready):
        make_audit(firm, checklist=checklist)
    with pytest.raises(refused.CarriedOutLater):
        auditing.finish(make_audit(), carried_out_on=today() + DAY, by=made.auditor, at=now())


def midday(day: dt.date) -> dt.datetime:
    """A hundred times 24 hours ago is another day here, where the clocks changed between and it is late."""
    return dt.datetime.combine(day, dt.time(12), dt.UTC)


def due_of(firm: Contractor) -> Any:
    return due.contractors_due(Contractor.objects.filter(pk=firm.pk), on=today()).get().due_on


def test_every_contractor_is_due_by_its_rating_and_a_new_one_by_when_it_came() -> None:
    make_figures(first_audit=90)
    firm = make_contractor()
    Contractor.objects.filter(pk=firm.pk).update(added_at=midday(today() - DAY * 100))
    assert due_of(firm) == today() - DAY * 10
    made = fill_in(make_audit(firm, planned_on=today() - DAY * 20), MET, NOT_MET)
    assert due_of(firm) == today() + DAY * 70
    of_vehicle = make_audit(firm, vehicle=make_theirs(firm), checklist=make_checklist(VEHICLE))
    fill_in(of_vehicle, NOT_MET)
    assert due_of(firm) == today() + DAY * 70, "a vehicle is not the whole contractor"
    auditing.withdraw_inspection(made, because="Mistake", by=made.auditor, at=now())
    assert due_of(firm) == today() - DAY * 10


def test_the_plan_lists_who_is_late_and_where_nothing_is_planned(client: Client) -> None:
    make_figures()
    late, planned = make_contractor(name="Late Cars"), make_contractor(name="Planned Cars")
    Contractor.objects.update(added_at=midday(today() - DAY * 100))
    make_audit(planned, planned_on=today() + DAY)
    make_contractor(name="New Cars")
    client.force_login(make_manager())
    assert "New Cars" in page(client, "audit_plan")
    shown = client.get(f"{reverse('audit_plan')}?late=1").content.decode()
    assert "Late Cars" in shown
    assert "New Cars" not in shown
    shown = client.get(f"{reverse('audit_plan')}?soon=1&unplanned=1").content.decode()
    assert "Planned Cars" not in shown
    assert reverse("plan_audit", args=[late.pk]) in shown


def test_late_findings_stand_on_my_work_of_who_follows_them_and_of_who_manages(client: Client) -> None:
    owner, other = make_user(), make_user()
    made = make_audit(planned_on=today() - DAY * 60)
    make_finding(made, words="A broken lift", owner=owner)
    for account, sees in ((owner, True), (other, False), (make_manager(), True)):
        client.force_login(account)
        assert ("A broken lift" in page(client, "my_work")) is sees
    assert due.told_in_the_morning(owner, today()) == ["1 finding that you follow is late."]
    assert due.told_in_the_morning(other, today()) == []
    client.force_login(made.auditor)
    assert "Audits and visits to carry out" in page(client, "my_work")


def counted(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as seen:
        assert client.get(address).status_code == 200
    return len(seen)


def furnish(firms: int) -> Inspection:
    for _number in range(firms):
        firm = make_contractor()
        for _other in range(firms):
            made = fill_in(make_audit(firm, checklist=make_checklist()), NOT_MET, PARTLY)
        make_audit(firm)
    return made


def test_lists_and_pages_ask_as_few_questions_for_many_as_for_one(client: Client) -> None:
    client.force_login(make_manager())
    made = furnish(1)
    addresses = [
        reverse("audits"), reverse("audit_plan"), reverse("findings"), reverse("audit_rules"),
        reverse("contractor", args=[made.contractor_id]), reverse("inspection", args=[made.pk]),
    ]  # fmt: skip
    few = [counted(client, address) for address in addresses]
    made = furnish(3)
    addresses[-2:] = [
        reverse("contractor", args=[made.contractor_id]),
        reverse("inspection", args=[made.pk]),
    ]
    many = [counted(client, address) for address in addresses]
    assert all(more <= less for more, less in zip(many, few, strict=True)), (few, many)


def test_late_audits_of_colleagues_and_those_nobody_planned_are_before_whoever_manages_transport(
    client: Client,
) -> None:
    late = make_audit(make_contractor(name="Went By Cars"), planned_on=today())
    Inspection.objects.filter(pk=late.pk).update(planned_on=today() - DAY * 3)
    firm = make_contractor(name="Never Seen Cars")
    Contractor.objects.filter(pk=firm.pk).update(added_at=now() - DAY * 200)
    client.force_login(make_manager())
    shown = client.get(reverse("my_work")).content.decode()
    assert "Went By Cars" in shown
    assert "Overdue, and no day is set" in shown
    assert reverse("plan_audit", args=[firm.pk]) in shown
    client.force_login(make_user())
    shown = client.get(reverse("my_work")).content.decode()
    assert "Went By Cars" not in shown
    assert "Never Seen Cars" not in shown


def test_whoever_was_to_carry_out_an_audit_hears_in_the_morning_that_it_is_late() -> None:
    late = make_audit()
    Inspection.objects.filter(pk=late.pk).update(planned_on=today() - DAY)
    assert told_in_the_morning(late.auditor, today()) == [
        "1 audit or visit that you were to carry out is late."
    ]
    assert told_in_the_morning(make_manager(), today()) == []
