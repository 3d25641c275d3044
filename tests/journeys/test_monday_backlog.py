"""A coordinator clears a Monday backlog of 150 without touching the mouse, and every one is accounted for."""

import datetime as dt
import re
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import perf_counter
from typing import Any

import pytest
from playwright.sync_api import expect

from moothall.cases.models import Case
from moothall.core.clock import now
from moothall.enquiries.models import Suggestion, Triaged
from moothall.enquiries.rules.triage.suggesting import look_at_what_came_in
from moothall.letters.models import Letter
from moothall.people.tests.make import make_person

from .journey import KWAME, NARROW, Journey, account_of
from .make import make_case

pytestmark = [pytest.mark.browser, pytest.mark.slow]
SIOBHAN = "siobhan.ni-obrien"
BACKLOG: dict[str, tuple[int, str]] = {
    "My account has expired": (50, "The e-learning page says that my account has expired since Friday."),
    "Automatic reply": (30, "I am away from my desk and read this when I am back."),
    "Needed soon": (25, "The training starts on Wednesday and we still have no answer."),
    "About my own course": (15, "Kwame, you wrote to me last week about my course."),
    "Where do I park": (8, "Where may I leave the car on the day of the course?"),
    "My payslip is wrong": (6, "Two hours of overtime are missing from my pay."),
    "May we film the session": (6, "Somebody from the paper would like to come to our session."),
    "A chair for a bad back": (3, "May I have a chair with arms in the training room at Glan Afon?"),
    "Thank you": (4, "Thank you all, everything went well and nothing more is needed."),
}
TWICE = "A chair for a bad back"
IN_WORDS = re.compile(r"\d+$")


