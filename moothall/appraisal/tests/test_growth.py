"""Plans, one-to-ones, mentors and inductions: whose they are, and what waits for whom."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from moothall.appraisal.beside import agreed_to_do
from moothall.appraisal.models import Action, InductionItem, InductionTask, Mentoring, PlanItem, Talk
from moothall.appraisal.rules import inducting, mentoring, planning, refusals, talks
from moothall.appraisal.rules.called import find_mentoring
from moothall.core.clock import now, today
from moothall.letters.models import Letter
from moothall.people.models import Account
from moothall.people.tests.make import make_account, make_person, make_team
from moothall.workforce.models import EmployeeSkill, Employment, Skill
from moothall.workforce.rules.assigning import change_assignment
from moothall.workforce.tests.make import make_employment, make_manager, make_post, make_unit

pytestmark = pytest.mark.django_db
SOON = dt.timedelta(days=5)


def make_two(name: str = "Ffion Adeyemi") -> tuple[Account, Employment, Account, Employment]:
    """Somebody and their manager."""
    manager, above = make_manager()
    account = make_account(person=make_person(full_name=name, emails=["ffion@borth.example"]))
    return account, make_employment(account=account, manager=above), manager, above


def talk_of(employment: Employment, manager: Account, above: Employment, **changes: Any) -> Talk:
    agreed = [talks.Agreed("Write it down", today() + SOON), talks.Agreed("Ask for it", today(), True)]
    given: dict[str, Any] = {"held_on": today(), "notes": "Quillon went well.", "actions": agreed}
    return talks.write_talk(employment, manager=above, by=manager, at=now(), **given | changes)


def page(client: Client, employment: Employment) -> Any:
    return client.get(reverse("development", args=[employment.number]))


def test_a_one_to_one_is_read_by_the_two_and_not_by_the_next_manager(client: Client) -> None:
    account, employment, manager, above = make_two()
    talk_of(employment, manager, above)
    new, manages = make_manager()
    for reader in (account, manager, make_account("workforce.view", "workforce.private")):
        client.force_login(reader)
        assert "Quillon went well." in page(client, employment).content.decode()
    client.force_login(make_account("workforce.view", "workforce.edit"))
    assert page(client, employment).status_code == 404
    change_assignment(employment, from_on=today(), because="Moved", by=None, at=now(), manager=manages)
    client.force_login(new)
    assert "Quillon went well." not in page(client, employment).content.decode()
    client.force_login(manager)
    assert page(client, employment).status_code == 404


def test_a_talk_is_not_held_in_the_future_and_says_something() -> None:
    _account, employment, manager, above = make_two()
    with pytest.raises(refusals.HeldLater):
        talk_of(employment, manager, above, held_on=today() + SOON * 2)
    with pytest.raises(refusals.WordsNeeded):
        talk_of(employment, manager, above, notes=" ")


def test_what_was_agreed_stands_on_my_work_of_whoever_does_it_until_it_is_ticked(client: Client) -> None:
    account, employment, manager, above = make_two()
    talk_of(employment, manager, above)
    shown = {each: agreed_to_do(each) for each in (account, manager)}
    assert [row.what for row in shown[account]["rows"]] == ["Write it down"]  # type: ignore[index]
    assert [row.what for row in shown[manager]["rows"]] == ["Ask for it"]  # type: ignore[index]
    action = Action.objects.get(is_managers=False)
    client.force_login(account)
    client.post(reverse("tick_action", args=[action.pk]))
    assert agreed_to_do(account) is None
    with pytest.raises(refusals.DoneAlready):
        talks.tick_action(action, by=account, at=now())
    client.post(reverse("untick_action", args=[action.pk]))
    assert agreed_to_do(account) is not None
    client.force_login(make_account("workforce.view", "workforce.private"))
    assert client.post(reverse("tick_action", args=[action.pk])).status_code == 403


def test_the_manager_writes_up_a_talk_on_the_page_and_nothing_typed_is_lost(client: Client) -> None:
    _account, employment, manager, _above = make_two()
    client.force_login(manager)
    address = reverse("write_talk", args=[employment.number])
    sent = {"kind": "TALK", "held_on": "today", "notes": "A calm month.", "what1": "Draft the note"}
    refused = client.post(address, sent)
    assert refused.status_code == 422
    assert "A calm month." in refused.content.decode()
    client.post(address, sent | {"due1": "tomorrow", "mine1": "on"})
    action = Action.objects.get()
    assert (action.what, action.is_managers) == ("Draft the note", True)


def test_a_plan_is_agreed_by_the_manager_reached_and_taken_up_again(client: Client) -> None:
    account, employment, manager, _above = make_two()
    client.force_login(account)
    sent = {"aim": "Sign language", "kind": "TRAINING", "by_on": (today() + SOON).strftime("%d/%m/%Y")}
    client.post(reverse("add_plan_item", args=[employment.number]), sent)
    item = PlanItem.objects.get()
    assert list(PlanItem.objects.wishes()) == [item]
    assert client.post(reverse("agree_plan_item", args=[employment.number, item.pk])).status_code == 403
    planning.agree_plan(item, by=manager, at=now())
    with pytest.raises(refusals.AgreedAlready):
        planning.agree_plan(item, by=manager, at=now())
    client.post(reverse("reach_plan_item", args=[employment.number, item.pk]))
    assert not PlanItem.objects.wishes()
    client.post(reverse("take_up_plan_item", args=[employment.number, item.pk]))
    client.post(reverse("drop_plan_item", args=[employment.number, item.pk]))
    assert "Sign language" not in page(client, employment).content.decode()


def skilled(skill: Skill, **changes: Any) -> Employment:
    person = make_person(emails=[f"m{Employment.objects.count()}@borth.example"])
    made = make_employment(person, **changes)
    EmployeeSkill.objects.create(employment=made, skill=skill, level=EmployeeSkill.TEACHES, added_at=now())
    return made


def test_a_mentor_is_proposed_by_skill_from_another_unit_first_and_never_from_the_own_line() -> None:
    skill, unit = Skill.objects.create(key="chairing", name="Chairing"), make_unit()
    above = skilled(skill)
    mentee = make_employment(manager=above, unit=unit)
    near, far = skilled(skill, unit=unit), skilled(skill)
    skilled(skill, manager=mentee)
    asked = mentoring.ask_for_mentor(mentee, wants="To chair", skill=skill, by=make_account(), at=now())
    assert [each.pk for each in mentoring.candidates(asked, on=today())] == [far.pk, near.pk]
    for wrong in (above, mentee):
        with pytest.raises(refusals.InOneLine):
            mentoring.match_mentor(asked, mentor=wrong, by=make_account(), at=now())
    with pytest.raises(refusals.AskedAlready):
        mentoring.ask_for_mentor(mentee, wants="Another", by=make_account(), at=now())


def test_both_are_written_to_once_they_are_matched_and_either_ends_it(client: Client) -> None:
    account, employment, _manager, _above = make_two()
    mentor = skilled(Skill.objects.create(key="chairing", name="Chairing"))
    client.force_login(account)
    client.post(reverse("ask_for_mentor", args=[employment.number]), {"wants": "To chair"})
    asked = Mentoring.objects.get()
    desk = Client()
    desk.force_login(make_account("workforce.view", "workforce.edit"))
    assert "To chair" in desk.get(reverse("mentoring")).content.decode()
    desk.post(reverse("match_mentor", args=[asked.pk]), {"mentor": mentor.pk})
    assert Letter.objects.filter(person__in=[employment.person_id, mentor.person_id]).count() == 2
    assert client.get(reverse("end_mentoring", args=[asked.pk])).status_code == 200
    client.post(reverse("end_mentoring", args=[asked.pk]), {"because": "It was enough."})
    asked.refresh_from_db()
    assert asked.ended_because == "It was enough."
    with pytest.raises(refusals.EndedAlready):
        mentoring.end_mentoring(asked, because="", by=account, at=now())
    client.force_login(make_account())
    assert client.get(reverse("end_mentoring", args=[asked.pk])).status_code == 404


def test_who_brings_people_together_in_one_team_finds_nobody_of_another() -> None:
    team = make_team()
    own, other = (make_employment(post=make_post(team=each)) for each in (team, make_team()))
    for each in (own, other):
        mentoring.ask_for_mentor(each, wants="To chair", by=make_account(), at=now())
    account = make_account("workforce.view", "workforce.edit", team=team)
    assert len(find_mentoring(account, own.number)) == 1
    assert find_mentoring(account, other.number) == []


def test_an_induction_begins_once_and_each_ticks_what_is_theirs(client: Client) -> None:
    for owner, days in (("EMPLOYEE", 3), ("MANAGER", 0)):
        InductionItem.objects.create(
            key=owner.lower(), name=f"By the {owner.lower()}", workforces=["intern"], owner=owner, days=days,
            position=days,
        )  # fmt: skip
    manager, above = make_manager()
    account = make_account()
    begun = today() - SOON
    intern = make_employment(account=account, manager=above, workforce="intern", started_on=begun)
    make_employment(started_on=begun)
    assert inducting.begin_inductions(today=today()) == 2
    assert inducting.begin_inductions(today=today()) == 0
    assert InductionTask.objects.overdue(today()).count() == 2
    theirs, managers = (InductionTask.objects.get(item__owner=owner) for owner in ("EMPLOYEE", "MANAGER"))
    client.force_login(account)
    assert client.post(reverse("tick_induction", args=[intern.number, managers.pk])).status_code == 403
    client.post(reverse("tick_induction", args=[intern.number, theirs.pk]))
    client.force_login(manager)
    assert "By the manager" in client.get(reverse("team_appraisals")).content.decode()
    client.post(reverse("tick_induction", args=[intern.number, managers.pk]))
    assert not InductionTask.objects.overdue(today()).exists()
    client.post(reverse("untick_induction", args=[intern.number, managers.pk]))
    assert InductionTask.objects.overdue(today()).count() == 1


def test_the_page_asks_as_often_for_much_as_for_little(client: Client) -> None:
    _account, employment, manager, above = make_two()
    client.force_login(manager)

    def more(count: int) -> None:
        for _each in range(count):
            talk_of(employment, manager, above)
            planning.plan(employment, aim="More", by_on=today() + SOON, by=manager, at=now())

    def asked() -> int:
        with CaptureQueriesContext(connection) as caught:
            assert page(client, employment).status_code == 200
        return len(caught)

    more(1)
    asked()
    few = asked()
    more(5)
    assert asked() == few
