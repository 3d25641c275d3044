"""The last part of a pack: a believable year of sample work, the same for the same seed and day."""

from random import Random

from django.db import transaction
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
from .together import may_be_together, write_together
from .year import Year, reserved

PEOPLE = 120


def load_part(pack: Pack, progress: Progress) -> None:
    """Make the year, unless the desk has cases already: a second loading adds no second year."""
    phrases = pack.file("demo/phrases.yaml") if pack.scale else None
    if phrases is None:
        return
    if Case.objects.filter(service__desk=pack.key).exists():
        progress.begin(_("The sample year is there already"))
        progress.end()
        return
    with transaction.atomic():
        add_people(pack, progress)
    office = read_office(pack)
    samples = read_samples(pack, office.offered, office.signposts)
    year = Year(pack, office, samples, read_phrases(phrases))
    progress.begin(_("A year of sample work"), year.cases)
    if may_be_together(year):
        write_together(year, progress)
        progress.end()
        finish(year, progress)
        return
    with transaction.atomic():
        year.number_from(*reserved(year.cases))
        year.write(year.days(), progress)
        progress.end()
        finish(year, progress)


@transaction.atomic
def finish(year: Year, progress: Progress) -> None:
    """What needs the whole year to be there: contacts without a case, work that is open now, who is told."""
    progress.begin(_("Calls that became no case"))
    year.count_contacts()
    progress.end()
    year.live(progress)
    progress.begin(_("Telling who is late"))
    escalate_late(at=year.pack.at, today=in_london(year.pack.at).date())
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
