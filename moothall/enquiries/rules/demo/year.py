"""A year of sample work: who gets in touch when about what, and how each case goes."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

from django.db import connection
from django.utils.translation import gettext as _

from moothall.cases.models import Case
from moothall.core.clock import in_london
from moothall.core.packs import Pack, Progress
from moothall.enquiries.models import Contact

from .diary import Diary
from .letters_in import keep_mail
from .office import Office
from .plots import Plot
from .present import STANDINGS, Standing
from .samples import Phrases, Sample, filled, filled_answers, values_for
from .story import Story
from .tables import Tables, numbers_from

CASES, CONTACTS = 1500, 900
AT_ONCE = 1000
MOST_MAIL_KEPT = 300
WELSH = 0.22
CHANNELS = (("MAIL", 68), ("PHONE", 24), ("COUNTER", 8))
RARE = {"safeguarding-concern": 0.15, "subject-access": 0.3, "foi-request": 0.5, "complaint": 0.4}

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
    """Somebody gets in touch: what about, how, when, and how the case shall stand now, if that is wished."""

    at: dt.datetime
    channel: str
    sample: Sample
    standing: Standing | None = None


class Year:
    """Makes the work and writes it, so many cases at a time."""

    def __init__(self, pack: Pack, office: Office, samples: Sequence[Sample], phrases: Phrases) -> None:
        self.pack, self.office, self.phrases = pack, office, phrases
        self.rng = Random(f"{pack.seed}")  # noqa: S311 - the same seed makes the same year
        self.diary = Diary(pack.at)
        self.samples: dict[str, list[Sample]] = defaultdict(list)
        for sample in samples:
            self.samples[sample.language].append(sample)
        self.tables = Tables()
        self.case_ids = numbers_from("cases_case_id_seq")
        self.references = numbers_from("case_reference")
        self.written: list[int] = []
        self.mail_kept = 0

    def make(self, progress: Progress) -> None:
        beginnings = sorted(
            [*self._over_the_year(), *self._standing_now()], key=lambda beginning: beginning.at
        )
        progress.begin(_("A year of sample work"), len(beginnings))
        for count, beginning in enumerate(beginnings, start=1):
            self._tell(beginning)
            progress.advance()
            if count % AT_ONCE == 0:
                self._write()
        self._count_contacts()
        self._write()
        progress.end()

    def _over_the_year(self) -> Iterator[Beginning]:
        for _number in range(round(CASES * self.pack.scale)):
            [channel] = self.rng.choices([name for name, _ in CHANNELS], [share for _, share in CHANNELS])
            at = self.diary.receipt(self.rng, by_mail=channel == "MAIL")
            yield Beginning(at, channel, self._sample())

    def _sample(self) -> Sample:
        """Any sample; those about rare things less often."""
        language = "cy" if self.samples["cy"] and self.rng.random() < WELSH else "en"
        while True:
            sample = self.rng.choice(self.samples[language])
            if self.rng.random() < RARE.get(sample.service, 1.0):
                return sample

    def _standing_now(self) -> Iterator[Beginning]:
        desk = self.office.offered[next(iter(self.office.offered))].service.desk
        for team_id in sorted(self.office.workers):
            for standing in STANDINGS:
                usable = self._usable(team_id, standing)
                first = any(
                    box.team_id == team_id and box.key == desk.partition("-")[0]
                    for box in self.office.mailboxes.values()
                )
                for _number in range(
                    (standing.of_the_desk if first else standing.of_others) if usable else 0
                ):
                    sample = self.rng.choice(usable)
                    offered = self.office.offered[sample.service]
                    at = standing.received(self.office, self.diary, offered)
                    at -= dt.timedelta(minutes=self.rng.randint(0, 50))
                    yield Beginning(at, "MAIL" if self.rng.random() < 0.8 else "PHONE", sample, standing)

    def _usable(self, team_id: int, standing: Standing) -> list[Sample]:
        """Samples of this team's services that are plain questions, so that they can stand as wished."""
        return [
            sample
            for samples in self.samples.values()
            for sample in samples
            if self.office.offered[sample.service].service.team_id == team_id
            and not self.office.offered[sample.service].definition.steps
            and sample.reply
            and (sample.asked or not standing.asks_back)
        ]

    def _tell(self, beginning: Beginning) -> None:
        story = self._begun(beginning)
        plot = Plot(story, self.diary, self.phrases, self._values)
        if beginning.standing is None:
            plot.from_start_to_end()
        else:
            beginning.standing.tell(plot, self.office.worker(story.team, self.rng))
        story.finish()
        self.written.append(story.case["id"])
        if story.case["status"] != Case.CLOSED and story.mails and self.mail_kept < MOST_MAIL_KEPT:
            self.mail_kept += 1
            keep_mail(story, self.tables)

    def _begun(self, beginning: Beginning) -> Story:
        sample, rng = beginning.sample, self.rng
        offered = self.office.offered[sample.service]
        asker = self.office.asker(rng, kind=sample.asked_by, language=sample.language)
        story = Story(
            self.office, self.tables, rng, sample=sample, offered=offered, asker=asker, now=self.pack.at
        )
        received = in_london(beginning.at).date()
        self._values = values_for(
            sample, self.phrases, rng, me=asker.person.full_name, org=asker.organisation, received=received,
            day=self.diary.day_after(received, rng.randint(5, 35)),
        )  # fmt: skip
        reference = f"{offered.service.prefix}-{received:%y}-{next(self.references):05d}"
        story.begins(
            case_id=next(self.case_ids), reference=reference, title=filled(sample.subject, self._values),
            text=filled(sample.text, self._values).strip(), channel=beginning.channel, at=beginning.at,
            answers=filled_answers(sample.answers, self._values),
            minutes=None if beginning.channel == "MAIL" else rng.randint(2, 12),
        )  # fmt: skip
        return story

    def _count_contacts(self) -> None:
        """Calls and visits that were settled at once, and became no case."""
        signposts = sorted(self.office.signposts.values(), key=lambda signpost: signpost.key)
        for _number in range(round(CONTACTS * self.pack.scale)):
            team_id = self.rng.choice([*self.office.workers, next(iter(self.office.workers))])
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

    def _write(self) -> None:
        """Copy what waits into the database, and make its words findable."""
        self.tables.copy()
        with connection.cursor() as cursor:
            cursor.execute(INDEX, [self.written])
        self.written = []
