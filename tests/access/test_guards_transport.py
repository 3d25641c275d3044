"""Guards of transport: cases of another team, protected addresses, and what one only looks at."""

from typing import Any

from django.urls import reverse

from moothall.cases.models import CaseLink
from moothall.cases.rules.linking import link_cases
from moothall.cases.tests.make import make_case, make_service
from moothall.core.clock import now, today
from moothall.people.models import Account
from moothall.people.rules.cautions import protect_address
from moothall.people.tests.make import make_account, make_grant, make_role
from moothall.transport.models import Appeal, Application, Passenger, TransportVoice
from moothall.transport.rules import voicing
from moothall.transport.rules.deciding import decide
from moothall.transport.rules.refusals import NobodyToWriteTo

from .exercising import as_if_never
from .office import Office
from .somebody import move_to_a_protected_address, signed_in

WORKS = ("transport.use", "cases.view", "cases.work")


def rows(office: Office, name: str) -> list[Any]:
    """What a list shows to an adviser of the home team."""
    answer = office.client("V").get(reverse(name), {"print": "1"})
    assert answer.status_code == 200, name
    return list(answer.context["list"].page.rows)


def looking_on(office: Office) -> Account:
    """Works with transport at home, and looks on in the other team."""
    account = make_account(*WORKS, team=office.home, name="Somebody of transport who looks on")
    make_grant(account=account, role=make_role("transport.use", "cases.view"), team=office.away)
    return account


def test_transport_lists_and_counts_only_cases_one_may_see(office: Office) -> None:
    with as_if_never():
        listed = {
            "travel": {each.pk for each in rows(office, "travel_applications")},
            "incident": {each.pk for each in rows(office, "incidents")},
            "voice": {each.pk for each in rows(office, "transport_voices")},
        }
        firm = reverse("contractor", args=[office.rows["audit firm"].pk])
        said = [each.pk for each in office.client("V").get(firm).context["voices"]]
        counted = office.client("V").get(reverse("voice_counts")).context["rows"]
    shown = {
        f"{kind} {relation}": office.rows[f"{kind} {relation}"].pk in found
        for kind, found in listed.items()
        for relation in ("home", "other")
    }
    assert {name for name, is_shown in shown.items() if is_shown} == {
        "travel home", "incident home", "voice home",
    }  # fmt: skip
    assert [each["complaints"] for each in counted] == [1]
    assert said == [office.rows["voice home"].pk]


def test_an_appeal_is_shown_to_whoever_sees_its_case(office: Office) -> None:
    application = office.rows["travel home refused"]
    address, shown = reverse("travel_application", args=[application.pk]), {}
    for relation in ("own", "other"):
        with as_if_never():
            Appeal.objects.create(
                application=application, case=office.cases[relation].case, stage=1, received_on=today(),
                ask_by=today(), grounds="It is unfair", recorded_at=now(),
            )  # fmt: skip
            shown[relation] = len(office.client("V").get(address).context["appeals"])
    assert shown == {"own": 1, "other": 0}


def test_what_was_said_of_transport_is_changed_by_whoever_works_on_its_case(office: Office) -> None:
    said: TransportVoice = office.rows["voice other"]
    with as_if_never():
        client = signed_in(looking_on(office))
        answer = client.post(reverse("take_back_voice", args=[said.pk]))
        said.refresh_from_db()
    assert answer.status_code == 403
    assert said.withdrawn_at is None


def test_what_was_said_of_transport_is_offered_for_change_where_one_works(office: Office) -> None:
    offered = {}
    with as_if_never():
        client = signed_in(looking_on(office))
        for relation, team in (("home", office.home), ("other", office.away)):
            case = make_case(service=make_service(team=team, complaint_stage=1), title="A late bus")
            voice = voicing.say_whom(
                case, kind="COMPLAINT", contractor=office.rows["audit firm"], happened_on=today(),
                by=office.account("M"), at=now(),
            )  # fmt: skip
            page = client.get(reverse("case_page", args=[case.reference]))
            assert page.status_code == 200
            body = page.content.decode()
            assert "Quillon Audited" in body
            offered[relation] = reverse("take_back_voice", args=[voice.pk]) in body
    assert offered == {"home": True, "other": False}


def test_a_second_stage_does_not_tell_whom_the_first_concerned_to_whoever_may_not_see_the_first(
    office: Office,
) -> None:
    told = {}
    with as_if_never():
        client = signed_in(make_account(*WORKS, team=office.home, name="Somebody of transport at home"))
        for relation, team in (("home", office.home), ("other", office.away)):
            first = make_case(service=make_service(team=team, complaint_stage=1))
            second = make_case(service=make_service(team=office.home, complaint_stage=2))
            link_cases(second, first, kind=CaseLink.RELATED, by=None, at=now())
            voicing.say_whom(
                first, kind="COMPLAINT", contractor=office.rows["audit firm"], happened_on=today(),
                by=office.account("M"), at=now(),
            )  # fmt: skip
            page = client.get(reverse("case_page", args=[second.reference]))
            assert page.status_code == 200
            told[relation] = "Quillon Audited" in page.content.decode()
    assert told == {"home": True, "other": False}


def test_where_a_protected_passenger_lives_is_told_to_those_alone_who_place_cautions(office: Office) -> None:
    told = {}
    ride = office.rows["runs ride"]
    with as_if_never():
        passenger: Passenger = ride.passenger
        protect_address(passenger.person, reason="They asked.", by=office.account("L"), at=now())
        for seat in "VM":
            told[seat] = [
                "2 Quillon Row" in office.client(seat).get(reverse(name, args=[pk])).content.decode()
                for name, pk in (("passenger", passenger.pk), ("run", ride.run_id))
            ]
    assert told == {"V": [False, False], "M": [True, True]}


def test_no_decision_is_sent_to_a_protected_address_by_whoever_may_not_know_it(office: Office) -> None:
    application, reached = office.rows["travel home"], {}
    with as_if_never():
        Application.objects.filter(pk=application.pk).update(centre=office.rows["travel centre"])
        move_to_a_protected_address(application.case.requester, office)
        for seat in "VM":
            try:
                decide(
                    application, outcome="REFUSED", because="By the rule", by=office.account(seat), at=now()
                )
            except NobodyToWriteTo:
                reached[seat] = False
            else:
                reached[seat] = True
    assert reached == {"V": False, "M": True}
