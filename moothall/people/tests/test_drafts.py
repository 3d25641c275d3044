import datetime as dt

import pytest

from moothall.people.models import Dismissal, Draft
from moothall.people.rules.drafts import DraftTooLarge, discard_draft, dismiss, save_draft
from moothall.people.tests.make import AT, make_account

pytestmark = pytest.mark.django_db


def test_a_draft_is_replaced_by_what_is_typed_next_and_others_keep_theirs() -> None:
    mine, theirs = make_account(), make_account()
    save_draft(mine, key="reply:LOD-26-00042", fields={"text": "Dear"}, at=AT)
    save_draft(theirs, key="reply:LOD-26-00042", fields={"text": "Annwyl"}, at=AT)
    later = AT + dt.timedelta(minutes=1)
    save_draft(mine, key="reply:LOD-26-00042", fields={"text": "Dear Ann", "to": ["a", "b"]}, at=later)
    kept = Draft.objects.get(account=mine)
    assert (kept.fields, kept.saved_at) == ({"text": "Dear Ann", "to": ["a", "b"]}, later)
    assert Draft.objects.get(account=theirs).fields == {"text": "Annwyl"}


def test_an_emptied_form_leaves_no_draft() -> None:
    account = make_account()
    save_draft(account, key="note", fields={"text": "x"}, at=AT)
    assert save_draft(account, key="note", fields={"text": ""}, at=AT) is None
    assert not Draft.objects.exists()
    assert not discard_draft(account, key="note")


def test_passwords_and_tokens_are_never_kept() -> None:
    fields = {"text": "x\0y", "password": "secret", "csrfmiddlewaretoken": "t"}
    draft = save_draft(make_account(), key="note", fields=fields, at=AT)
    assert draft is not None
    assert draft.fields == {"text": "xy"}


def test_a_draft_beyond_all_measure_is_refused() -> None:
    with pytest.raises(DraftTooLarge):
        save_draft(make_account(), key="note", fields={"text": "x" * 1_000_001}, at=AT)


def test_something_is_dismissed_once() -> None:
    account = make_account()
    dismiss(account, key="tour", at=AT)
    dismiss(account, key="tour", at=AT + dt.timedelta(days=1))
    assert Dismissal.objects.get().at == AT
