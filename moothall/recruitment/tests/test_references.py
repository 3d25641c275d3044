"""References: asked by a link, saved and come back to, chased by the clock, and kept as they came."""

import datetime as dt

import pytest

from moothall.cases.models import Case, Step
from moothall.letters.models import Letter
from moothall.people.models import Team
from moothall.people.tests.make import AT, make_team
from moothall.recruitment.models import Application, Referee, Reference
from moothall.recruitment.rules import references
from moothall.recruitment.rules.check_refusals import AnsweredAlready, NamedRefereeAlready

from .make import finish, make_application, make_campaign, make_recruiter
from .make_checks import make_checked, make_checked_route, sub_case

pytestmark = pytest.mark.django_db
SAID = {"how": "I led her team", "work": "Steady and kind"}


@pytest.fixture
def team() -> Team:
    return make_team()


def content(email: str = "imran@school.example", language: str = "en") -> references.RefereeContent:
    return references.RefereeContent(
        name="Imran Whittaker", email=email, knows_from=dt.date(2020, 1, 6), language=language
    )


def named(application: Application, email: str = "imran@school.example", language: str = "en") -> Referee:
    return references.name_referee(application, content(email, language), by=None, at=AT)


def written_to(address: str) -> list[Letter]:
    return list(Letter.objects.filter(to_address=address).order_by("pk"))


def ready(case: Case) -> list[str]:
    return list(case.steps.filter(state=Step.READY).values_list("key", flat=True))


def test_referees_named_before_the_offer_are_asked_when_checks_begin(team: Team) -> None:
    campaign = make_campaign(team=team, routes=[make_checked_route(team=team)])
    made = make_application(campaign)
    assert named(made).asked_at is None
    assert not written_to("imran@school.example")
    finish(made.case, "offer", "accepted")
    (letter,) = written_to("imran@school.example")
    assert "Ysolde Bello" in letter.body
    assert "/references/" in letter.body
    assert ready(sub_case(made, "references_in")) == ["c1"]


def test_a_referee_is_written_to_in_their_own_language(team: Team) -> None:
    named(make_checked(team=team), language="cy")
    (letter,) = written_to("imran@school.example")
    assert letter.language == "cy"
    assert letter.body.startswith("Annwyl Imran Whittaker")


def test_what_is_kept_for_later_is_not_read_by_anybody_yet(team: Team) -> None:
    referee = named(make_checked(team=team))
    references.keep_reference(referee, said={"how": "At work"}, at=AT)
    kept = Reference.objects.get()
    assert (kept.said, kept.sent_at) == ({"how": "At work"}, None)
    references.send_reference(referee, said=SAID, at=AT)
    kept.refresh_from_db()
    assert (kept.said, kept.sent_at) == (SAID, AT)
    with pytest.raises(AnsweredAlready):
        references.keep_reference(referee, said={"how": "Changed"}, at=AT)


def test_once_all_have_answered_nobody_is_reminded(team: Team) -> None:
    made = make_checked(team=team)
    first, second = named(made), named(made, "rhian@shop.example")
    references.send_reference(first, said=SAID, at=AT)
    running = sub_case(made, "references_in")
    assert ready(running) == ["c1"]
    references.send_reference(second, said=SAID, at=AT)
    assert ready(running) == ["assess"]
    assert references.remind_referees(at=AT + dt.timedelta(days=60)) == 0


def test_whoever_does_not_answer_is_reminded_twice_and_then_the_applicant_helps(team: Team) -> None:
    made = make_checked(team=team)
    named(made)
    running, day = sub_case(made, "references_in"), AT
    assert references.remind_referees(at=day) == 0
    for _round in range(2):
        day += dt.timedelta(days=9)
        assert references.remind_referees(at=day) == 1
        assert references.remind_referees(at=day) == 0
    assert len(written_to("imran@school.example")) == 3
    assert ready(running) == ["alt"]
    (told,) = Letter.objects.filter(to_address=made.email, subject__contains="your help")
    assert "Imran Whittaker" in told.body
    assert named(made, "other@school.example").is_alternative


def test_a_referee_who_cannot_is_not_asked_again_and_another_is_named(team: Team) -> None:
    made = make_checked(team=team)
    references.decline_reference(named(made), at=AT)
    assert references.remind_referees(at=AT + dt.timedelta(days=30)) == 0
    assert Letter.objects.filter(to_address=made.email, subject__contains="your help").exists()


def test_the_same_address_is_named_once_and_a_removal_is_taken_back(team: Team) -> None:
    made = make_checked(team=team)
    referee = named(made)
    with pytest.raises(NamedRefereeAlready):
        named(made, "IMRAN@school.example")
    by = make_recruiter(team=team)
    assert references.remove_referee(referee, by=by, at=AT)
    assert references.restore_referee(referee, by=by, at=AT)
    assert made.referees.standing().count() == 1


def test_letters_to_referees_are_not_counted_as_word_to_the_applicant(team: Team) -> None:
    made = make_checked(team=team)
    before = Application.objects.with_heard().get(pk=made.pk).heard_at  # type: ignore[attr-defined]
    named(made)
    assert Application.objects.with_heard().get(pk=made.pk).heard_at == before  # type: ignore[attr-defined]
