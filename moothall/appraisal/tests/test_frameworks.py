"""Frameworks are worded anew as drafts; what is ready never changes, and cycles keep their version."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from moothall.appraisal.models import Competency, Framework
from moothall.appraisal.rules import frameworks as rules
from moothall.appraisal.rules import refusals
from moothall.people.tests.make import AT, make_account

from .make import make_cycle, make_framework

pytestmark = pytest.mark.django_db
DESK = ("workforce.view", "workforce.edit")


def draft_of(framework: Framework | None = None) -> Framework:
    return rules.begin_version(framework or make_framework(), by=make_account(), at=AT)


def test_a_new_version_says_what_the_old_one_says_and_is_begun_once() -> None:
    framework = make_framework()
    rules.put_competency(
        draft_of(framework), name="Care", kind=Competency.COMPETENCY, levels=[("First", "Cyntaf")],
        by=make_account(), at=AT,
    )  # fmt: skip
    draft = draft_of(framework)
    assert (draft.version, draft.is_draft) == (2, True)
    assert [each.name for each in draft.competencies.all()][-1] == "Care"
    assert draft.competencies.count() == framework.competencies.count() + 1
    assert [each.name for each in draft.marks.all()] == [each.name for each in framework.marks.all()]
    copied = rules.begin_version(
        rules.finish_framework(draft, by=make_account(), at=AT), by=make_account(), at=AT
    )
    assert copied.competencies.get(name="Care").descriptors.get().text_cy == "Cyntaf"


def test_a_draft_is_offered_to_no_cycle_until_it_is_ready_and_cycles_keep_theirs() -> None:
    cycle = make_cycle()
    draft = draft_of(cycle.framework)
    assert list(Framework.objects.in_use()) == [cycle.framework]
    ready = rules.finish_framework(draft, by=make_account(), at=AT)
    assert ready.digest
    assert list(Framework.objects.in_use()) == [ready]
    cycle.refresh_from_db()
    assert cycle.framework.version == 1


def test_what_is_ready_never_changes() -> None:
    framework, by = make_framework(), make_account()
    row, mark = framework.competencies.first(), framework.marks.first()
    assert row is not None
    assert mark is not None
    with pytest.raises(refusals.FrameworkReady):
        rules.put_competency(framework, name="Other", levels=[], competency=row, by=by, at=AT)
    with pytest.raises(refusals.FrameworkReady):
        rules.remove_competency(row, by=by, at=AT)
    with pytest.raises(refusals.FrameworkReady):
        rules.put_mark(framework, mark=mark, name="Other", by=by, at=AT)
    with pytest.raises(refusals.FrameworkReady):
        rules.name_framework(framework, name="Other", by=by, at=AT)
    with pytest.raises(refusals.FrameworkReady):
        rules.discard_framework(framework, by=by, at=AT)


def test_one_of_our_own_is_worded_from_nothing_and_is_not_ready_before_it_is_whole() -> None:
    by = make_account()
    made = rules.begin_framework(name="Our values", name_cy="Ein gwerthoedd", by=by, at=AT)
    with pytest.raises(refusals.FrameworkIncomplete):
        rules.finish_framework(made, by=by, at=AT)
    rules.put_competency(made, name="Care", kind=Competency.VALUE, levels=[], by=by, at=AT)
    first = rules.put_mark(made, name="Not yet", withholds=True, by=by, at=AT)
    second = rules.put_mark(made, name="Not yet", by=by, at=AT)
    assert (first.place, second.place, second.key) == (0, 1, "not-yet-2")
    assert rules.finish_framework(made, by=by, at=AT).is_draft is False
    again = rules.begin_framework(name="Our values", by=by, at=AT)
    assert again.key != made.key


def test_competencies_of_a_draft_are_put_in_another_order_and_of_one_in_use_never(client: Client) -> None:
    framework = make_framework()
    draft, by = draft_of(framework), make_account(*DESK)
    for name in ("Second", "Third"):
        rules.put_competency(draft, name=name, kind=Competency.COMPETENCY, levels=[], by=by, at=AT)
    first = draft.competencies.first()
    assert first is not None

    def order() -> list[str]:
        return [each.name for each in draft.competencies.order_by("position", "id")]

    begun = order()
    third = draft.competencies.get(name="Third")
    client.force_login(by)
    up = reverse("move_competency", args=[draft.pk, third.pk])
    sent = client.post(up, {"to": "up"})
    assert sent.headers["Location"].endswith(f"#competency-{third.pk}")
    assert order() == [*begun[:-2], "Third", "Second"]
    client.post(up, {"to": "down"})
    assert order() == begun
    client.post(up, {"to": "down"})
    assert order() == begun
    rules.move_competency(first, up=True, by=by, at=AT)
    assert order() == begun
    shown = client.get(reverse("appraisal_framework", args=[draft.pk])).content.decode()
    marks = draft.marks.count() - 1
    assert shown.count('value="up"') == shown.count('value="down"') == len(begun) - 1 + marks
    with pytest.raises(refusals.FrameworkReady):
        rules.move_competency(framework.competencies.all()[0], up=True, by=by, at=AT)


def test_marks_of_a_draft_are_put_in_another_order_and_of_one_in_use_never(client: Client) -> None:
    framework = make_framework()
    draft, by = draft_of(framework), make_account(*DESK)
    best = rules.put_mark(draft, name="Best", by=by, at=AT)

    def order() -> list[str]:
        return [each.name for each in draft.marks.order_by("place")]

    begun = order()
    client.force_login(by)
    move = reverse("move_mark", args=[draft.pk, best.pk])
    assert client.post(move, {"to": "up"}).headers["Location"].endswith(f"#mark-{best.pk}")
    assert order() == [*begun[:-2], "Best", begun[-2]]
    for _again in range(2):
        client.post(move, {"to": "down"})
        assert order() == begun
    ready = framework.marks.first()
    assert ready is not None
    with pytest.raises(refusals.FrameworkReady):
        rules.move_mark(ready, up=False, by=by, at=AT)


def test_levels_are_written_anew_from_the_lowest_up() -> None:
    draft, by = draft_of(), make_account()
    row = draft.competencies.first()
    for levels in ([("One", "Un"), ("Two", "Dau")], [("Only", "")]):
        rules.put_competency(draft, competency=row, name="Care", levels=levels, by=by, at=AT)
    assert row is not None
    row.refresh_from_db()
    assert (row.name, [each.text for each in row.descriptors.all()]) == ("Care", ["Only"])


def test_the_database_holds_one_draft_of_a_framework_at_a_time() -> None:
    draft = draft_of()
    with pytest.raises(IntegrityError), transaction.atomic():
        Framework.objects.create(key=draft.key, version=9, name="x", source="x", added_at=AT, is_draft=True)


def test_the_pages_lead_from_a_version_in_use_to_the_next(client: Client) -> None:
    framework = make_cycle().framework
    client.force_login(make_account(*DESK))
    page = reverse("appraisal_framework", args=[framework.pk])
    assert reverse("begin_framework_version", args=[framework.pk]) in client.get(page).content.decode()
    client.post(reverse("begin_framework_version", args=[framework.pk]))
    draft = Framework.objects.drafts().get()
    words = {
        "name": "Care", "name_cy": "Gofal", "kind": "COMPETENCY", "levels": "Sees\nDoes",
        "levels_cy": "Gweld",
    }  # fmt: skip
    assert client.post(reverse("add_competency", args=[draft.pk]), words).status_code == 302
    made = draft.competencies.get(name="Care")
    assert [(each.text, each.text_cy) for each in made.descriptors.all()] == [("Sees", "Gweld"), ("Does", "")]
    changing = reverse("change_competency", args=[draft.pk, made.pk])
    assert "Sees\nDoes" in client.get(changing).content.decode()
    too_many = words | {"levels": "Sees", "levels_cy": "Gweld\nGwneud"}
    assert client.post(changing, too_many).status_code == 422
    client.post(reverse("remove_competency", args=[draft.pk, made.pk]))
    assert not draft.competencies.filter(name="Care").exists()
    assert client.post(reverse("add_mark", args=[draft.pk]), {"name": "Best"}).status_code == 302
    shown = client.get(reverse("appraisal_cycles")).content.decode()
    assert reverse("appraisal_framework", args=[draft.pk]) in shown
    client.post(reverse("finish_framework", args=[draft.pk]))
    assert client.post(reverse("add_mark", args=[draft.pk]), {"name": "Late"}).status_code == 422


def test_a_draft_is_there_for_those_who_word_it_alone_and_can_be_thrown_away(client: Client) -> None:
    draft = draft_of()
    page = reverse("appraisal_framework", args=[draft.pk])
    client.force_login(make_account("workforce.view"))
    assert client.get(page).status_code == 404
    client.force_login(make_account(*DESK))
    assert client.get(page).status_code == 200
    client.post(reverse("discard_framework", args=[draft.pk]))
    assert not Framework.objects.drafts().exists()


def test_a_framework_of_many_competencies_asks_the_database_as_often_as_one_of_few(client: Client) -> None:
    draft, by = draft_of(), make_account()
    client.force_login(make_account(*DESK))
    page = reverse("appraisal_framework", args=[draft.pk])
    client.get(page)
    with CaptureQueriesContext(connection) as few:
        client.get(page)
    for number in range(8):
        rules.put_competency(draft, name=f"C {number}", levels=[("One", "Un")], by=by, at=AT)
    with CaptureQueriesContext(connection) as many:
        client.get(page)
    assert len(many) == len(few)
