"""Sample incidents of a demo office, and people from outside who sign in: a family, and a contractor."""

import datetime as dt
from typing import Any, Final

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils.translation import gettext as _

from moothall.core.clock import LONDON, in_london
from moothall.core.commands import SignIn
from moothall.core.marked_yaml import Fields
from moothall.core.packs import Pack, Progress
from moothall.people.models import Account
from moothall.people.rules.pack import DEMO_PASSWORD
from moothall.people.rules.persons import add_person
from moothall.records.rules.audit import append_audit
from moothall.transport.models import Contractor, Home, Incident, Involved, Passenger
from moothall.transport.models.incident import KINDS

from . import investigating
from .accounting import owner_of_all
from .incidents import There, report_incident
from .knowing import act_for_contractor, name_carer

SINCE: Final = dt.date(2026, 9, 1)
DAY: Final = dt.timedelta(days=1)


@transaction.atomic
def load_part(pack: Pack, progress: Progress) -> None:
    """Once, and only in a demo office."""
    doc = pack.file("demo/safety.yaml") if pack.demo else None
    if doc is None or Incident.objects.exists() or not Passenger.objects.exists():
        return
    fields = Fields(doc)
    progress.begin(_("Sample incidents"))
    for row in fields.mappings("incidents"):
        _incident(Fields(row), pack, owner_of_all())
        progress.advance()
    hashed = make_password(DEMO_PASSWORD)
    for row in fields.mappings("family"):
        _family(Fields(row), pack, hashed)
    for row in fields.mappings("contractors"):
        _acts_for(Fields(row), pack, hashed)
    fields.finish()
    progress.end()


def _incident(fields: Fields, pack: Pack, by: Account) -> None:
    day = in_london(pack.at).date() - DAY * (fields.maybe_whole("days") or 0)
    happened = dt.datetime.combine(day, dt.time.fromisoformat(fields.text("at")), tzinfo=LONDON)
    reported = happened + dt.timedelta(minutes=40)
    there: tuple[There, ...] = ()
    if name := fields.text("passenger", ""):
        who = Passenger.objects.select_related("person").get(person__full_name=name)
        harm = fields.text("harm", Involved.NONE)
        there = (There(Involved.PASSENGER, name, who.person, harm),)
    made = report_incident(
        kind=fields.choice("kind", [key for key, _words in KINDS]), happened_at=happened,
        where=fields.text("where"), what=fields.text("what"), there=there, by=None, at=reported, by_crew=True,
    )  # fmt: skip
    if action := fields.text("action", ""):
        due = in_london(pack.at).date() + DAY * (fields.maybe_whole("due") or 0)
        investigating.add_action(made, what=action, owner=by, due_on=due, by=by, at=reported)
    if closed := fields.text("closed", ""):
        given: dict[str, Any] = {"by": by, "at": reported + DAY}
        investigating.investigate(
            made, investigator=by, facts=made.what, cause=closed, finished=True, **given
        )
        for duty, _decided in investigating.duties_of(made):
            investigating.decide_report(made, duty, needed=False, because=_("Nobody was hurt."), **given)
        investigating.close_incident(made, outcome="lessons_learned", reason=closed, **given)
    fields.finish()


def _account(fields: Fields, pack: Pack, hashed: str) -> Account:
    """Somebody from outside with an account and no role."""
    email, name, language = fields.text("email"), fields.text("name"), fields.text("language", "en")
    person = add_person(
        full_name=name, language=language, language_source=_("Said so on applying"), emails=[email],
        by=None, at=pack.at,
    )  # fmt: skip
    made = Account.objects.create(email=email, name=name, person=person, language=language, password=hashed)
    append_audit("people.add_account", by=None, at=pack.at, about=made)
    pack.sign_ins.append(SignIn(email, DEMO_PASSWORD, fields.text("sign_in")))
    return made


def _family(fields: Fields, pack: Pack, hashed: str) -> None:
    account = _account(fields, pack, hashed)
    child = Passenger.objects.get(person__full_name=fields.text("passenger"))
    named = fields.text("home", "")
    home = Home.objects.get(passenger=child, name=named) if named else None
    assert account.person is not None  # noqa: S101  it was made with one
    name_carer(
        child, person=account.person, relationship=fields.text("relationship"), home=home, from_on=SINCE,
        by=None, at=pack.at,
    )  # fmt: skip
    fields.finish()


def _acts_for(fields: Fields, pack: Pack, hashed: str) -> None:
    account = _account(fields, pack, hashed)
    firm = Contractor.objects.get(name=fields.text("contractor"))
    assert account.person is not None  # noqa: S101  it was made with one
    act_for_contractor(firm, person=account.person, from_on=SINCE, by=None, at=pack.at)
    fields.finish()
