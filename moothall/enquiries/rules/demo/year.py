"""A year of sample work: who gets in touch when and about what, and how each case goes."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

from django.db import connection
from django.utils.translation import gettext as _

from moothall.core.clock import in_london
from moothall.core.packs import Pack, Progress
from moothall.enquiries.models import Contact

from .diary import Diary
from .lived import LivedStory
from .office import Asker, Office
from .plots import Plot
from .present import STANDINGS, Standing
from .samples import Phrases, Sample, filled, filled_answers, values_for
from .story import Story
from .tables import Tables, numbers_from
from .written import WrittenStory

CASES, CONTACTS = 1500, 900
AT_ONCE = 1000
LIVED_UP_TO = 3.0  # times the usual size: beyond it, open cases are only written
WELSH = 0.22
CHANNELS = (("MAIL", 68), ("PHONE", 24), ("COUNTER", 8))
SELDOM = {"safeguarding-concern": 0.15, "subject-access": 0.3, "foi-request": 0.5, "complaint": 0.4}

INDEX = """
insert into cases_casesearch (case_id, words)
select one.id,
       setweight(to_tsvector('moothall_en', one.named), 'A')
       || setweight(to_tsvector('moothall_cy', one.named), 'A')
       || to_tsvector('moothall_en', one.said) || to_tsvector('moothall_cy', one.said)
