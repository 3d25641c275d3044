"""What the sample staff hold: what is asked of each, most of it in order, some of it running out or gone."""

import datetime as dt
from dataclasses import dataclass
from random import Random
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from moothall.cases.models import ServiceVersion
from moothall.cases.rules.definition import definition_of
from moothall.core.clock import LONDON, in_london
from moothall.core.copying import Tables
from moothall.core.packs import Pack, Progress
from moothall.credentials.models import Credential, CredentialKind, Reminder, Requirement, Validity
from moothall.people.models import Account
from moothall.workforce.models import Employment

from .standing import asked_of_people

USUAL_MONTHS: Final = 36
EXTRA: Final = {"first-aid": 10, "licence-d1": 5, "midas": 4, "driver-cpc": 2}  # of a hundred people
DAY: Final = dt.timedelta(days=1)
AT_ONCE: Final = 1000


@dataclass
class Year:
    """What the sample is drawn from, and where its rows go."""

    dice: Random
    today: dt.date
    at: dt.datetime
    tables: Tables
    months: dict[int, int]
    number: int = 0


@transaction.atomic
def load_part(pack: Pack, progress: Progress) -> None:
    """Once, and only for sample staff."""
    kinds = {each.key: each for each in CredentialKind.objects.in_use()}
    if not pack.demo or not pack.scale or not kinds or Credential.objects.exists():
        return
    today = in_london(pack.at).date()
    asked = asked_of_people(today)
    rows = Validity.objects.filter(until_on=None, months__isnull=False)
    months = {kind: count or USUAL_MONTHS for kind, count in rows.values_list("kind", "months")}
    dice = Random(f"{pack.key}/{pack.seed}/credentials")  # noqa: S311 # nosec B311  (a sample, not a secret)
    year = Year(dice, today, pack.at, Tables(), months)
    ids = list(Employment.objects.in_force(today).order_by("pk").values_list("pk", flat=True))
    wanted = ids[: round(len(ids) * min(pack.scale, 1))]
    progress.begin(_("What people hold"), len(wanted))
    needed, seen = kinds_needed(today), set[int]()
    workers = set(Account.objects.in_use().exclude(person=None).values_list("person_id", flat=True))
    for first in range(0, len(wanted), AT_ONCE):
        some = Employment.objects.filter(pk__in=wanted[first : first + AT_ONCE]).with_assignment(today)
        for employment in some.order_by("pk"):
            if employment.person_id not in seen:
                seen.add(employment.person_id)
                if employment.person_id in workers:
                    _works_with_it(year, employment.person_id, needed)
                extra = [
                    kinds[key] for key, share in EXTRA.items() if key in kinds and dice.randrange(100) < share
                ]
                wanted_of = [*asked.of(employment), *extra]
                if employment.person_id in workers:
                    wanted_of = [each for each in wanted_of if each not in needed]
                _holds(year, employment.person_id, wanted_of)
            progress.advance()
    year.tables.copy()
    progress.end()


def kinds_needed(today: dt.date) -> list[CredentialKind]:
    """What the services of this office ask of whoever works on their cases."""
    versions = ServiceVersion.objects.filter(current=True, service__retired_at=None)
    activities = {need for each in versions for need in definition_of(each).needs}
    asked = Requirement.objects.in_force(today).filter(activity__key__in=activities)
    return list({each.kind_id: each.kind for each in asked.select_related("kind")}.values())


def _works_with_it(year: Year, person: int, kinds: list[CredentialKind]) -> None:
    """Whoever signs in has held it for longer than the sample reaches back."""
    for kind in kinds:
        issued = year.today - DAY * year.dice.randrange(400, 700)
        _credential(year, person, kind, issued, DAY * USUAL_MONTHS * 31, superseded_by=None)


def _holds(year: Year, person: int, kinds: list[CredentialKind]) -> None:
    """Each kind once; three in a hundred lack it, and some hold the one before it too."""
    for kind in {each.pk: each for each in kinds}.values():
        if year.dice.random() < 0.03:
            continue
        span = dt.timedelta(days=round(year.months.get(kind.pk, USUAL_MONTHS) * 30.4))
        issued = year.today - DAY * year.dice.randrange(1, span.days + span.days // 60 + 2)
        current = _credential(year, person, kind, issued, span, superseded_by=None)
        if year.dice.random() < 0.2:
            _credential(year, person, kind, issued - span + DAY * 20, span, superseded_by=current)


def _credential(
    year: Year, person: int, kind: CredentialKind, issued: dt.date, span: dt.timedelta, *,
    superseded_by: int | None,
) -> int:  # fmt: skip
    year.number += 1
    ends = issued + span - DAY if kind.must_expire or kind.pk in year.months else None
    at = min(dt.datetime.combine(issued + DAY * 2, dt.time(10), tzinfo=LONDON), year.at)
    made = year.tables.add(
        Credential, person_id=person, kind_id=kind.pk, number=f"{kind.key[:4].upper()}-{year.number:06}",
        issued_on=issued, expires_on=ends, recorded_at=at, verified_at=at, superseded_by_id=superseded_by,
    )  # fmt: skip
    if ends is not None and superseded_by is None:
        left = (ends - year.today).days
        for days in [*(each for each in kind.ladder if left <= each), *([0] if left < 0 else [])]:
            year.tables.add(Reminder, credential_id=made, days=days, at=year.at)
    return made
