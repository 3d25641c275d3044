"""Staff records of a sample office: for its sample staff, and for the many who work for a large one.

The same seed makes the same records. They are copied into the database, and stand in the audit as one event.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from random import Random
from typing import Any

from django.utils.translation import gettext as _

from moothall.core.clock import in_london
from moothall.core.copying import Tables
from moothall.core.marked_yaml import Fields, Marked
from moothall.core.packs import Pack, Progress
from moothall.people.models import Account, Organisation, PersonRole, Post
from moothall.records.rules.audit import append_audit
from moothall.workforce.models import Assignment, Employment, LeavingReason, WorkPattern

RECORDS, MORE_RECORDS = "demo/staff-records.yaml", "demo/sample-records.yaml"
SEEDS = {RECORDS: "staff-records", MORE_RECORDS: "sample-records"}
DEPARTMENT, MANAGER = "department", "manager"
MANAGED = 12  # a manager has about so many people
YEAR = 365
PART_TIME = (("0.8", "four-days"), ("0.6", "three-days"))
MONDAY = dt.date(2020, 1, 6)


@dataclass(frozen=True)
class Kind:
    """What one kind of person is employed as."""

    workforce: str
    hours: Decimal
    pattern_id: int
    title: str = ""
    title_cy: str = ""


@dataclass
class Records:
    """What is being made, and of what."""

    prefix: str
    nation: str
    usual: Kind
    kinds: Mapping[str, Kind]
    posts_as: Mapping[str, Kind]
    shares: Mapping[str, int]
    patterns: Mapping[str, int]
    weekly: Collection[int]
    reasons: list[int]
    managers: Mapping[int, int | None]
    day: dt.date
    at: dt.datetime
    rng: Random
    tables: Tables = field(default_factory=Tables)
    posts: dict[tuple[str, int], int] = field(default_factory=dict)
    number: int = 0


@dataclass(frozen=True)
class Somebody:
    """Whoever gets a record: who, in which unit, in which post, as what."""

    person_id: int
    unit_id: int
    post_id: int
    kind: Kind
    place_id: int | None = None


def load_part(pack: Pack, progress: Progress) -> None:
    """Only in a demo, and only for people without a record; those of a sample of work after the others."""
    for name in (RECORDS, *((MORE_RECORDS,) if pack.scale else ())):
        doc = pack.file(name) if pack.demo else None
        if doc is not None:
            _make(doc, name, pack, progress)


def _make(doc: Marked, name: str, pack: Pack, progress: Progress) -> None:
    records = _read(doc, name, pack)
    there = set(Employment.objects.values_list("person_id", flat=True))
    progress.begin(_("Sample staff records"))
    made = _for_accounts(records, there) + _for_workforce(records, there)
    records.tables.copy()
    progress.end()
    if made:
        append_audit("workforce.add_sample", by=None, at=pack.at, detail={"count": made})


def _read(doc: Marked, name: str, pack: Pack) -> Records:
    fields = Fields(doc)
    patterns = dict(WorkPattern.objects.values_list("key", "id"))
    usual = Kind(
        Employment.EMPLOYEE, Decimal(fields.whole("hours")), patterns[fields.choice("pattern", patterns)]
    )
    kinds: dict[str, Kind] = {}
    for row in fields.mappings("kinds"):
        inner = Fields(row)
        kinds[inner.text("key")] = Kind(
            inner.choice("workforce", dict(Employment.WORKFORCES)), Decimal(inner.whole("hours")),
            patterns[inner.choice("pattern", patterns)], inner.text("title"), inner.text("title_cy", ""),
        )  # fmt: skip
        inner.finish()
    posts_as: dict[str, Kind] = {}
    for row in fields.mappings("posts"):
        inner = Fields(row)
        posts_as[inner.text("number")] = Kind(
            Employment.EMPLOYEE, Decimal(inner.whole("hours")), patterns[inner.choice("pattern", patterns)]
        )
        inner.finish()
    shares = {name: fields.maybe_whole(name) or 0 for name in ("part_time", "fixed_term", "moved", "left")}
    found = Records(
        prefix=fields.text("prefix"), nation=fields.text("nation"), usual=usual, kinds=kinds,
        posts_as=posts_as, shares=shares, patterns=patterns, weekly=_weekly(),
        managers=_named_managers(fields),
        reasons=list(LeavingReason.objects.order_by("key").values_list("id", flat=True)),
        day=in_london(pack.at).date(), at=pack.at,
        rng=Random(f"{pack.key}/{pack.seed}/{SEEDS[name]}"),  # noqa: S311 - the same seed, the same records
        number=Employment.objects.count(),
    )  # fmt: skip
    fields.finish()
    return found


def _weekly() -> set[int]:
    """The ways of working that come again after whole weeks."""
    rows = WorkPattern.objects.values_list("id", "hours")
    return {number for number, hours in rows if len(hours) % 7 == 0}


def _for_accounts(records: Records, there: set[int]) -> int:
    """The sample staff, each in the unit of their team; its lead is everybody else's manager."""
    posts = PersonRole.objects.in_force(records.day).filter(post__team__lead__isnull=False)
    held = dict(posts.values_list("person_id", "post_id"))
    leads = dict(Account.objects.filter(leads__posts__in=held.values()).values_list("leads__id", "person_id"))
    teams: dict[int, list[tuple[int, Post]]] = defaultdict(list)
    by_id = Post.objects.select_related("team__organisation").in_bulk(list(held.values()))
    for person_id, post_id in held.items():
        post = by_id[post_id]
        if person_id not in there and post.team is not None:
            teams[post.team.pk].append((person_id, post))
    members = {
        person_id: (post, leads.get(team_id))
        for team_id, people in sorted(teams.items())
        for person_id, post in sorted(people, key=lambda one: (one[0] != leads.get(team_id), one[0]))
    }
    employed: dict[int, int] = {}

    def employ(person_id: int) -> int:
        """Whoever manages them is employed before them."""
        if person_id not in employed:
            post, lead = members[person_id]
            manager = records.managers.get(person_id, lead)
            others = members.keys() - {person_id}
            head = None if manager is None or manager not in others else employ(manager)
            kind = records.posts_as.get(post.number, records.usual)
            who = Somebody(person_id, _unit(post), post.pk, kind, post.place_id)
            employed[person_id] = _record(records, who, manager=head)
        return employed[person_id]

    return len([employ(person_id) for person_id in members])


