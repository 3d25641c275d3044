"""A year of sample work: who gets in touch when and about what, and how each case goes."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import accumulate, count
from random import Random

from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from moothall.cases.models import Case
from moothall.core.clock import in_london
from moothall.core.copying import Tables, as_line
from moothall.core.packs import Pack, Progress
from moothall.core.refusals import Refusal
from moothall.enquiries.models import Contact
from moothall.knowledge.models import Signpost

from .diary import Diary
from .lived import LivedStory
from .office import Asker, Office
from .plots import Plot
from .present import STANDINGS, Standing
from .samples import Phrases, Sample, filled, filled_answers, values_for
from .story import NotYet, Story
from .written import WrittenStory

AT_ONCE = 2000
LIVED_UP_TO = 5000  # cases: in a larger year, open cases are only written
SELDOM = {"safeguarding-concern": 0.15, "subject-access": 0.3, "foi-request": 0.5, "complaint": 0.4}

# Foreign keys are checked a thousand cases at a time: at the end, millions of rows would wait in memory.
CHECK = "set constraints all immediate; set constraints all deferred"
# The words go along with the cases: PostgreSQL's picture of tables that are being filled is of no use yet.
WORDS = "create temp table if not exists sample_words (case_id bigint, by_name bool, named text, said text)"
INDEX = """
with made as (
  select case_id, by_name,
         setweight(to_tsvector('moothall_en', named), 'A')
         || setweight(to_tsvector('moothall_cy', named), 'A')
         || to_tsvector('moothall_en', said) || to_tsvector('moothall_cy', said) as words
  from sample_words
), restricted as (
  insert into cases_namedsearch (case_id, words) select case_id, words from made where by_name
)
insert into cases_casesearch (case_id, words)
select case_id, case when by_name then ''::tsvector else words end from made
"""


class OfficeIsAtWork(Refusal):
    sentence = gettext_lazy("Somebody opened a case while the sample year was being prepared.")
    next_step = gettext_lazy("Load sample work when nobody is working in the office.")


@dataclass(frozen=True)
class Beginning:
    """Somebody gets in touch: when, how, what about; and how the case shall stand now, if that is wished."""

    at: dt.datetime
    channel: str
    sample: Sample
    standing: Standing | None = None


@dataclass(frozen=True)
class Day:
    """A working day of the year, and which of its cases begin on it."""

    day: dt.date
    first: int
    count: int


class Year:
    """Makes the work and writes it, so many cases at a time."""

    def __init__(self, pack: Pack, office: Office, samples: Sequence[Sample], phrases: Phrases) -> None:
        self.pack, self.office, self.phrases = pack, office, phrases
        self.rhythm = office.rhythm
        self.rng = self._chance("year")
        self.diary = Diary(pack.at, self.rhythm)
        self.samples: dict[str, list[Sample]] = defaultdict(list)
        self.about: dict[tuple[str, str], list[Sample]] = defaultdict(list)
        for sample in samples:
            self.samples[sample.language].append(sample)
            self.about[sample.service, sample.language].append(sample)
        self.services = list(self.rhythm.services)
        self.service_shares = list(accumulate(self.rhythm.services.values()))
        self.cases = round(self.rhythm.cases * pack.scale)
        self.tables = Tables()
        self.written: list[int] = []
        self.words: list[tuple[int, bool, str, str]] = []
        self.case_ids: Iterator[int] = count()
        self.references: Iterator[int] = count()
        self.open_now: list[tuple[int, Beginning]] = []

    def _chance(self, about: object) -> Random:
        """The same seed makes the same year, whichever process makes which part of it."""
        return Random(f"{self.pack.key}/{self.pack.seed}/{about}")  # noqa: S311

    def days(self) -> list[Day]:
        """Every working day with its share of the cases, numbered in the order of days."""
        on = self.diary.spread(self._chance("days"), self.cases)
        firsts = accumulate(on, initial=0)
        return [
            Day(day, first, count) for day, first, count in zip(self.diary.past, firsts, on, strict=False)
        ]

    def number_from(self, case_id: int, reference: int) -> None:
        """The id and the number of the reference that the first case of the year gets."""
        self.first_id, self.first_reference = case_id, reference

    def write(self, days: Iterable[Day], progress: Progress) -> None:
        """Write the cases that begin on these days."""
        for day in days:
            self.case_ids = count(self.first_id + day.first)
            self.references = count(self.first_reference + day.first)
            for number, beginning in enumerate(self._begun_on(day), start=day.first):
                self._write_story(number, beginning)
                if len(self.written) >= AT_ONCE:
                    self._copy()
            progress.advance(day.count)
        self._copy()

    def live(self, progress: Progress) -> None:
        """Live through what is open now, and through what every work list is to show."""
        wished = standings_now(self.office, self.diary, self.samples, self._chance("now"))
        self.open_now += enumerate(sorted(wished, key=lambda beginning: beginning.at), start=self.cases)
        progress.begin(_("Work that is open now"), len(self.open_now))
        for number, beginning in self.open_now:
            self._live_story(number, beginning)
            progress.advance()
        progress.end()

    def _over_the_year(self) -> Iterator[Beginning]:
        return (beginning for day in self.days() for beginning in self._begun_on(day))

    def _begun_on(self, day: Day) -> list[Beginning]:
        """Who gets in touch on a day, in the order in which they do."""
        rng = self._chance(day.day)
        channels, shares = list(self.rhythm.channels), list(self.rhythm.channels.values())
        begun = []
        for channel in rng.choices(channels, shares, k=day.count):
            at = self.diary.receipt(rng, day.day, by_mail=channel == "MAIL")
            begun.append(Beginning(at, channel, self._any_sample(rng)))
        return sorted(begun, key=lambda beginning: beginning.at)

    def _any_sample(self, rng: Random) -> Sample:
        """What people ask: as often as the pack says, or rare things less often."""
        language = "cy" if self.samples["cy"] and rng.random() < self.rhythm.welsh else "en"
        if self.services:
            [service] = rng.choices(self.services, cum_weights=self.service_shares)
            return rng.choice(self.about.get((service, language)) or self.about[service, "en"])
        while True:
            sample = rng.choice(self.samples[language])
            if rng.random() < SELDOM.get(sample.service, 1.0):
                return sample

    def _write_story(self, number: int, beginning: Beginning) -> None:
        """Write the case if it is over by now; one that is still open is lived through later."""
        rng, asker = self._somebody(number, beginning.sample)
        offered = self.office.offered[beginning.sample.service]
        reference = f"{offered.service.prefix}-{in_london(beginning.at):%y}-{next(self.references):05d}"
        mark = self.tables.mark()
        story = WrittenStory(
            self.office, rng, sample=beginning.sample, offered=offered, asker=asker, now=self.pack.at,
            tables=self.tables, case_id=next(self.case_ids), reference=reference,
        )  # fmt: skip
        self._begun(story, beginning).from_start_to_end()
        if story.is_over or self.cases > LIVED_UP_TO:
            self.written.append(story.finish())
            if story.case["confidentiality"] != Case.SEALED:
                self.words.append(story.words())
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
            with suppress(NotYet):
                beginning.standing.tell(plot, self.office.worker(story.team, rng))

    def _somebody(self, number: int, sample: Sample) -> tuple[Random, Asker]:
        """Chance and the person of one case: the same each time the case is told."""
        rng = self._chance(number)
        return rng, self.office.asker(rng, kind=sample.asked_by, language=sample.language)

    def _begun(self, story: Story, beginning: Beginning) -> Plot:
        rng, sample = story.rng, story.sample
        received = in_london(beginning.at).date()
        values = values_for(
            sample, self.phrases, rng, me=story.asker.full_name, org=story.asker.organisation,
            received=received, day=self.diary.day_after(received, rng.randint(5, 35)),
        )  # fmt: skip
        story.begins(
            title=filled(sample.subject, values), text=filled(sample.text, values).strip(),
            channel=beginning.channel, at=beginning.at, answers=filled_answers(sample.answers, values),
            minutes=None if beginning.channel == "MAIL" else rng.randint(2, 12),
        )  # fmt: skip
        return Plot(story, self.diary, self.phrases, values)

    def count_contacts(self) -> None:
        """Calls and visits that were settled at once, and became no case."""
        signposts = sorted(self.office.signposts.values(), key=lambda signpost: signpost.key)
        teams = sorted(self.office.workers)
        rng, wanted = self._chance("contacts"), round(self.rhythm.settled_at_once * self.pack.scale)
        for day, times in zip(self.diary.past, self.diary.spread(rng, wanted), strict=True):
            for _number in range(times):
                self._count_contact(rng, day, signposts, teams)
            if len(self.tables) >= AT_ONCE:
                self.tables.copy()
        self.tables.copy()

    def _count_contact(
        self, rng: Random, day: dt.date, signposts: Sequence[Signpost], teams: Sequence[int]
    ) -> None:
        team_id = rng.choice([*teams, teams[0]])
        by = rng.choice(self.office.workers[team_id])
        at = self.diary.receipt(rng, day, by_mail=False)
        sent_on = bool(signposts) and rng.random() < 0.35
        words = self.phrases.lists["signposted" if sent_on else "answered_at_once"]
        asker = self.office.asker(rng, kind="", language="cy" if rng.random() < self.rhythm.welsh else "en")
        self.tables.add(
            Contact, channel="PHONE" if rng.random() < 0.75 else "COUNTER",
            result=Contact.SIGNPOSTED if sent_on else Contact.ANSWERED,
            signpost_id=rng.choice(signposts).pk if sent_on else None,
            person_id=asker.person_id if rng.random() < 0.6 else None, team_id=team_id,
            subject=rng.choice(words), minutes=rng.randint(1, 8), received_at=at, logged_at=at,
            logged_by_id=by.pk,
        )  # fmt: skip

    def _copy(self) -> None:
        """Copy what waits into the database, and make its words findable."""
        self.tables.copy()
        with connection.cursor() as cursor:
            cursor.execute(CHECK)
            cursor.execute(WORDS)
            with cursor.cursor.copy("copy sample_words from stdin") as copy:
                copy.write("".join(map(as_line, self.words)))
            cursor.execute(INDEX)
            cursor.execute("truncate sample_words")
        self.written, self.words = [], []


def reserved(cases: int) -> tuple[int, int]:
    """The first id and the first reference of so many cases; nobody else gets those up to the last."""
    found = []
    for sequence in ("cases_case_id_seq", "case_reference"):
        with connection.cursor() as cursor:
            statement = (
                "select min(number), max(number) from (select nextval(%s::regclass) as number "
                "from generate_series(1, %s)) taken"
            )
            cursor.execute(statement, [sequence, max(cases, 1)])
            first, last = cursor.fetchone()
        if last - first + 1 != max(cases, 1):
            raise OfficeIsAtWork
        found.append(int(first))
    return found[0], found[1]


def standings_now(
    office: Office, diary: Diary, samples: dict[str, list[Sample]], rng: Random
) -> Iterator[Beginning]:
    """The open cases that every work list is to show; most of them are the first team's."""
    teams = sorted(office.workers)
    for team_id in teams:
        for standing in STANDINGS:
            usable = usable_for(team_id, standing, office, samples)
            wanted = standing.of_the_desk if team_id == teams[0] else standing.of_others
            for _number in range(wanted if usable else 0):
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