class MondayBacklog(Journey):
    """Kwame comes in on Monday."""

    seconds: dict[str, float]
    done: Counter[str]

    def given_150_came_in_over_the_weekend(self) -> None:
        began = now() - dt.timedelta(days=2, hours=14)
        titles = [title for title, (many, _text) in BACKLOG.items() for _ in range(many)]
        people = [self._somebody(number) for number in range(len(titles))]
        for number, title in enumerate(titles):
            self._asks(title, people[number], began + dt.timedelta(minutes=number))
            if title == TWICE:  # and once more, hours later
                self._asks(title, people[number], began + dt.timedelta(hours=9, minutes=number))
        while look_at_what_came_in(at=now()):
            pass
        for case in Case.objects.filter(title__startswith="Needed soon").order_by("id"):
            Suggestion.objects.filter(case=case).delete()
            Suggestion.objects.create(
                case=case, kind=Suggestion.PRIORITY, kind_order=0, value="2", confidence=0.97, made_at=now(),
                reason={"code": "words", "words": ["wednesday"]},
            )  # fmt: skip
        assert Triaged.objects.filter(settled_at=None).count() == 150

    def _somebody(self, number: int) -> Any:
        given = ("Ffion", "Idris", "Zanele", "Harpreet", "Chidi", "Mairwen")[number % 6]
        mail = f"{given.lower()}.{number}@tawe.example"
        return make_person(full_name=f"{given} Nwosu-{number}", emails=[mail], at=now())

    def _asks(self, title: str, person: Any, at: dt.datetime) -> None:
        make_case(
            title=f"{title} {person.pk}", words=BACKLOG[title][1], requester=person, received_at=at, at=at,
            channel="mail",
        )  # fmt: skip

    # On the list: what is the same is done at once.

    def when_they_tick_all_that_say(self, words: str, many: int) -> None:
        box = self.page.locator("[data-list-search]")
        self.press("g", "c")
        expect(box).to_have_value("")
        self.press("s")
        self.page.keyboard.type(words)
        self.press("Enter")
        rows = self.page.locator("tbody tr")
        expect(rows).to_have_count(many)
        expect(rows.filter(has_not_text=words)).to_have_count(0)
        expect(self.page.locator(".htmx-settling, .htmx-request")).to_have_count(0)
        expect(box).to_be_focused()
        self.press("Escape")
        expect(box).not_to_be_focused()
        self.press("Shift+X")
        expect(self.page.locator("[data-picked-count]")).to_have_text(str(many))

    def when_they_give_what_is_the_same_to_one_colleague(self) -> None:
        with self.timed("My account has expired", 50):
            self.when_they_tick_all_that_say("expired", 50)
            self.press("a")
            expect(self.page.get_by_label("To", exact=True)).to_be_focused()
            self.page.keyboard.type("Siob")
            self.press("Control+Enter")
            self.told("50 cases assigned.")

    def when_they_close_what_nobody_wrote(self) -> None:
        with self.timed("Automatic reply", 30):
            self.when_they_tick_all_that_say("Automatic", 30)
            self.press("c")
            expect(self.page.get_by_label("How did they end?")).to_be_focused()
            self.page.keyboard.type("No reply")
            self.press("Control+Enter")
            self.told("30 cases closed.")

    # On the triage page: one at a time, in the order in which they came.

    def when_they_go_through_the_rest(self) -> None:
        self.press("g", "y")
        expect(self.page.get_by_text("1 of 70")).to_be_visible()
        ways = {
            "Needed soon": self.accept_what_is_suggested,
            "About my own course": self.take_it,
            "Where do I park": self.answer_from_a_template,
            "My payslip is wrong": self.send_them_elsewhere,
            "May we film the session": self.hand_it_over,
            TWICE: self.merge_it_or_leave_it,
            "Thank you": self.close_it,
        }
        while title := self.title():
            kind = IN_WORDS.sub("", title).strip()
            if not self.done[kind]:
                self.look(f"backlog-{kind.lower().replace(' ', '-')}")
            with self.timed(kind):
                ways[kind]()
                expect(self.heading()).not_to_have_text(title)
        self.look("backlog-cleared")

    def heading(self) -> Any:
        """The title of the case, with its reference: no two are the same."""
        return self.page.locator("#triage h2, #triage .mh-empty strong").first

    def title(self) -> str:
        words = str(self.heading().inner_text())
        return "" if words == "Nothing waits for triage." else words

    def accept_what_is_suggested(self) -> None:
        title = self.title()
        self.press("1")
        if self.done["Needed soon"]:
            return
        expect(self.heading()).not_to_have_text(title)
        self.press("u")  # the first was a slip
        expect(self.heading()).to_have_text(title)
        self.press("1")

    def take_it(self) -> None:
        self.press("t")

    def answer_from_a_template(self) -> None:
        self.press("r")
        message = self.page.get_by_label("Message", exact=True)
        expect(message).to_be_focused()
        self.press("Shift+Tab", "Shift+Tab", "Shift+Tab")
        expect(self.page.get_by_label("Template")).to_be_focused()
        self.page.keyboard.type("Answ")
        expect(message).to_have_value(re.compile("Thank you for your question"))
        expect(message).to_be_focused()
        self.page.keyboard.insert_text("Behind the county hall, free of charge, from seven.")  # into its gap
        self.press("Control+Enter")

    def send_them_elsewhere(self) -> None:
        self.press("s")
        where = self.page.get_by_label("Where they should go")
        expect(where).to_be_focused()
        self.press("Control+Enter")

    def hand_it_over(self) -> None:
        self.press("h")
        teams = self.page.locator("input[name=team]")
        expect(teams.first).to_be_focused()
        self.press("Space", "Tab")
        self.page.keyboard.insert_text("They deal with the papers, and have met these people before.")
        self.press("Control+Enter")

    def merge_it_or_leave_it(self) -> None:
        if not self.page.get_by_role("button", name="Merge into the other").count():
            return self.take_it()
        self.press("m")
        merging = self.page.get_by_label("The same thing: merge this case into the other")
        expect(merging).to_be_checked()
        expect(merging).to_be_focused()
        self.press("Control+Enter")
        return None

    def close_it(self) -> None:
        self.press("c")
        expect(self.page.locator("input[name=outcome]").first).to_be_focused()
        self.press("Space", "Control+Enter")

    def when_they_find_somebody_for_what_was_sorted(self) -> None:
        with self.timed("Needed soon", 0):
            self.when_they_tick_all_that_say("Needed", 25)
            self.press("a")
            expect(self.page.get_by_label("To", exact=True)).to_be_focused()
            self.page.keyboard.type("Siob")
            self.press("Control+Enter")
            self.told("25 cases assigned.")

    def then_every_one_of_the_150_is_accounted_for(self) -> None:
        all_150 = Case.objects.filter(triaged__isnull=False)
        mine, theirs = account_of(KWAME), account_of(SIOBHAN)
        assert all_150.count() == 150
        assert all_150.filter(assignee=theirs).count() == 75
        assert all_150.filter(assignee=mine, status=Case.OPEN).count() == 18
        assert all_150.filter(outcome="no_reply").count() == 30
        assert all_150.filter(status=Case.WAITING, first_answered_at__isnull=False).count() == 8
        assert all_150.filter(outcome="signposted").count() == 6
        assert all_150.exclude(team__key="learning").count() == 6
        assert all_150.exclude(merged_into=None).count() == 3
        assert all_150.filter(title__startswith="Thank you", status=Case.CLOSED).count() == 4
        assert all_150.filter(title__startswith="Needed", priority=Case.HIGH).count() == 25
        assert Letter.objects.filter(body__contains="Behind the county hall").count() == 8

    def then_it_is_said_how_long_each_took(self) -> None:
        whole = sum(self.seconds.values())
        print(f"\n150 enquiries by keyboard in {whole:.1f} s, {whole / 150:.2f} s each")
        for kind, seconds in self.seconds.items():
            print(f"  {kind}: {self.done[kind]} at {seconds / self.done[kind]:.2f} s")

    @contextmanager
    def timed(self, kind: str, many: int = 1) -> Iterator[None]:
        began = perf_counter()
        yield
        self.seconds[kind] = self.seconds.get(kind, 0.0) + perf_counter() - began
        self.done[kind] += many


