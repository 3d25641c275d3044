"""What starters, movers and leavers are given and give back; and what people can do."""

import datetime as dt

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from moothall.core.clock import now, today
from moothall.people.tests.make import AT, make_account, make_person
from moothall.workforce.models import ChecklistEntry, EmployeeSkill, Employment, IssuedItem
from moothall.workforce.rules import skills
from moothall.workforce.rules.assigning import change_assignment, take_back_change
from moothall.workforce.rules.ending import end_employment, keep_employment
from moothall.workforce.rules.items.handing import (
    GivenBackAlready,
    NotTicked,
    NotYours,
    NumberNeeded,
    TickedAlready,
    WithSomebodyElse,
    end_item,
    give_item,
    restore_item,
    tick,
    untick,
)

from .make import (
    STARTED,
    make_employment,
    make_item_kind,
    make_leaving_reason,
    make_manager,
    make_skill,
    make_unit,
)
from .test_pages import KEEPS, browser, said

pytestmark = pytest.mark.django_db
LATER = AT + dt.timedelta(hours=1)


def waits(employment: Employment) -> list[tuple[str, str, dt.date]]:
    rows = ChecklistEntry.objects.open().filter(employment=employment).order_by("due_on", "id")
    return [(row.act, row.kind.name, row.due_on) for row in rows.select_related("kind")]


def entry_of(employment: Employment) -> ChecklistEntry:
    return ChecklistEntry.objects.open().get(employment=employment)


def test_a_starter_must_be_given_what_their_workforce_asks_for_by_its_day() -> None:
    make_item_kind("employee", name="Laptop", days_before=3)
    make_item_kind("police_officer", name="Radio")
    employment = make_employment()
    assert waits(employment) == [("GIVE", "Laptop", STARTED - dt.timedelta(days=3))]


def test_a_mover_gives_back_what_only_the_old_unit_asked_for() -> None:
    old, new = make_unit(), make_unit()
    make_item_kind("employee", name="Pass")
    keys = make_item_kind(units=(old,), name="Keys of the old place")
    make_item_kind(units=(new,), name="Keys of the new place")
    employment, keeper, day = make_employment(unit=old), make_account(), dt.date(2026, 3, 2)
    for entry in ChecklistEntry.objects.open().filter(employment=employment):
        tick(entry, by=keeper, at=AT)
    change_assignment(employment, from_on=day, unit=new, by=None, at=LATER)
    assert waits(employment) == [
        ("GIVE", "Keys of the new place", day),
        ("TAKE", "Keys of the old place", day),
    ]
    take_back_change(employment, by=keeper, at=LATER + dt.timedelta(minutes=1))
    assert waits(employment) == []
    assert IssuedItem.objects.out().filter(kind=keys).count() == 1


def test_a_leaver_gives_everything_back_also_what_nobody_wrote_down() -> None:
    make_item_kind("employee", name="Contract", comes_back=False)
    given = make_item_kind("employee", name="Laptop", has_number=True)
    employment, keeper, last = make_employment(), make_account(), dt.date(2026, 6, 30)
    give_item(employment, kind=given, number="L1", given_on=STARTED, by=keeper, at=AT)
    make_item_kind("employee", name="Pass")
    end_employment(employment, last_day=last, because=make_leaving_reason(), by=None, at=LATER)
    assert waits(employment) == [("TAKE", "Laptop", last), ("TAKE", "Pass", last)]
    keep_employment(employment, by=keeper, at=LATER)
    assert waits(employment) == [("GIVE", "Contract", STARTED)]


def test_one_of_two_people_ticks_and_the_other_is_told() -> None:
    make_item_kind("employee")
    employment, one, two = make_employment(), make_account(), make_account()
    entry = entry_of(employment)
    tick(entry, by=one, at=AT)
    with pytest.raises(TickedAlready):
        tick(entry, by=two, at=AT)
    entry.refresh_from_db()
    assert entry.done_by == one
    assert IssuedItem.objects.out().filter(employment=employment).count() == 1


def test_a_tick_is_taken_back_and_the_thing_was_never_given() -> None:
    make_item_kind("employee")
    employment, keeper = make_employment(), make_account()
    entry = entry_of(employment)
    tick(entry, by=keeper, at=AT)
    untick(entry, by=keeper, at=LATER)
    assert IssuedItem.objects.out().filter(employment=employment).count() == 0
    assert entry_of(employment) == entry
    with pytest.raises(NotTicked):
        untick(entry, by=keeper, at=LATER)


def test_a_number_is_with_one_person() -> None:
    kind = make_item_kind("employee", has_number=True)
    first, second, keeper = make_employment(), make_employment(), make_account()
    with pytest.raises(NumberNeeded):
        tick(entry_of(first), by=keeper, at=AT)
    tick(entry_of(first), number=" L  7 ", by=keeper, at=AT)
    with pytest.raises(WithSomebodyElse):
        tick(entry_of(second), number="L 7", by=keeper, at=AT)
    with pytest.raises(IntegrityError), transaction.atomic():
        IssuedItem.objects.create(employment=second, kind=kind, number="L 7", given_on=STARTED, given_at=AT)
    item = IssuedItem.objects.get()
    end_item(item, ended_as=IssuedItem.LOST, by=keeper, at=AT)
    with pytest.raises(GivenBackAlready):
        end_item(item, ended_as=IssuedItem.RETURNED, by=keeper, at=AT)
    tick(entry_of(second), number="L 7", by=keeper, at=AT)
    with pytest.raises(WithSomebodyElse):
        restore_item(item, by=keeper, at=AT)


