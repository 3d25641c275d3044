"""What the certificates of an absence cover, and what is lacking: kept beside it so that lists can ask."""

import datetime as dt
from typing import Final

from clocks import sickness
from moothall.absence.models import Certificate, Episode, Figure

FAR: Final = dt.timedelta(days=400)


def brought_up_to_date(episode: Episode) -> Episode:
    """Work out anew from when a certificate is lacking and until when notes reach; saved if it changed."""
    covers = [each.cover for each in Certificate.objects.standing().filter(episode=episode).in_order()]
    self_days = Figure.objects.on(episode.first_day, workforce=episode.employment.workforce).whole(
        "self_days"
    )
    lacking, until = lacking_from(episode.spell, covers, self_days=self_days)
    if (lacking, until) != (episode.lacking_from, episode.note_until):
        episode.lacking_from, episode.note_until = lacking, until
        Episode.objects.filter(pk=episode.pk).update(lacking_from=lacking, note_until=until)
    return episode


def lacking_from(
    spell: sickness.Spell, covers: list[sickness.Cover], *, self_days: int
) -> tuple[dt.date | None, dt.date | None]:
    """The first day without a certificate, whether or not it has come; and the last day of the last note."""
    until = max((each.last for each in covers if each.kind == sickness.NOTE), default=None)
    far = spell.last or max([spell.first, *(each.last for each in covers)]) + FAR
    missing = sickness.gaps(spell, covers, far, self_days=self_days)
    return (missing[0].first if missing else None), until
