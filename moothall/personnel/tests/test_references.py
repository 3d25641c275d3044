"""References given: verified, consented to, checked by a second person, and never more than may be said."""

import pytest
from django.db import IntegrityError, transaction

from moothall.core.clock import now, today
from moothall.letters.models import Letter
from moothall.people.tests.make import make_account
from moothall.personnel.models import ReferenceRequest
from moothall.personnel.rules import references as rules
from moothall.personnel.rules import refusals
from moothall.personnel.rules.letters import write
from moothall.personnel.rules.policy import text_from_record
from moothall.personnel.rules.wording.references import CONSENT
from moothall.workforce.tests.make import make_employment

from .make import DAY, as_mail, make_checked, make_desk, make_reference

pytestmark = pytest.mark.django_db


def test_a_reference_is_answered_within_five_working_days() -> None:
    reference = make_reference()
    assert 5 <= (reference.due_on - today()).days <= 12


def test_a_reference_goes_to_the_verified_address_once_it_was_checked_by_a_second_person() -> None:
    reference, writer = make_reference(), make_desk()
    rules.draft(
        reference, text="Worked here.", days_absent=None, protected_left_out=False, by=writer, at=now()
    )
    with pytest.raises(refusals.CheckedByTheSame):
        rules.check(reference, by=writer, at=now())
    with pytest.raises(refusals.NotVerified):
        rules.send(reference, sent=as_mail(), by=writer, at=now())
    rules.verify(reference, how="Rang them", address="real@example.org", by=writer, at=now())
    with pytest.raises(refusals.NotChecked):
        rules.send(reference, sent=as_mail(), by=writer, at=now())
    rules.check(reference, by=make_desk(), at=now())
    letter = rules.send(reference, sent=as_mail(address="wrong@example.org"), by=writer, at=now())
    assert letter.to_address == "real@example.org"
    reference.refresh_from_db()
    assert reference.sent_on == today()
    with pytest.raises(refusals.NotWaiting):
        rules.send(reference, sent=as_mail(), by=writer, at=now())


def test_what_leaves_is_what_was_checked() -> None:
    reference = make_checked()
    with pytest.raises(refusals.NotChecked):
        rules.send(reference, sent=as_mail("Was a menace."), by=make_desk(), at=now())
    again = rules.draft(
        reference, text="Worked well.", days_absent=None, protected_left_out=False, by=make_desk(), at=now()
    )
    assert again.checked_at is None


def test_more_than_dates_and_post_needs_consent_and_leaves_protected_absence_out() -> None:
    reference, desk = make_reference(asks=ReferenceRequest.FULL), make_desk()

    def draft(days: int | None, left_out: bool) -> ReferenceRequest:
        return rules.draft(
            reference, text="Worked here.", days_absent=days, protected_left_out=left_out, by=desk, at=now()
        )

    with pytest.raises(refusals.NoConsent):
        draft(None, left_out=False)
    write(reference, CONSENT, sent=as_mail(), about_on=today(), by=desk, at=now())
    reference.refresh_from_db()
    assert reference.consent == ReferenceRequest.ASKED
    rules.record_consent(reference, consent=ReferenceRequest.GIVEN, on=today(), by=desk, at=now())
    with pytest.raises(refusals.Protected):
        draft(4, left_out=False)
    assert draft(4, left_out=True).days_absent == 4
    with pytest.raises(IntegrityError), transaction.atomic():
        ReferenceRequest.objects.filter(pk=reference.pk).update(protected_left_out=False)


def test_words_agreed_in_a_settlement_are_given_as_they_stand() -> None:
    reference, desk = make_checked(), make_desk()
    rules.keep_wording(reference, text="A valued\ncolleague.", agreed_on=today(), by=desk, at=now())
    reference.refresh_from_db()
    assert (reference.text, reference.checked_at) == ("", None)
    with pytest.raises(refusals.SettledWords):
        rules.draft(
            reference, text="Worked here.", days_absent=None, protected_left_out=False, by=desk, at=now()
        )
    done = rules.draft(
        reference, text="A valued colleague.", days_absent=None, protected_left_out=False, by=desk, at=now()
    )
    assert done.is_settled
    later = make_reference(reference.employment)
    assert rules.settled_wording(later.employment) is not None


def test_declining_says_why_on_file_and_tells_whoever_asked() -> None:
    reference = make_reference()
    with pytest.raises(refusals.ReasonNeeded):
        rules.decline(reference, because=" ", sent=as_mail(), by=make_desk(), at=now())
    done = rules.decline(reference, because="Not who they say", sent=as_mail(), by=make_desk(), at=now())
    assert done.declined_on == today()
    letter = Letter.objects.get(about_id=reference.pk, about_kind="personnel.referencerequest")
    assert "Not who they say" not in letter.body


def test_nobody_gives_their_own_reference() -> None:
    account = make_account("workforce.edit")
    with pytest.raises(refusals.AboutThemself):
        make_reference(make_employment(account=account), by=account)


def test_the_policy_says_dates_and_post_and_never_absence() -> None:
    reference = make_reference(make_employment(started_on=today() - 900 * DAY))
    words = text_from_record(reference, today=today())
    assert "has worked here since" in words
    assert "absen" not in words
    assert "hours" not in words
