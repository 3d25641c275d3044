"""Certificates: taken in, tested for gaps and overlaps, refused where no certificate may say so."""

import datetime as dt
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from clocks import sickness
from moothall.absence.forms.certifying import last_day
from moothall.absence.models import Certificate, Episode
from moothall.absence.rules import certifying, refusals
from moothall.core.clock import now, today
from moothall.people.tests.make import make_account
from moothall.people.tests.pages import main, page, signed_in_as, words
from moothall.workforce.tests.make import make_employment, make_manager

from .make import days_ago, make_absence, make_certificate, make_issuer, make_recorder

pytestmark = pytest.mark.django_db
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c626001000000050001a5f645400000000049454e44ae426082"
)


@pytest.fixture(autouse=True)
def _files(settings: object, tmp_path: Path) -> None:
    settings.FILES_HOME = tmp_path  # type: ignore[attr-defined]


def rung(episode: Episode) -> str:
    episode.refresh_from_db()
    return episode.evidence(today(), self_days=7, warn_days=5)


def test_certificates_without_a_gap_cover_an_absence_and_one_withdrawn_does_not() -> None:
    episode = make_absence(first_day=days_ago(30))
    assert rung(episode) == sickness.NOTE_MISSING
    own = make_certificate(episode, days_ago(30), days_ago(24), kind=Certificate.SELF)
    note = make_certificate(episode, days_ago(23), days_ago(-20))
    assert rung(episode) == sickness.COVERED
    certifying.withdraw_certificate(note, by=make_recorder(), at=now())
    assert rung(episode) == sickness.NOTE_MISSING
    with pytest.raises(refusals.UndoneAlready):
        certifying.withdraw_certificate(note, by=make_recorder(), at=now())
    assert own.episode == episode


def test_what_the_row_keeps_says_what_the_sum_says() -> None:
    """The list asks columns kept beside the absence; they stand where the plain sum stands, day by day."""
    episode = make_absence(first_day=days_ago(40))
    make_certificate(episode, days_ago(33), days_ago(20))
    episode.refresh_from_db()
    covers = [each.cover for each in episode.certificates.all()]
    for ago in range(40, 19, -1):
        known = [each for each in covers if each.first <= days_ago(ago)]
        summed = sickness.standing(episode.spell, known, days_ago(ago), self_days=7, warn_days=5).rung
        if ago <= 33:
            assert summed in {sickness.SELF_LATE, episode.evidence(days_ago(ago), self_days=7, warn_days=5)}


def test_a_fit_note_is_recorded_on_the_page_with_its_scan() -> None:
    recorder, episode = make_recorder(), make_absence(first_day=days_ago(10))
    client, doctor = signed_in_as(recorder), make_issuer()
    sent = {
        "kind": "NOTE", "from_on": days_ago(3).isoformat(), "until": "2w", "issued_on": "today",
        "issuer": doctor.pk, "fitness": "NOT_FIT", "scan": SimpleUploadedFile("note.png", PIXEL),
    }  # fmt: skip
    answer = client.post(reverse("certify_absence", args=[episode.pk]), sent)
    assert answer.status_code == 302, answer.content.decode()[-3000:]
    note = episode.certificates.get()
    assert (note.until_on - note.from_on).days == 13
    shown = words(main(page(client.get(reverse("absence", args=[episode.pk])))))
    assert "Scan" in shown
    assert "A self-certificate is missing" in shown
    scan = reverse("certificate_scan", args=[episode.pk, note.pk])
    assert client.get(scan).getvalue() == PIXEL
    client.post(reverse("withdraw_certificate", args=[episode.pk, note.pk]))
    assert not episode.certificates.standing().exists()
    assert client.get(scan).status_code == 404


def test_the_manager_does_not_see_the_paper_itself() -> None:
    manager, managing = make_manager()
    episode = make_absence(make_employment(manager=managing), first_day=days_ago(10))
    note = make_certificate(episode, days_ago(3), days_ago(-10))
    client = signed_in_as(manager)
    assert client.get(reverse("certificate_scan", args=[episode.pk, note.pk])).status_code == 404


