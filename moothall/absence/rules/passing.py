"""Triggers that are reached by the mere passing of days: everybody who is off is read at once, and only those
of whom there is something to say are looked at one by one."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Final

from clocks import sickness
from moothall.absence.models import Episode, TriggerHit, TriggerRule
from moothall.core.serving import for_the_office
from moothall.workforce.models import Assignment, Employment

from .triggers import LOOKING_BACK, look_at_triggers, reached, trigger_of, works_by

AT_ONCE: Final = 500


@dataclass
class Seen:
    """What the triggers of one person are judged by, and what was raised of them."""

    employment: Employment
    spells: list[sickness.Spell] = field(default_factory=list)
    assignments: list[Assignment] = field(default_factory=list)
    hits: list[TriggerHit] = field(default_factory=list)

    def is_news(self, rules: Sequence[TriggerRule], on: dt.date) -> bool:
        """Whether something would be raised that is not, or lapse that waits."""
        works = cache(works_by(self.assignments))
        raised = {(each.rule_id, each.episode_id) for each in self.hits}
        theirs = [rule for rule in rules if rule.workforce in ("", self.employment.workforce)]
        for rule, hit in reached(theirs, self.spells, on, works):
            latest = max(hit.spells, key=lambda spell: spell.first)
            if (rule.pk, latest.key) not in raised:
                return True
        waiting = (each for each in self.hits if each.settled_at is None and each.lapsed_at is None)
        return any(
            sickness.judge(trigger_of(each.rule), self.spells, each.raised_on, works) is None
            for each in waiting
        )


@for_the_office()
def look_at_everybody_off(*, on: dt.date, at: dt.datetime) -> int:
    """Those who are off reach triggers by the mere passing of days; the answer is how many were raised."""
    off = Episode.objects.off(on).order_by("employment_id")
    people = list(off.values_list("employment_id", flat=True))
    rules = list(TriggerRule.objects.in_force(on).order_by("threshold", "position", "id"))
    raised = 0
    for first in range(0, len(people), AT_ONCE):
        for each in _read(people[first : first + AT_ONCE], on):
            if each.is_news(rules, on):
                raised += len(look_at_triggers(each.employment, on=on, at=at))
    return raised


def _read(people: Sequence[int], on: dt.date) -> Iterator[Seen]:
    """Four questions, however many they are."""
    found = {each.pk: Seen(each) for each in Employment.objects.filter(pk__in=people).order_by("pk")}
    since = on - LOOKING_BACK
    episodes = Episode.objects.standing().filter(employment__in=people, first_day__gte=since)
    for episode in episodes.order_by("first_day", "id"):
        found[episode.employment_id].spells.append(episode.spell)
    held = Assignment.objects.between(since, on).filter(employment__in=people, is_main=True)
    for assignment in held.select_related("pattern"):
        found[assignment.employment_id].assignments.append(assignment)
    hits = defaultdict(list)
    rows = TriggerHit.objects.filter(episode__employment__in=people).select_related("rule", "episode")
    for hit in rows.order_by("id"):
        hits[hit.episode.employment_id].append(hit)
    for pk, seen in found.items():
        seen.hits = hits[pk]
        yield seen
