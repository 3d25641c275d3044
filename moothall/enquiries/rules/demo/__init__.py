"""The last part of a pack: a believable year of sample work, the same for the same seed and day."""

from random import Random

from django.utils.translation import gettext as _

from moothall.cases.models import Case
from moothall.cases.rules.escalating import escalate_late
from moothall.core.clock import in_london
from moothall.core.packs import Pack, Progress
from moothall.people.models import PersonRole
from moothall.people.rules.crowd import add_crowd
from moothall.people.rules.pack import KNOWN_FOR

from .office import read_office
from .samples import read_phrases, read_samples
from .year import Year

PEOPLE = 120


def load_part(pack: Pack, progress: Progress) -> None:
    """Make the year, unless the desk has cases already: a second loading adds no second year."""
    phrases = pack.file("demo/phrases.yaml") if pack.scale else None
    if phrases is None or Case.objects.filter(service__desk=pack.key).exists():
        return
    add_people(pack, progress)
    office = read_office(pack)
    samples = read_samples(pack, office.offered, office.signposts)
    Year(pack, office, samples, read_phrases(phrases)).make(progress)
    progress.begin(_("Telling who is late"))
    escalate_late(at=pack.at, today=in_london(pack.at).date())
    progress.end()


def add_people(pack: Pack, progress: Progress) -> None:
    """A larger office has more people to answer, not only more mail from the same."""
    more = round(PEOPLE * (min(pack.scale, 1000.0) - 1))
    if more > 0 and pack.file("demo/workforce.yaml") is None:
        like = list(PersonRole.objects.exclude(kind__key="staff").select_related("person").order_by("pk"))
        progress.begin(_("More sample people"), more)
        rng = Random(f"{pack.seed}/people")  # noqa: S311
        progress.advance(add_crowd(like, more, rng=rng, at=pack.at - KNOWN_FOR))
        progress.end()
