"""Guards on staff records: whoever keeps or sees those of one team is told of nobody else's."""

from typing import Any

from django.test import Client
from django.urls import reverse

from moothall.absence.models import Prompt
from moothall.absence.rules.refusals import NowhereToWrite
from moothall.absence.rules.writing import write_to
from moothall.appraisal.models import Action, Mentoring, Talk
from moothall.appraisal.rules.called import find_mentoring, visible_mentoring_ids
from moothall.cases.tests.make import make_case, make_service
from moothall.core.clock import now, today
from moothall.credentials.models import Credential, RenewalCase
from moothall.credentials.tests.make import make_kind, make_requirement
from moothall.people.tests.make import make_account, make_grant, make_person, make_role
from moothall.personnel.models import FamilyCase
from moothall.training.models import StudentCase
from moothall.workforce.models import Employment
from moothall.workforce.tests.make import make_employment, make_post, make_unit

from .exercising import as_if_never
from .office import Office
from .somebody import move_to_a_protected_address, signed_in
from .workforce import employment_of

KEEPING = ("workforce.view", "workforce.edit", "workforce.private", "cases.view")


def keeper(office: Office) -> Client:
    """Keeps the staff records of the home team, and of no other."""
    return signed_in(make_account(*KEEPING, team=office.home, name="Somebody who keeps one team's records"))


def page(client: Client, name: str, *args: object, **asked: str) -> str:
    answer = client.get(reverse(name, args=args), asked)
    assert answer.status_code == 200, name
    return answer.content.decode()


def listed(client: Client, name: str, **asked: str) -> list[Any]:
    return list(client.get(reverse(name), asked | {"print": "1"}).context["list"].page.rows)


def status(client: Client, name: str, *args: object) -> int:
    return client.get(reverse(name, args=args)).status_code


def test_who_is_looked_up_and_listed_is_of_ones_own_team(office: Office) -> None:
    seen = office.client("M")
    with as_if_never():
        kind = make_kind(name="Quillon ticket")
        make_requirement(kind, workforce="worker")
        for name, team in (("home", office.home), ("other", office.away)):
            make_employment(
                make_person(full_name=f"Ysolde{name} Lacking"), post=make_post(team=team), workforce="worker",
                unit=make_unit(name=f"Quillon{name} unit"),
            )  # fmt: skip
        unit = make_unit(name="Quillon both")
        for name, team in (("home", office.home), ("other", office.away)):
            make_employment(
                make_person(full_name=f"Ysolde{name} Both"), post=make_post(team=team), workforce="worker",
                unit=unit,
            )  # fmt: skip
        told = [
            page(seen, "employment_lookup", q="Ottoline Home") + page(seen, "employment_lookup", q="Other"),
            " ".join(str(each.employment.person) for each in listed(seen, "checklist", q="Ottoline")),
            page(seen, "credential_list", q="Holder"),
            page(seen, "missing_credentials"),
            page(seen, "credential_matrix"),
            page(seen, "credential_matrix", unit=str(unit.pk)),
            " ".join(str(each.person) for each in listed(seen, "staff", q="Ottoline")),
            " ".join(str(each.employment.person) for each in listed(seen, "falling_due", q="Leaver")),
        ]
    own = (
        "Ottoline Home", "Ottoline Home", "Ysoldehome Holder", "Ysoldehome Lacking", "Quillonhome unit",
        "Ysoldehome Both", "Ottoline Home", "Ysoldehome Leaver",
    )  # fmt: skip
    others = ("Ottoline Other", "Ysoldeother", "Quillonother")
    assert [word for word, body in zip(own, told, strict=True) if word not in body] == []
    assert [(word, number) for number, body in enumerate(told) for word in others if word in body] == []


def test_credentials_of_another_team_count_in_no_figure(office: Office) -> None:
    with as_if_never():
        Credential.objects.update(verified_at=now())
        soon = [
            [each.number for each in office.client(seat).get(reverse("figures")).context["standing"][:3]]
            for seat in "MH"
        ]
    assert soon == [[1, 1, 1], [2, 2, 2]]


def test_whoever_keeps_the_records_of_one_team_reaches_no_other_by_its_number(office: Office) -> None:
    run, waits = office.rows["increment run"], office.rows["growing other"]["pair"]
    with as_if_never():
        client = keeper(office)
        answers = {
            (name, args): status(client, name, *args)
            for name, args in (
                ("check_sampled_record", (office.rows["drawn other"].pk,)), ("match_mentor", (waits,)),
                ("staff_import", (office.rows["map_staff_import"].pk,)), ("increment_run", (run.pk,)),
                ("credential_file", (office.rows["map_credential_file"].pk,)),
            )
        }  # fmt: skip
        own = [
            status(client, "check_sampled_record", office.rows["drawn home"].pk),
            status(client, "match_mentor", office.rows["growing M led"]["pair"]),
        ]
        entered = client.post(
            reverse("enter_credentials"),
            {"employee-key": office.rows["staff other"].pk, "employee": "nobody",
             "kind": office.rows["credential kind"].pk, "number": "Z-1", "issued_on": "yesterday"},
        )  # fmt: skip
    assert set(answers.values()) == {404}, answers
    assert own == [200, 200]
    assert entered.status_code == 422