def _named_managers(fields: Fields) -> dict[int, int | None]:
    """Who manages whom, where it is said: by person. Whoever heads everybody has nobody."""
    people = dict(Account.objects.filter(person__isnull=False).values_list("email", "person_id"))
    named: dict[int, int | None] = {}
    for row in fields.mappings("managers"):
        inner = Fields(row)
        manager = inner.text("is", "")
        named[people[inner.choice("of", people)]] = people[inner.choice("is", people)] if manager else None
        inner.finish()
    return named


def _unit(post: Post) -> int:
    team = post.team
    if team is None:
        raise ValueError("A post of a team is asked for.")
    unit, _made = Organisation.objects.get_or_create(
        name=team.name, kind=DEPARTMENT, defaults={"name_cy": team.name_cy, "parent": team.organisation}
    )
    return unit.pk


def _for_workforce(records: Records, there: set[int]) -> int:
    """The many: in each department the managers lead the others, and the first of them leads the managers."""
    roles = PersonRole.objects.in_force(records.day).filter(
        kind__key__in=records.kinds, organisation__kind=DEPARTMENT
    )
    departments: dict[int, list[Somebody]] = defaultdict(list)
    rows = roles.order_by("organisation_id", "person_id")
    for person, unit, key in rows.values_list("person_id", "organisation_id", "kind__key"):
        if person in there or unit is None:
            continue
        post = _post(records, key, unit)
        somebody = Somebody(person, unit, post, records.kinds[key])
        there.add(person)
        departments[unit].insert(0, somebody) if key == MANAGER else departments[unit].append(somebody)
    return sum(_department(records, members) for _unit_id, members in sorted(departments.items()))


