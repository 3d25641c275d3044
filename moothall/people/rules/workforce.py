"""The many people who work for a large sample office: mixed from names, and copied into the database."""

import datetime as dt
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from random import Random

from django.utils.translation import gettext as _

from moothall.core.audit import write_down
from moothall.core.clock import in_london
from moothall.core.copying import Tables
from moothall.core.marked_yaml import Fields, Marked
from moothall.core.packs import Pack, Progress
from moothall.people.models import ContactPoint, Organisation, Person, PersonRole, PersonRoleKind

from .persons import references

AT_ONCE = 2000
DEPARTMENT = "department"


@dataclass(frozen=True)
class Workforce:
    """Whom to make: each share is kept however many there are."""

    people: int
    domain: str
    welsh: float
    english: float
    given_names: Sequence[str]
    family_names: Sequence[str]
    kinds: Sequence[int]
    kind_shares: Sequence[float]
    departments: Sequence[int]
    department_shares: Sequence[float]


def load_workforce(doc: Marked, pack: Pack, progress: Progress) -> None:
    """As many as the pack says at scale 1, more for a larger scale; those there already are counted."""
    made = _read(doc)
    wanted = round(made.people * max(pack.scale, 1.0))
    there = PersonRole.objects.filter(organisation_id__in=made.departments).count()
    progress.begin(_("Sample workforce"), max(wanted - there, 0))
    tables = Tables()
    for first in range(there, wanted, AT_ONCE):
        count = min(AT_ONCE, wanted - first)
        rng = Random(f"{pack.key}/{pack.seed}/workforce/{first}")  # noqa: S311 - the same seed, the same people
        for reference in references(count):
            _add(tables, made, reference, rng=rng, at=pack.at)
        tables.copy()
        progress.advance(count)
    progress.end()
    if wanted > there:
        write_down("people.add_workforce", by=None, at=pack.at, detail={"count": wanted - there})


def _read(doc: Marked) -> Workforce:
    fields = Fields(doc)
    kinds, shares = fields.mapping("kinds"), []
    ids = dict(PersonRoleKind.objects.values_list("key", "id"))
    for key, share in kinds.items():
        if key not in ids:
            raise kinds.mistake(_("There is no kind of person “%(key)s”.") % {"key": key}, at=key)
        shares.append(float(share))
    departments, weights = [], []
    for row in fields.mappings("departments"):
        inner = Fields(row)
        names = {"name_cy": inner.text("name_cy", "")}
        organisation, _made = Organisation.objects.get_or_create(
            name=inner.text("name"), kind=DEPARTMENT, defaults=names
        )
        departments.append(organisation.pk)
        weights.append(float(inner.whole("of")))
        inner.finish()
    workforce = Workforce(
        people=fields.whole("people"), domain=fields.text("domain"), welsh=fields.share("welsh", 0.1),
        english=fields.share("english", 0.5), given_names=fields.words("given_names"),
        family_names=fields.words("family_names"), kinds=[ids[key] for key in kinds],
        kind_shares=list(accumulate(shares)), departments=departments,
        department_shares=list(accumulate(weights)),
    )  # fmt: skip
    fields.finish()
    return workforce


def _add(tables: Tables, made: Workforce, reference: str, *, rng: Random, at: dt.datetime) -> None:
    given, family = rng.choice(made.given_names), rng.choice(made.family_names)
    spoken = rng.random()
    language = "cy" if spoken < made.welsh else "en" if spoken < made.welsh + made.english else ""
    [department] = rng.choices(made.departments, cum_weights=made.department_shares)
    [kind] = rng.choices(made.kinds, cum_weights=made.kind_shares)
    day = in_london(at).date()
    person = tables.add(
        Person, reference=reference, given_name=given, family_name=family, full_name=f"{given} {family}",
        language=language, language_source=_("Said so on joining") if language else "",
        language_set_on=day if language else None, organisation_id=department, added_at=at,
    )  # fmt: skip
    tables.add(PersonRole, person_id=person, kind_id=kind, organisation_id=department, started_on=day)
    address = f"{plain(given)}.{plain(family)}.{reference.lower().removeprefix('p-')}@{made.domain}"
    tables.add(
        ContactPoint, person_id=person, kind=ContactPoint.EMAIL, value=address, folded=address,
        preferred=True, added_at=at,
    )  # fmt: skip


def plain(name: str) -> str:
    """The name in letters that every mail system knows."""
    spelled = unicodedata.normalize("NFKD", name.lower().replace("ł", "l"))
    return "".join(letter for letter in spelled if letter.isascii() and (letter.isalnum() or letter == "-"))