def test_whoever_keeps_the_records_of_one_team_is_shown_no_other(office: Office) -> None:
    drawn = office.rows["drawn home"], office.rows["drawn other"]
    home, other = office.rows["staff home"], office.rows["staff other"]
    with as_if_never():
        client = keeper(office)
        sample = client.get(reverse("quality_sample", args=[drawn[0].sample_id])).context["rows"]
        mentored = client.get(reverse("mentoring")).context["waiting"]
        begun = [page(client, "enter_family_leave", employee=each.number) for each in (home, other)]
    shown = {row.pk for row, *_said in sample}
    assert (drawn[0].pk in shown, drawn[1].pk in shown) == (True, False)
    pairs = {each.pk for each in mentored}
    assert office.rows["growing M led"]["pair"] in pairs
    assert office.rows["growing other"]["pair"] not in pairs
    assert ["Ottoline" in body for body in begun] == [True, False]


def test_a_case_one_may_not_see_is_not_named_where_something_hangs_on_it(office: Office) -> None:
    held, student = office.rows["credential home"], office.rows["student M tutored"]
    leave = office.rows[f"family of {employment_of(office, 'managed', 'M').pk}"]
    told = {}
    with as_if_never():
        make_grant(account=office.account("M"), role=make_role("workforce.edit", "workforce.private"))
        for relation in ("own", "other"):
            case = office.cases[relation].case
            with as_if_never():
                RenewalCase.objects.create(credential=held, case=case)
                StudentCase.objects.create(student=student, case=case)
                FamilyCase.objects.create(leave=leave, case=case)
                client = signed_in(office.account("M"))
                told[relation] = [
                    case.reference in page(client, name, row.pk)
                    for name, row in (("credential", held), ("student", student), ("family_page", leave))
                ]
    assert told == {"own": [True, True, True], "other": [False, False, False]}


def test_beside_a_case_stands_nobody_whom_one_may_not_see(office: Office) -> None:
    told = {}
    with as_if_never():
        case = office.cases["own"].case
        for relation in ("home", "other"):
            with as_if_never():
                RenewalCase.objects.create(credential=office.rows[f"credential {relation}"], case=case)
                told[relation] = reverse(
                    "credential", args=[office.rows[f"credential {relation}"].pk]
                ) in page(office.client("M"), "case_page", case.reference)
        about = make_case(service=make_service(team=office.home, subject="student"), title="A way")
        student = office.rows["student other"]
        StudentCase.objects.create(student=student, case=about)
        address = reverse("student", args=[student.pk])
        told |= {seat: address in page(office.client(seat), "case_page", about.reference) for seat in "CV"}
    assert told == {"home": True, "other": False, "C": True, "V": False}


def test_what_was_said_with_the_manager_before_is_not_for_the_next_one(office: Office) -> None:
    number, other = office.rows["growing L led"]["number"], office.rows["growing other"]
    with as_if_never():
        before = page(office.client("L"), "development", number)
        talks = Talk.objects.filter(employment__number=number)
        talks.update(manager=office.rows["top"])
        after = page(office.client("L"), "development", number)
        action = Action.objects.get(pk=other["tick_action"])
        mine = Employment.objects.of_account(office.account("L")).first()
        Talk.objects.filter(pk=action.talk_id).update(manager=mine)
        answer = office.client("L").post(reverse("tick_action", args=[action.pk]))
    assert ("Said." in before, "Said." in after) == (True, False)
    assert answer["Location"] == reverse("my_development")


def test_no_letter_about_absence_goes_to_a_protected_address_by_whoever_may_not_know_it(
    office: Office,
) -> None:
    episode = office.rows["absence own"]
    with as_if_never():
        move_to_a_protected_address(episode.employment.person, office)
        given: dict[str, Any] = {"kind": Prompt.REFERRED, "for_day": today(), "at": now()}
        addresses = []
        for seat in "CL":
            try:
                sent = write_to(episode, by=office.account(seat), **given)
            except NowhereToWrite:
                addresses.append("")
            else:
                assert sent is not None
                assert sent.letter is not None
                addresses.append(sent.letter.to_address)
    assert addresses == ["", "1 Quince Lane"]


def test_who_is_mentored_in_another_team_is_found_by_nobody_who_keeps_the_records_of_one(
    office: Office,
) -> None:
    found = {}
    with as_if_never():
        account = make_account(*KEEPING, team=office.home, name="Somebody who brings together at home")
        for relation in ("M led", "other"):
            pair = Mentoring.objects.get(pk=office.rows[f"growing {relation}"]["pair"])
            seen = visible_mentoring_ids(account).filter(pk=pair.pk).exists()
            found[relation] = (pair.pk in find_mentoring(account, pair.mentee.number), seen)
    assert found == {"M led": (True, True), "other": (False, False)}