def test_a_coordinator_clears_a_monday_backlog_of_150_by_keyboard(begin: Callable[..., Any]) -> None:
    coordinator = begin(MondayBacklog)
    coordinator.seconds, coordinator.done = {}, Counter()
    coordinator.given_150_came_in_over_the_weekend()
    coordinator.given_signed_in_as(KWAME)
    coordinator.go("/")
    coordinator.when_they_give_what_is_the_same_to_one_colleague()
    coordinator.when_they_close_what_nobody_wrote()
    coordinator.when_they_go_through_the_rest()
    coordinator.when_they_find_somebody_for_what_was_sorted()
    coordinator.then_every_one_of_the_150_is_accounted_for()
    coordinator.then_it_is_said_how_long_each_took()


class InWelsh(MondayBacklog):
    def given_a_few_came_in(self) -> None:
        person = self._somebody(3)
        for hours in (30, 2):
            self._asks(TWICE, person, now() - dt.timedelta(hours=hours))
        look_at_what_came_in(at=now())

    def then_the_page_of_triage_is_well(self, name: str) -> None:
        self.go("/enquiries/triage/")
        expect(self.page.get_by_role("heading", level=1)).to_have_text("Brysbennu")
        self.press("j")
        expect(self.page.locator("[data-key=m]")).to_be_visible()
        self.is_not_cut()
        self.look(name)


@pytest.mark.parametrize("narrow", [False, True])
def test_triage_in_welsh(begin: Callable[..., Any], narrow: bool) -> None:
    coordinator = begin(InWelsh, **({"viewport": NARROW} if narrow else {}))
    coordinator.given_a_few_came_in()
    coordinator.given_signed_in_as(KWAME, "cy")
    coordinator.then_the_page_of_triage_is_well("cy-triage-narrow" if narrow else "cy-triage")
