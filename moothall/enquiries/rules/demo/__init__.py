"""The last part of a pack: a believable year of sample work, the same for the same seed and day."""

from django.utils.translation import gettext as _

from moothall.cases.models import Case
from moothall.cases.rules.escalating import escalate_late
from moothall.core.clock import in_london
from moothall.core.packs import Pack, Progress

from .office import read_office
from .samples import read_phrases, read_samples
from .year import Year


def load_part(pack: Pack, progress: Progress) -> None:
    """Make the year, unless the desk has cases already: a second loading adds no second year."""
    phrases = pack.file("demo/phrases.yaml") if pack.scale else None
    if phrases is None or Case.objects.filter(service__desk=pack.key).exists():
        return
    office = read_office(pack.key)
    samples = read_samples(pack, office.offered, office.signposts)
    Year(pack, office, samples, read_phrases(phrases)).make(progress)
    progress.begin(_("Telling who is late"))
    escalate_late(at=pack.at, today=in_london(pack.at).date())
    progress.end()