def test_somebody_certifies_the_first_seven_days_themself() -> None:
    account = make_account()
    episode = make_absence(make_employment(account=account), first_day=days_ago(10))
    client, address = signed_in_as(account), reverse("certify_absence", args=[episode.pk])
    sent = {"from_on": days_ago(10).isoformat(), "until": "8 days", "declared": "on"}
    assert "first seven days" in words(main(page(client.post(address, sent), 422)))
    assert client.post(address, sent | {"until": "7 days"}).status_code == 302
    own = episode.certificates.get()
    assert (own.kind, own.until_on) == (Certificate.SELF, days_ago(4))


@pytest.mark.parametrize(
    ("paper", "why"),
    [
        ({"issued_on": days_ago(12)}, refusals.DatedForward),
        ({"issued_on": days_ago(-1)}, refusals.SignedLater),
        ({"from_on": days_ago(40), "until_on": days_ago(30)}, refusals.NotDuring),
        ({"until_on": days_ago(12)}, refusals.EndsBefore),
        ({"until_on": days_ago(-120)}, refusals.TooLong),
        ({"fitness": "MAY_BE_FIT"}, refusals.NothingTicked),
        ({"issuer": None}, refusals.MayNotSign),
        ({"kind": "SELF", "issuer": None, "until_on": days_ago(2)}, refusals.OwnDaysOver),
    ],
)
def test_what_no_certificate_may_say_is_refused(paper: dict[str, object], why: type[Exception]) -> None:
    episode = make_absence(first_day=days_ago(11))
    given = {"kind": "NOTE", "from_on": days_ago(10), "until_on": days_ago(1), "issued_on": days_ago(1),
             "issuer": make_issuer()}  # fmt: skip
    with pytest.raises(why):
        certifying.record_certificate(
            episode, paper=certifying.Paper(**given | paper),  # type: ignore[arg-type]
            by=None, at=now(),
        )  # fmt: skip


def test_a_nurse_signs_from_the_day_the_law_let_her() -> None:
    nurse = make_issuer(key="nurse", name="Nurse", from_on=dt.date(2022, 7, 1))
    employment = make_employment(started_on=dt.date(2018, 1, 1))
    episode = make_absence(employment, first_day=dt.date(2022, 6, 1), last_day=dt.date(2022, 7, 30))
    with pytest.raises(refusals.MayNotSign):
        make_certificate(episode, dt.date(2022, 6, 8), dt.date(2022, 6, 30), issuer=nurse,
                         issued_on=dt.date(2022, 6, 30))  # fmt: skip
    made = make_certificate(episode, dt.date(2022, 6, 8), dt.date(2022, 7, 10), issuer=nurse,
                            issued_on=dt.date(2022, 7, 1))  # fmt: skip
    assert made.pk


def test_what_cannot_be_adjusted_means_not_fit() -> None:
    manager, managing = make_manager()
    episode = make_absence(make_employment(manager=managing), first_day=days_ago(10))
    note = make_certificate(
        episode, days_ago(3), days_ago(-10), fitness="MAY_BE_FIT", adjustments=["phased_return"]
    )
    assert note.waits_for_manager
    client = signed_in_as(manager)
    address = reverse("decide_adjustments", args=[episode.pk, note.pk])
    assert "A phased return" in words(main(page(client.get(address))))
    client.post(address, {"can_be_made": "no", "note": "No desk work there"})
    note.refresh_from_db()
    assert (note.decision, note.means_not_fit, note.waits_for_manager) == ("CANNOT", True, False)
    assert client.get(address).status_code == 404
    assert "counts as not fit" in words(main(page(client.get(reverse("absence", args=[episode.pk])))))


@pytest.mark.parametrize(
    ("typed", "last"),
    [
        ("2w", dt.date(2026, 3, 14)), ("2 weeks", dt.date(2026, 3, 14)), ("10 days", dt.date(2026, 3, 10)),
        ("1 month", dt.date(2026, 3, 31)), ("3 diwrnod", dt.date(2026, 3, 3)), ("5/4", dt.date(2026, 4, 5)),
        ("2 wythnos", dt.date(2026, 3, 14)), ("1 mis", dt.date(2026, 3, 31)), ("soon", None),
    ],
)  # fmt: skip
def test_a_last_day_is_a_day_or_a_length(typed: str, last: dt.date | None) -> None:
    assert last_day(typed, dt.date(2026, 3, 1)) == last
