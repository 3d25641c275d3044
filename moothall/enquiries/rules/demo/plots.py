"""How a sample case goes: answered at once, asked back, handed to a lead, held, or still open in some way."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from moothall.cases.models import Case, Entry
from moothall.letters.rules.merging import merge
from moothall.people.models import Account, Team

from .diary import A_DAY, OPENS, Diary, moment
from .office import day_of
from .samples import Phrases, filled
from .stages import Walk
from .story import NotYet, Story

HANDED, HELD, NOTED, CALLED, THANKED, AGAIN, LATE = 0.08, 0.05, 0.3, 0.14, 0.2, 0.07, 0.05


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

    def from_start_to_end(self) -> None:
        """An ordinary case. Whatever would happen after now does not happen."""
        story = self.story
        at: dt.datetime = story.case["received_at"]
        try:
            if story.case["channel"] == "mail":
                story.acknowledges(at=story.by_now(at))
            by, at = self.is_taken(at)
            at = self._on_the_way(at, by)
            if story.offered.definition.steps:
                self._through_steps(at, by)
            else:
                self._to_an_answer(at, by)
        except NotYet:
            pass

    def _on_the_way(self, at: dt.datetime, by: Account) -> dt.datetime:
        if self.chance(NOTED):
            at = self.moment(at, 0.2, 3)
            self.is_noted(at, by)
        if self.chance(CALLED):
            at = self.moment(at, 0.5, 4)
            self.is_called(at, by)
        return at

    def _through_steps(self, at: dt.datetime, by: Account) -> None:
        walk = Walk(self.story, self.diary)
        finished = walk.go()
        walk.write()
        if finished is None:
            return
        self.is_answered(self.moment(max(finished, at), 0.1, 2), by)
        self._comes_to_an_end(by)

    def _to_an_answer(self, at: dt.datetime, by: Account) -> None:
        story = self.story
        if story.sample.signpost:
            self.is_signposted(self.moment(at, 0.3, 4), by)
            return
        if self.chance(HANDED):
            by, at = self.is_handed(self.moment(at, 0.2, 3), by, self._other_team())
        if self.chance(HELD):
            at = self.is_held_and_resumed(self.moment(at, 0.5, 4), by)
        if story.sample.asked and self.chance(0.8):
            at = self.is_asked_back(self.moment(at, 0.3, 5), by)
            at = self.moment(at, 3, 2.5 * A_DAY)
            story.writes(self.filled(story.sample.told), f"Re: {story.case['title']}", at=at)
        self.is_answered(self._answer_at(at), by)
        self._comes_to_an_end(by)

    def _answer_at(self, since: dt.datetime) -> dt.datetime:
        """Mostly well within the time that the service allows, now and then after it."""
        rng = self.story.rng
        clock = next((each for each in self.story.offered.definition.clocks if each.key == "answer"), None)
        allowed = (clock.target if clock else 10) or 15
        share = rng.uniform(1.02, 1.6) if self.chance(LATE) else 0.9 * rng.betavariate(1.3, 3.2)
        at = self.diary.later(self.story.case["received_at"], allowed * A_DAY * share)
        return self.story.by_now(max(at, self.diary.later(since, 0.3)))

    def _comes_to_an_end(self, by: Account) -> None:
        story = self.story
        answered: dt.datetime = story.case["first_answered_at"] or story.case["received_at"]
        at = self.moment(answered, 0, 0.2)
        if self.chance(AGAIN):
            at = self.moment(at, 2, 2 * A_DAY)
            self.comes_back(at)
            at = self.moment(at, 1, A_DAY)
            self._answered_with(story.rng.choice(self.phrases.pairs["again_answers"][self.language]), at, by)
        elif self.chance(THANKED):
            at = self.moment(at, 0.3, A_DAY)
            thanks = story.rng.choice(self.phrases.pairs["thanks"][self.language])
            story.writes(f"{thanks}\n\n{story.asker.person.full_name}", f"Re: {story.case['title']}", at=at)
        at = self.moment(at, 0.1, 3 * A_DAY)
        story.ends(at=at, by=by, outcome=story.sample.outcome)

    def filled(self, text: str) -> str:
        return filled(text, self.values)

    def is_taken(self, at: dt.datetime, by: Account | None = None) -> tuple[Account, dt.datetime]:
        """Somebody takes the case, or a manager gives it to them."""
        story = self.story
        at = self.moment(at, 0.1, 3)
        to = by or story.office.worker(story.team, story.rng)
        giver = story.office.manager(story.team, story.rng) if self.chance(0.25) else to
        self.assign(at, giver, to)
        return to, at

    def assign(self, at: dt.datetime, giver: Account, to: Account) -> None:
        changes: dict[str, Any] = {"assignee_id": to.pk}
        if giver.pk != to.pk:
            changes |= {"handed_at": at, "handed_because": ""}
        self.story.change("assign", at, giver, changes, said={"to": to.name})

    def is_noted(self, at: dt.datetime, by: Account) -> None:
        note = self.story.rng.choice(self.phrases.lists["notes"])
        entry = self.story.entry(Entry.NOTE, at, by, text=note)
        self.story.audit("cases.note", at, by, {"entry": entry})

    def is_called(self, at: dt.datetime, by: Account) -> None:
        rng, person = self.story.rng, self.story.asker.person
        said = rng.choice(self.phrases.lists["calls"])
        entry = self.story.entry(
            Entry.CALL, at, by, text=said, person_id=person.pk, minutes=rng.randint(2, 11)
        )
        self.story.audit("cases.call", at, by, {"entry": entry})

    def _other_team(self) -> Team:
        others = [team for team in self.story.office.teams.values() if team.pk in self.story.office.workers]
        return self.story.rng.choice([team for team in others if team.pk != self.story.team.pk])

    def is_handed(
        self, at: dt.datetime, by: Account, team: Team, *, taken: bool = True
    ) -> tuple[Account, dt.datetime]:
        """The lead of another team gets it, and gives it to somebody there."""
        story = self.story
        because = story.rng.choice(self.phrases.lists["handed"])
        changes = {
            "team_id": team.pk, "assignee_id": team.lead_id, "handed_at": at, "handed_because": because,
            "seen_by_teams": list(dict.fromkeys([team.pk, *story.case["seen_by_teams"]])),
            "held_until": None, "hold_reason": "",
        }  # fmt: skip
        lead = team.lead.name if team.lead else ""
        said = {"team": team.name, "team_cy": team.name_cy, "to": lead}
        story.change("hand_over", at, by, changes, note=because, said=said)
        story.team = team
        if not taken or team.lead is None:
            return by, at
        at = self.moment(at, 0.2, 5)
        to = story.office.worker(team, story.rng)
        self.assign(at, team.lead, to)
        return to, at

    def holds(self, at: dt.datetime, by: Account, until: dt.date) -> None:
        held = self.story.rng.choice(self.phrases.held)
        changes = {
            "held_until": until, "hold_reason": held["reason"], "status": Case.WAITING,
            "waiting_on": held["turn"],
        }  # fmt: skip
        self.story.change("hold", at, by, changes, note=held["reason"], said={"until": until.isoformat()})

    def is_held_and_resumed(self, at: dt.datetime, by: Account) -> dt.datetime:
        until = self.diary.day_after(day_of(at), self.story.rng.randint(1, 4))
        self.holds(at, by, until)
        at = self.moment(moment(until, OPENS), 0.1, 3)
        changes = {"held_until": None, "hold_reason": "", "status": Case.OPEN, "waiting_on": Case.US}
        self.story.change("resume", at, by, changes)
        return at

    def is_asked_back(self, at: dt.datetime, by: Account) -> dt.datetime:
        asking = self.phrases.words["asking"][self.language]
        self._answered_with(f"{asking}\n\n{self.filled(self.story.sample.asked)}", at, by)
        return at

    def is_answered(self, at: dt.datetime, by: Account) -> None:
        self._answered_with(self.filled(self.story.sample.reply).strip(), at, by)

    def _answered_with(self, words: str, at: dt.datetime, by: Account) -> None:
        greeting = filled(self.phrases.words["greetings"][self.language], self.values)
        closing = self.phrases.words["closings"][self.language]
        team = self.story.team.name_in(self.language)
        body = f"{greeting}\n\n{words}\n\n{closing}\n\n{by.name}\n{team}"
        self.story.answers(body, at=at, by=by)

    def is_signposted(self, at: dt.datetime, by: Account) -> None:
        """Answered with where to go, counted as such, and closed."""
        story = self.story
        signpost = story.office.signposts[story.sample.signpost]
        text = story.office.texts.get("signpost")
        if text is None:
            raise NotYet
        fields = story.fields(self.language, at=at, by=by) | signpost.fields_in(self.language)
        story.answers(merge(text, self.language, fields).body, at=at, by=by, template="signpost")
        for contact in story.contacts:
            contact |= {"result": "SIGNPOSTED", "signpost_id": signpost.pk}
        story.ends(at=at, by=by, outcome="signposted", reason=signpost.name)

    def comes_back(self, at: dt.datetime) -> None:
        again = self.story.rng.choice(self.phrases.pairs["again"][self.language])
        subject = f"Re: {self.story.case['title']} [{self.story.case['reference']}]"
        self.story.writes(f"{again}\n\n{self.story.asker.person.full_name}", subject, at=at)