from (
  select cases.id, cases.reference || ' ' || cases.title || ' ' || person.full_name as named,
         (select string_agg(concat_ws(' ', entry.subject, entry.sender, entry.text), ' ' order by entry.id)
          from cases_entry entry where entry.case_id = cases.id) as said
  from cases_case cases join people_person person on person.id = cases.requester_id
  where cases.id = any(%s) and cases.confidentiality <> 'SEALED'
) one
"""


@dataclass(frozen=True)
class Beginning:
    """Somebody gets in touch: when, how, what about; and how the case shall stand now, if that is wished."""

    at: dt.datetime
    channel: str
    sample: Sample
    standing: Standing | None = None


class Year:
    """Makes the work and writes it, so many cases at a time."""

    def __init__(self, pack: Pack, office: Office, samples: Sequence[Sample], phrases: Phrases) -> None:
        self.pack, self.office, self.phrases = pack, office, phrases
        self.rng = Random(f"{pack.key}/{pack.seed}")  # noqa: S311 - the same seed makes the same year
        self.diary = Diary(pack.at)
        self.samples: dict[str, list[Sample]] = defaultdict(list)
        for sample in samples:
            self.samples[sample.language].append(sample)
        self.tables = Tables()
        self.written: list[int] = []
        self.open_now: list[tuple[int, Beginning]] = []

    def make(self, progress: Progress) -> None:
        begun = [*self._over_the_year(), *standings_now(self.office, self.diary, self.samples, self.rng)]
        begun.sort(key=lambda beginning: beginning.at)
        progress.begin(_("A year of sample work"), len(begun))
        self.case_ids = numbers_from("cases_case_id_seq")
        self.references = numbers_from("case_reference", at_once=max(len(begun), 1))
        for number, beginning in enumerate(begun):
            self._write_story(number, beginning)
            progress.advance()
            if number % AT_ONCE == AT_ONCE - 1:
                self._copy()
        self._count_contacts()
        self._copy()
        progress.end()
        progress.begin(_("Work that is open now"), len(self.open_now))
        for number, beginning in self.open_now:
            self._live_story(number, beginning)
            progress.advance()
        progress.end()

    def _over_the_year(self) -> Iterator[Beginning]:
        for _number in range(round(CASES * self.pack.scale)):
            [channel] = self.rng.choices([name for name, _ in CHANNELS], [share for _, share in CHANNELS])
            at = self.diary.receipt(self.rng, by_mail=channel == "MAIL")
            yield Beginning(at, channel, self._any_sample())

    def _any_sample(self) -> Sample:
        """What people ask; rare things less often."""
        language = "cy" if self.samples["cy"] and self.rng.random() < WELSH else "en"
        while True:
            sample = self.rng.choice(self.samples[language])
            if self.rng.random() < SELDOM.get(sample.service, 1.0):
                return sample

    def _write_story(self, number: int, beginning: Beginning) -> None:
        """Write the case if it is over by now; one that is still open is lived through later."""
        if beginning.standing is not None:
            self.open_now.append((number, beginning))
            return
        rng, asker = self._somebody(number, beginning.sample)
        offered = self.office.offered[beginning.sample.service]
        reference = f"{offered.service.prefix}-{in_london(beginning.at):%y}-{next(self.references):05d}"
        mark = self.tables.mark()
        story = WrittenStory(
            self.office, rng, sample=beginning.sample, offered=offered, asker=asker, now=self.pack.at,
            tables=self.tables, case_id=next(self.case_ids), reference=reference,
        )  # fmt: skip
        self._begun(story, beginning).from_start_to_end()
        if story.is_over or self.pack.scale > LIVED_UP_TO:
            self.written.append(story.finish())
        else:
            self.tables.forget_since(mark)
            self.open_now.append((number, beginning))

    def _live_story(self, number: int, beginning: Beginning) -> None:
        rng, asker = self._somebody(number, beginning.sample)
        offered = self.office.offered[beginning.sample.service]
        story = LivedStory(
            self.office, rng, sample=beginning.sample, offered=offered, asker=asker, now=self.pack.at
        )
        plot = self._begun(story, beginning)
        if beginning.standing is None:
            plot.from_start_to_end()
        else:
            beginning.standing.tell(plot, self.office.worker(story.team, rng))

    def _somebody(self, number: int, sample: Sample) -> tuple[Random, Asker]:
        """Chance and the person of one case: the same each time the case is told."""
        rng = Random(f"{self.pack.key}/{self.pack.seed}/{number}")  # noqa: S311
        return rng, self.office.asker(rng, kind=sample.asked_by, language=sample.language)

    def _begun(self, story: Story, beginning: Beginning) -> Plot:
        rng, sample = story.rng, story.sample
        received = in_london(beginning.at).date()
        values = values_for(
            sample, self.phrases, rng, me=story.asker.person.full_name, org=story.asker.organisation,
            received=received, day=self.diary.day_after(received, rng.randint(5, 35)),
        )  # fmt: skip
        story.begins(
            title=filled(sample.subject, values), text=filled(sample.text, values).strip(),
            channel=beginning.channel, at=beginning.at, answers=filled_answers(sample.answers, values),
            minutes=None if beginning.channel == "MAIL" else rng.randint(2, 12),
        )  # fmt: skip
        return Plot(story, self.diary, self.phrases, values)

    def _count_contacts(self) -> None:
        """Calls and visits that were settled at once, and became no case."""
        signposts = sorted(self.office.signposts.values(), key=lambda signpost: signpost.key)
        teams = sorted(self.office.workers)
        for _number in range(round(CONTACTS * self.pack.scale)):
            team_id = self.rng.choice([*teams, teams[0]])
            by = self.rng.choice(self.office.workers[team_id])
            at = self.diary.receipt(self.rng, by_mail=False)
            sent_on = bool(signposts) and self.rng.random() < 0.35
            words = self.phrases.lists["signposted" if sent_on else "answered_at_once"]
            asker = self.office.asker(self.rng, kind="", language="cy" if self.rng.random() < WELSH else "en")
            self.tables.add(
                Contact, channel="PHONE" if self.rng.random() < 0.75 else "COUNTER",
                result=Contact.SIGNPOSTED if sent_on else Contact.ANSWERED,
                signpost_id=self.rng.choice(signposts).pk if sent_on else None,
                person_id=asker.person.pk if self.rng.random() < 0.6 else None, team_id=team_id,
                subject=self.rng.choice(words), minutes=self.rng.randint(1, 8), received_at=at, logged_at=at,
                logged_by_id=by.pk,
            )  # fmt: skip

    def _copy(self) -> None:
        """Copy what waits into the database, and make its words findable."""
        self.tables.copy()
        with connection.cursor() as cursor:
            cursor.execute(INDEX, [self.written])
        self.written = []


def standings_now(
    office: Office, diary: Diary, samples: dict[str, list[Sample]], rng: Random
) -> Iterator[Beginning]:
    """The open cases that every work list is to show; most of them are the first team's."""
    teams = sorted(office.workers)
    for team_id in teams:
        for standing in STANDINGS:
            usable = usable_for(team_id, standing, office, samples)
            count = standing.of_the_desk if team_id == teams[0] else standing.of_others
            for _number in range(count if usable else 0):
                sample = rng.choice(usable)
                at = standing.received(office, diary, office.offered[sample.service])
                at -= dt.timedelta(minutes=rng.randint(0, 50))
                yield Beginning(at, "MAIL" if rng.random() < 0.8 else "PHONE", sample, standing)


def usable_for(
    team_id: int, standing: Standing, office: Office, samples: dict[str, list[Sample]]
) -> list[Sample]:
    """Plain questions to this team: a service with steps would not stand as wished."""
    return [
        sample
        for spoken in samples.values()
        for sample in spoken
        if office.offered[sample.service].service.team_id == team_id
        and not office.offered[sample.service].definition.steps
        and sample.reply
        and (sample.asked or not standing.asks_back)
    ]