def _department(records: Records, members: list[Somebody]) -> int:
    leading = max(1, len(members) // MANAGED)
    head = _record(records, members[0], manager=None, stays=True)
    managers = [head] + [_record(records, one, manager=head, stays=True) for one in members[1:leading]]
    for number, somebody in enumerate(members[leading:]):
        _record(records, somebody, manager=managers[number % len(managers)])
    return len(members)


def _post(records: Records, key: str, unit: int) -> int:
    """One post of each kind in each department; everybody of that kind is assigned to it."""
    kind = records.kinds[key]
    if (key, unit) not in records.posts:
        number = f"{records.prefix}-{unit}-{key[:8]}"[:20]
        values = {"title": kind.title, "title_cy": kind.title_cy}
        post, _made = Post.objects.get_or_create(number=number, defaults=values)
        records.posts[key, unit] = post.pk
    return records.posts[key, unit]


def _record(records: Records, who: Somebody, *, manager: int | None, stays: bool = False) -> int:
    """An employment with its assignments; the answer is its id."""
    rng, day = records.rng, records.day
    records.number += 1
    started = day - dt.timedelta(days=rng.randrange(30, 25 * YEAR))
    ended = None
    if not stays and rng.randrange(100) < records.shares["left"]:
        ended = max(started, day - dt.timedelta(days=rng.randrange(1, YEAR)))
    employment = records.tables.add(
        Employment, person_id=who.person_id, number=f"{records.prefix}{records.number:05}",
        workforce=who.kind.workforce, nation=records.nation, started_on=started, continuous_from=started,
        ended_on=ended, ended_because_id=rng.choice(records.reasons) if ended else None, added_at=records.at,
    )  # fmt: skip
    terms = _terms(records, who, manager, stays=stays)
    moved = started + dt.timedelta(days=400)
    if not stays and moved < (ended or day) and rng.randrange(100) < records.shares["moved"]:
        begun = max(moved, (ended or day) - dt.timedelta(days=rng.randrange(1, 3 * YEAR)))
        before = terms | {"weekly_hours": who.kind.hours, "fte": Decimal(1)}
        _assign(records, employment, before, started, begun - dt.timedelta(days=1))
        _assign(records, employment, terms, begun, None)
    else:
        _assign(records, employment, terms, started, None)
    return employment


def _terms(records: Records, who: Somebody, manager: int | None, *, stays: bool) -> dict[str, Any]:
    rng, kind = records.rng, who.kind
    terms: dict[str, Any] = {
        "post_id": who.post_id, "unit_id": who.unit_id, "manager_id": manager, "fte": Decimal(1),
        "place_id": who.place_id, "weekly_hours": kind.hours, "pattern_id": kind.pattern_id,
        "pattern_from": MONDAY + dt.timedelta(days=_offset(records, kind)),
    }  # fmt: skip
    if stays or kind.workforce != Employment.EMPLOYEE:
        return terms
    if rng.randrange(100) < records.shares["part_time"]:
        share, pattern = rng.choice(PART_TIME)
        hours = (kind.hours * Decimal(share)).quantize(Decimal("0.01"))
        terms |= {"fte": Decimal(share), "weekly_hours": hours, "pattern_id": records.patterns[pattern]}
        terms["pattern_from"] = MONDAY
    if rng.randrange(100) < records.shares["fixed_term"]:
        terms["contract"] = Assignment.FIXED_TERM
        terms["contract_ends_on"] = records.day + dt.timedelta(days=rng.randrange(10, YEAR))
    return terms


def _offset(records: Records, kind: Kind) -> int:
    """Shifts begin on any day, so that some work every day; what goes by the week begins on a Monday."""
    days = records.rng.randrange(10) if records.kinds else 0
    return 0 if kind.pattern_id in records.weekly else days


def _assign(
    records: Records, employment: int, terms: Mapping[str, Any], from_on: dt.date, until_on: dt.date | None
) -> None:
    records.tables.add(
        Assignment, employment_id=employment, from_on=from_on, until_on=until_on, recorded_at=records.at,
        **terms,
    )  # fmt: skip
