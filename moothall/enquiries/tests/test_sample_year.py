"""The sample year: believable, the same for the same seed, and just as the rules would leave it."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from django.db import transaction
from django.db.models import F
from pytest_django import DjangoDbBlocker

from moothall.cases.models import Case, CaseAccess, CaseClock, CaseSearch, Entry, Escalation, Service, Step
from moothall.cases.models.attention import reasons_for
from moothall.cases.rules.reckoning import computed
from moothall.core.clock import in_london
from moothall.core.copying import Table, numbers_from
from moothall.core.marked_yaml import Marked, PackMistake
from moothall.core.packs import Pack, Progress, load_pack
from moothall.enquiries.models import Contact, Message
from moothall.enquiries.rules import demo
from moothall.enquiries.rules.demo import year as sample_year
from moothall.enquiries.rules.demo.diary import Diary
from moothall.enquiries.rules.demo.office import Office, read_office
from moothall.enquiries.rules.demo.present import STANDINGS
from moothall.enquiries.rules.demo.samples import Phrases, Sample, read_phrases, read_samples
from moothall.enquiries.rules.demo.year import Beginning, Year
from moothall.letters.models import Letter
from moothall.people.models import Person

AT = dt.datetime(2026, 11, 24, 11, 30, tzinfo=dt.UTC)
ON = AT.date()
SCALE = 0.06
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Pack]:
    """A small year with one open case of each kind, and a new one in every team; loaded once."""
    few = tuple(replace(each, of_the_desk=1, of_others=int(each.name == "new")) for each in STANDINGS)
    with (
        django_db_blocker.unblock(),
        transaction.atomic(),
        patch.object(sample_year, "STANDINGS", few),
    ):
        yield load_pack("learning-desk", at=AT, scale=SCALE, seed=3)
        transaction.set_rollback(True)


@pytest.fixture
def pack(loaded: Pack, django_db_blocker: DjangoDbBlocker) -> Iterator[Pack]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield loaded
        transaction.set_rollback(True)


def unfinished() -> list[Case]:
    return list(Case.objects.unfinished().select_related("team").order_by("pk"))


def test_every_kind_of_work_waits_on_the_desk(pack: Pack) -> None:
    found = {reason.key for case in unfinished() for reason in reasons_for(case, on=ON)}
    wanted = {"late", "urgent", "due_today", "came_back", "handed", "hold_ended", "amber", "new", "waiting"}
    assert wanted | {"held"} <= found


def test_every_team_with_a_service_has_work_and_what_is_late_has_been_escalated(pack: Pack) -> None:
    teams = set(Service.objects.values_list("team_id", flat=True))
    assert {case.team_id for case in unfinished()} == teams
    late = Case.objects.late(ON)
    assert late.exists()
    assert set(late.values_list("pk", flat=True)) <= set(
        Escalation.objects.filter(step=None).values_list("case_id", flat=True)
    )


def test_nothing_happens_after_now_or_before_it_began(pack: Pack) -> None:
    assert not Case.objects.filter(received_at__gt=AT).exists()
    assert not Case.objects.filter(closed_at__gt=AT).exists()
    assert not Entry.objects.filter(at__gt=AT).exists()
    assert not Entry.objects.filter(at__lt=F("case__received_at")).exists()
    assert not Letter.objects.filter(written_at__gt=AT).exists()
    assert not Case.objects.filter(closed_at__lt=F("first_answered_at")).exists()
    for closed in Case.objects.filter(status=Case.CLOSED):
        assert not closed.entries.filter(at__gt=closed.closed_at).exists()


def test_cases_come_on_working_days_over_the_year(pack: Pack) -> None:
    days = [in_london(received).date() for received in Case.objects.values_list("received_at", flat=True)]
    assert {day.weekday() for day in days} == {0, 1, 2, 3, 4}
    assert dt.date(2025, 12, 25) not in days
    assert min(days) < ON - dt.timedelta(days=270)


def test_every_clock_can_be_recomputed_from_its_events(pack: Pack) -> None:
    clocks = list(CaseClock.objects.prefetch_related("events").select_related("case"))
    assert len(clocks) > 100
    for clock in clocks:
        due = computed(clock, clock.events.order_by("at", "id"))
        assert (due.due_on, due.due_at) == (clock.due_on, clock.due_at)
        assert (due.state in {"met", "met_late"}) == (clock.met_at is not None)


def test_a_case_shows_its_nearest_running_deadline(pack: Pack) -> None:
    for case in Case.objects.prefetch_related("clocks"):
        running = [
            clock.due_on
            for clock in case.clocks.all()
            if clock.met_at is None and clock.stopped_at is None and clock.due_on
        ]
        assert case.due_on == min(running, default=None)


def test_nobody_is_sent_a_sample_letter(pack: Pack) -> None:
    assert Letter.objects.exists()
    assert set(Letter.objects.values_list("state", flat=True)) == {Letter.SENT}
    assert not Letter.objects.exclude(to_address__endswith=".example").exists()


def test_people_are_answered_in_their_language(pack: Pack) -> None:
    welsh = Letter.objects.filter(person__language="cy")
    assert welsh.exists()
    assert not welsh.exclude(language="cy").exists()
    assert welsh.filter(body__contains="Annwyl").exists()


def test_mail_of_open_cases_is_kept_so_that_answers_find_their_thread(pack: Pack) -> None:
    by_mail = Case.objects.unfinished().filter(channel="mail")
    assert by_mail.exists()
    for case in by_mail:
        assert Message.objects.filter(entry__case=case).exists()


def test_contacts_that_became_no_case_are_counted(pack: Pack) -> None:
    alone = Contact.objects.filter(led_to=None)
    assert alone.filter(result=Contact.ANSWERED).exists()
    assert alone.filter(result=Contact.SIGNPOSTED, signpost__isnull=False).exists()


def test_a_second_loading_adds_no_second_year(pack: Pack) -> None:
    before = Case.objects.count(), Contact.objects.count(), Letter.objects.count()
    load_pack("learning-desk", at=AT + dt.timedelta(days=1), scale=SCALE)
    assert (Case.objects.count(), Contact.objects.count(), Letter.objects.count()) == before


class Told:
    """The same cases told in both ways, to hold one against the other."""

    def __init__(self, pack: Pack) -> None:
        self.pack = Pack(**{**vars(pack), "scale": 1.0, "seed": 11})
        self.office: Office = read_office(pack)
        self.samples: list[Sample] = read_samples(pack, self.office.offered, self.office.signposts)
        phrases = pack.file("demo/phrases.yaml")
        assert phrases is not None
        self.phrases: Phrases = read_phrases(phrases)

    def year(self) -> Year:
        year = Year(self.pack, self.office, self.samples, self.phrases)
        year.case_ids = numbers_from("cases_case_id_seq")
        year.references = numbers_from("case_reference")
        return year

    def beginnings(self, count: int) -> list[Beginning]:
        """Cases of long ago, so that all are over."""
        drawn = [each for each in self.year()._over_the_year() if each.at < AT - dt.timedelta(days=90)]
        return drawn[:count]


def automatic(entry: Entry) -> bool:
    """Written by rule: it speaks of the service whose mailbox the message came to."""
    return bool(entry.detail.get("automatic"))


def state_of(case: Case) -> dict[str, Any]:
    """What must not depend on how a case was made."""
    case.refresh_from_db()
    fields = (
        "title", "service_id", "version_id", "requester_id", "team_id", "assignee_id", "seen_by_teams",
        "status", "waiting_on", "priority", "confidentiality", "channel", "answers", "received_at", "due_on",
        "held_until", "hold_reason", "came_back_at", "handed_because", "first_answered_at",
        "closed_at", "outcome", "closing_reason",
    )  # fmt: skip
    entries = case.entries.exclude(kind=Entry.CHANGE, detail__verb="service").order_by("at", "kind", "text")
    said = [
        (entry.kind, entry.at, entry.by_id, "" if automatic(entry) else entry.text, entry.detail.get("verb"))
        for entry in entries
    ]
    return {
        **{name: getattr(case, name) for name in fields},
        "clocks": sorted(case.clocks.values_list("key", "met_at", "stopped_at")),
        "answer_due_on": case.clocks.get(key="answer").due_on,
        "entries": said,
        "steps": sorted(case.steps.values_list("key", "state")),
        "contacts": sorted(case.contacts.values_list("contact__channel", "contact__result")),
        "named": sorted(CaseAccess.objects.filter(case=case).values_list("account_id", flat=True)),
        "found": CaseSearch.objects.filter(case=case).exists(),
    }


def test_a_case_written_as_rows_is_as_the_rules_would_have_left_it(pack: Pack) -> None:
    told = Told(pack)
    year = told.year()
    beginnings = [
        each for each in told.beginnings(400) if not told.office.offered[each.sample.service].definition.steps
    ]
    for number, beginning in enumerate(beginnings[:30]):
        year._write_story(number, beginning)
        [case_id] = year.written
        year._copy()
        written = state_of(Case.objects.get(pk=case_id))
        # The same title by the same sender is acknowledged once a day: this one is out of its way.
        Case.objects.filter(pk=case_id).update(title="Written as rows")
        there = set(Case.objects.values_list("pk", flat=True))
        year._live_story(number, beginning)
        lived = Case.objects.exclude(pk__in=there).get()
        assert written == state_of(lived)
    assert len(beginnings) >= 30


def test_a_written_case_with_steps_ends_as_its_service_declares(pack: Pack) -> None:
    with_steps = Case.objects.filter(status=Case.CLOSED, steps__isnull=False).distinct()
    assert with_steps.exists()
    for case in with_steps:
        assert not case.steps.filter(state__in=[Step.PENDING, Step.READY]).exists()
        assert not case.steps.filter(state=Step.DONE, done_at__gt=case.closed_at).exists()


def test_the_same_seed_makes_the_same_year_and_another_seed_another(pack: Pack) -> None:
    told = Told(pack)

    def drawn(seed: int) -> list[tuple[dt.datetime, str, str]]:
        told.pack = Pack(**{**vars(pack), "scale": 0.05, "seed": seed})
        return [(each.at, each.channel, each.sample.subject) for each in told.year()._over_the_year()]

    assert drawn(5) == drawn(5)
    assert drawn(5) != drawn(6)


def test_the_year_is_told_twice_alike(pack: Pack) -> None:
    told = Told(pack)
    beginnings = told.beginnings(5)
    titles = []
    for _turn in range(2):
        with transaction.atomic():
            year = told.year()
            for number, beginning in enumerate(beginnings):
                year._write_story(number, beginning)
            ids = list(year.written)
            year._copy()
            made = Case.objects.filter(pk__in=ids).order_by("pk")
            titles.append(list(made.values_list("title", "outcome", "closed_at")))
            transaction.set_rollback(True)
    assert titles[0] == titles[1]
    assert len(titles[0]) == 5


def test_nothing_is_made_without_a_scale(pack: Pack) -> None:
    before = Case.objects.count()
    demo.load_part(Pack(**{**vars(pack), "scale": 0.0}), Progress())
    assert Case.objects.count() == before


def test_a_larger_office_has_more_people(pack: Pack) -> None:
    before = Person.objects.count()
    without_role = set(Person.objects.filter(roles=None).values_list("pk", flat=True))
    demo.add_people(Pack(**{**vars(pack), "scale": 1.5}), Progress())
    assert Person.objects.count() == before + 60
    assert set(Person.objects.filter(roles=None).values_list("pk", flat=True)) == without_role


def test_the_diary_counts_working_hours_there_and_back() -> None:
    diary = Diary(AT)
    friday = dt.datetime(2026, 11, 20, 15, 30, tzinfo=dt.UTC)
    assert diary.later(friday, 2) == dt.datetime(2026, 11, 23, 10, 0, tzinfo=dt.UTC)
    assert diary.earlier(diary.later(friday, 2), 2) == friday
    assert diary.later(dt.datetime(2026, 11, 21, 20, 0, tzinfo=dt.UTC), 0.5).hour == 9
    assert diary.working_day(0) == ON
    assert diary.working_day(-2) == dt.date(2026, 11, 20)


def test_a_row_with_an_unknown_field_is_refused() -> None:
    table = Table.__new__(Table)
    table.defaults, table.names, table.written_as_json, table.key = (
        {"id": None, "a": 1},
        ["id", "a"],
        [],
        "id",
    )
    table.ids, table.rows, table.model = iter([7]), [], Case
    assert table.add({}) == 7
    assert table.rows == [[7, 1]]
    with pytest.raises(TypeError, match="Case has no b"):
        table.add({"id": 8, "b": 2})


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ("{service: nothing, subject: s, text: t, reply: r}", "line 2: There is no service “nothing”"),
        ("{service: complaint, subject: '{cuorse}', text: t, reply: r}", "line 2: Nothing fills {cuorse}"),
        ("{service: complaint, subject: s, text: t}", "line 2: “reply” is missing"),
        ("{service: complaint, subject: s, text: t, signpost: x}", "line 2: There is no signpost “x”"),
    ],
)
def test_a_mistake_in_a_sample_names_its_line(tmp_path: Path, row: str, sentence: str) -> None:
    (tmp_path / "demo").mkdir()
    (tmp_path / "demo" / "enquiries-en.yaml").write_text(f"enquiries:\n- {row}\n")
    pack = Pack("broken", tmp_path, Marked("pack.yaml", 1), AT)
    with pytest.raises(PackMistake) as told:
        read_samples(pack, {"complaint": 1}, {"payroll": 1})
    assert sentence in str(told.value)