def test_nobody_ticks_their_own_list() -> None:
    make_item_kind("employee")
    account = make_account()
    employment = make_employment(account=account)
    with pytest.raises(NotYours):
        tick(entry_of(employment), by=account, at=AT)


def test_the_record_and_the_list_say_what_waits_and_the_desk_ticks_it() -> None:
    kind = make_item_kind("employee", name="Laptop", has_number=True)
    employment = make_employment(make_person(full_name="Osian Abara"))
    keeper = browser(make_account(*KEEPS))
    assert "To give out:" in said(keeper, "staff_record", employment.number)
    page = said(keeper, "checklist")
    assert "Osian Abara" in page
    assert "Laptop" in page
    entry = entry_of(employment)
    address = reverse("tick_entry", args=[employment.number, entry.pk])
    assert keeper.post(address).status_code == 409
    keeper.post(address, {"number": "L1"})
    item = IssuedItem.objects.get(kind=kind)
    keeper.post(reverse("end_item", args=[employment.number, item.pk]), {"ended_as": "LOST"})
    keeper.post(reverse("restore_item", args=[employment.number, item.pk]))
    keeper.post(reverse("untick_entry", args=[employment.number, entry.pk]))
    assert entry_of(employment) == entry


def test_many_are_ticked_at_once_and_those_that_cannot_be_say_why() -> None:
    make_item_kind("employee", name="Pass")
    make_item_kind("employee", name="Laptop", has_number=True)
    employment = make_employment()
    keeper = browser(make_account(*KEEPS))
    ids = list(ChecklistEntry.objects.values_list("pk", flat=True))
    page = keeper.post(reverse("tick_many_entries"), {"ids": ids}, follow=True).content.decode()
    assert "1 was ticked." in page
    assert "Each of these has a number of its own." in page
    assert waits(employment)[0][1] == "Laptop"


def test_a_leavers_record_says_what_is_still_out() -> None:
    make_item_kind("employee", name="Laptop")
    employment, keeper = make_employment(), make_account(*KEEPS)
    tick(entry_of(employment), by=keeper, at=AT)
    last = today() - dt.timedelta(days=1)
    end_employment(employment, last_day=last, because=make_leaving_reason(), by=None, at=now())
    assert "1 thing is still out" in said(browser(keeper), "staff_record", employment.number)
    late = browser(keeper).get(reverse("checklist"), {"state": "late", "left": "1"}).content.decode()
    assert "Laptop" in late


def test_the_checklist_asks_as_often_for_many_as_for_few() -> None:
    make_item_kind("employee")
    client, counts = browser(make_account(*KEEPS)), []
    for _round in range(3):
        for _each in range(3):
            make_employment()
        with CaptureQueriesContext(connection) as asked:
            said(client, "checklist")
        counts.append(len(asked))
    assert counts[1] == counts[2]


def test_somebody_says_what_they_can_do_and_their_manager_confirms_it() -> None:
    boss, top = make_manager()
    account, skill = make_account(), make_skill(name="Sails")
    employment = make_employment(account=account, manager=top)
    own, manager = browser(account), browser(boss)
    own.post(reverse("add_skill", args=[employment.number]), {"skill": skill.pk, "level": "3"})
    held = EmployeeSkill.objects.get()
    address = reverse("confirm_skill", args=[employment.number, held.pk])
    assert own.post(address).status_code == 409
    assert "Not confirmed" in said(manager, "staff_record", employment.number)
    manager.post(address)
    assert "Not confirmed" not in said(manager, "staff_record", employment.number)
    own.post(reverse("end_skill", args=[employment.number, held.pk]))
    assert "No skills" in said(own, "staff_record", employment.number)
    own.post(reverse("restore_skill", args=[employment.number, held.pk]))
    assert "Sails" in said(own, "staff_record", employment.number)


def test_another_level_takes_the_place_of_the_one_before() -> None:
    account, skill = make_account(), make_skill()
    employment = make_employment(account=account)
    skills.add_skill(employment, skill=skill, level=2, by=make_account(), at=AT)
    with pytest.raises(skills.SkillThere):
        skills.add_skill(employment, skill=skill, level=2, by=account, at=AT)
    first = EmployeeSkill.objects.get()
    made = skills.add_skill(employment, skill=skill, level=3, by=account, at=AT)
    assert first.confirmed_at == AT
    assert made.confirmed_at is None
    assert EmployeeSkill.objects.filter(ended_at=None).get() == made
    with pytest.raises(skills.SettledAlready):
        skills.restore_skill(first, by=account, at=AT)


def test_people_are_found_by_their_skill() -> None:
    skill, account = make_skill(name="Sails"), make_account()
    able, other = make_person(full_name="Able Sailor"), make_person(full_name="Landlubber")
    skills.add_skill(make_employment(able), skill=skill, level=2, by=account, at=AT)
    make_employment(other)
    found = browser(make_account(*KEEPS)).get(reverse("staff"), {"skill": skill.pk}).content.decode()
    assert "Able Sailor" in found
    assert "Landlubber" not in found
