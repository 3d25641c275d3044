"""How a sample case goes: answered at once, asked back, handed to a lead, held, and closed."""

import datetime as dt
from dataclasses import dataclass

from moothall.knowledge.rules.directory import fields_of
from moothall.letters.rules.merging import merge
from moothall.people.models import Account, Team

from .diary import A_DAY, OPENS, Diary, moment
from .office import day_of
from .samples import Phrases, filled
from .story import NotYet, Story

HANDED, HELD, NOTED, CALLED, THANKED, AGAIN, LATE = 0.08, 0.05, 0.3, 0.14, 0.2, 0.07, 0.05
ASKED_BACK, GIVEN = 0.8, 0.25


@dataclass(frozen=True)
class Plot:
    """Tells a story from its beginning to its end, or to now."""

    story: Story
    diary: Diary
    phrases: Phrases
    values: dict[str, str]

    @property
    def language(self) -> str:
        return self.story.sample.language

    def chance(self, share: float) -> bool:
        return self.story.rng.random() < share

    def moment(self, since: dt.datetime, least: float, most: float) -> dt.datetime:
        """Some working hours later; NotYet when that is still to come."""
        return self.story.by_now(self.diary.later(since, self.story.rng.uniform(least, most)))

    def filled(self, text: str) -> str:
        return filled(text, self.values)

    def from_start_to_end(self) -> None:
        """An ordinary case. Whatever would happen after now does not happen."""
        try:
            by, at = self.is_taken(self.story.received_at)
            at = self._on_the_way(at, by)
            if self.story.offered.definition.steps:
                self._through_steps(at, by)
            elif self.story.sample.signpost:
                self.is_signposted(self.moment(at, 0.3, 4), by)
            else:
                self._to_an_answer(at, by)
        except NotYet:
            return

    def _on_the_way(self, at: dt.datetime, by: Account) -> dt.datetime:
        if self.chance(NOTED):
            at = self.moment(at, 0.2, 3)
            self.is_noted(at, by)
        if self.chance(CALLED):
            at = self.moment(at, 0.5, 4)
            self.is_called(at, by)
        return at

    def _through_steps(self, at: dt.datetime, by: Account) -> None:
        finished = self.story.through_steps(self.diary)
        if finished is not None:
            at = self.moment(max(finished, at), 0.1, 2)
            self.is_answered(at, by)
            self._comes_to_an_end(at, by)

    def _to_an_answer(self, at: dt.datetime, by: Account) -> None:
        if self.chance(HANDED):
            by, at = self.is_handed(self.moment(at, 0.2, 3), by)
        if self.chance(HELD):
            at = self._is_held_for_a_while(self.moment(at, 0.5, 4), by)
        if self.story.sample.asked and self.chance(ASKED_BACK):
            self.is_asked_back(self.moment(at, 0.3, 5), by)
            at = self.moment(at, 6, 2.5 * A_DAY)
            self.story.writes(self.filled(self.story.sample.told), f"Re: {self.story.title}", at=at)
        at = self._answer_at(at)
        self.is_answered(at, by)
        self._comes_to_an_end(at, by)

    def _answer_at(self, since: dt.datetime) -> dt.datetime:
        """Mostly well within the time that the service allows, now and then after it."""
        rng = self.story.rng
        clock = next((each for each in self.story.offered.definition.clocks if each.key == "answer"), None)
        allowed = (clock.target if clock else 10) or 15
        share = rng.uniform(1.02, 1.6) if self.chance(LATE) else 0.9 * rng.betavariate(1.3, 3.2)
        at = self.diary.later(self.story.received_at, allowed * A_DAY * share)
        return self.story.by_now(max(at, self.diary.later(since, 0.3)))

    def _comes_to_an_end(self, at: dt.datetime, by: Account) -> None:
        story = self.story
        if self.chance(AGAIN):
            at = self.moment(at, 2, 2 * A_DAY)
            self.comes_back(at)
            at = self.moment(at, 1, A_DAY)
            self._answered_with(story.rng.choice(self.phrases.pairs["again_answers"][self.language]), at, by)
        elif self.chance(THANKED):
            at = self.moment(at, 0.3, A_DAY)
            thanks = story.rng.choice(self.phrases.pairs["thanks"][self.language])
            story.writes(f"{thanks}\n\n{story.asker.full_name}", f"Re: {story.title}", at=at)
        at = self.moment(at, 0.1, 3 * A_DAY)
        story.ended(at=at, by=by, outcome=story.sample.outcome)

    def is_taken(self, at: dt.datetime, by: Account | None = None) -> tuple[Account, dt.datetime]:
        """Somebody takes the case, or a manager gives it to them."""
        story = self.story
        at = self.moment(at, 0.15, 3)
        to = by or story.office.worker(story.team, story.rng)
        giver = story.office.manager(story.team, story.rng) if not by and self.chance(GIVEN) else to
        story.assigned(at=at, by=giver, to=to)
        return to, at

    def is_noted(self, at: dt.datetime, by: Account) -> None:
        self.story.noted(self.story.rng.choice(self.phrases.lists["notes"]), at=at, by=by)

    def is_called(self, at: dt.datetime, by: Account) -> None:
        rng = self.story.rng
        self.story.called(rng.choice(self.phrases.lists["calls"]), at=at, by=by, minutes=rng.randint(2, 11))

    def other_team(self) -> Team:
        """A team with a lead that does not have the case."""
        there = sorted(self.story.office.teams.values(), key=lambda team: team.key)
        return self.story.rng.choice(
            [
                team
                for team in there
                if team.pk in self.story.office.workers and team.lead_id and team.pk != self.story.team.pk
            ]
        )

    def is_handed(self, at: dt.datetime, by: Account, *, taken: bool = True) -> tuple[Account, dt.datetime]:
        """The lead of another team gets it, and gives it to somebody there."""
        story, team = self.story, self.other_team()
        story.handed(to=team, because=story.rng.choice(self.phrases.lists["handed"]), at=at, by=by)
        if not taken or team.lead is None:
            return by, at
        at = self.moment(at, 0.2, 5)
        to = story.office.worker(team, story.rng)
        story.assigned(at=at, by=team.lead, to=to)
        return to, at

    def is_held(self, at: dt.datetime, by: Account, until: dt.date) -> None:
        held = self.story.rng.choice(self.phrases.held)
        self.story.held(until=until, because=held["reason"], turn=held["turn"], at=at, by=by)

    def _is_held_for_a_while(self, at: dt.datetime, by: Account) -> dt.datetime:
        until = self.diary.day_after(day_of(at), self.story.rng.randint(1, 4))
        self.is_held(at, by, until)
        at = self.moment(moment(until, OPENS), 0.1, 3)
        self.story.resumed(at=at, by=by)
        return at

    def is_asked_back(self, at: dt.datetime, by: Account) -> None:
        asking = self.phrases.words["asking"][self.language]
        self._answered_with(f"{asking}\n\n{self.filled(self.story.sample.asked)}", at, by)

    def is_answered(self, at: dt.datetime, by: Account) -> None:
        self._answered_with(self.filled(self.story.sample.reply).strip(), at, by)

    def _answered_with(self, words: str, at: dt.datetime, by: Account) -> None:
        greeting = filled(self.phrases.words["greetings"][self.language], self.values)
        closing = self.phrases.words["closings"][self.language]
        team = self.story.team.name_in(self.language)
        text = f"{greeting}\n\n{words}\n\n{closing}\n\n{by.name}\n{team}"
        self.story.answered(text, at=at, by=by)

    def is_signposted(self, at: dt.datetime, by: Account) -> None:
        """Answered with where to go, counted as such, and closed."""
        story = self.story
        signpost = story.office.signposts[story.sample.signpost]
        fields = story.letter_fields(self.language, at=at, by=by) | fields_of(signpost, self.language)
        story.signposted(
            signpost, merge(story.office.texts["signpost"], self.language, fields).body, at=at, by=by
        )

    def comes_back(self, at: dt.datetime) -> None:
        again = self.story.rng.choice(self.phrases.pairs["again"][self.language])
        subject = f"Re: {self.story.title} [{self.story.reference}]"
        self.story.writes(f"{again}\n\n{self.story.asker.full_name}", subject, at=at)
