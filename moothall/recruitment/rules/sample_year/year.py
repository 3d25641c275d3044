"""Who applies in a sample year of recruitment, when and for what; and how it goes."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any, Final

from django.db import connection, transaction
from django.utils.translation import gettext as _

from moothall.cases.rules.indexing import index_many
from moothall.core.clock import LONDON, in_london
from moothall.core.copying import numbers_from
from moothall.core.marked_yaml import Fields
from moothall.core.packs import Pack, Progress
from moothall.core.serving import for_the_office
from moothall.core.signed_links import new_token
from moothall.people.models import ContactPoint, Person
from moothall.recruitment.models import (
    Answer,
    Applicant,
    Application,
    Campaign,
    Criterion,
    Draft,
    EligibilityRule,
    EventAssessor,
    Monitoring,
    MonitoringQuestion,
    Route,
    Vacancy,
)
from moothall.recruitment.rules import campaigns
from moothall.recruitment.rules.drafts import EQUALITY, NAME, RULES, SUPPORT
from moothall.recruitment.rules.monitoring import mark_of
from moothall.recruitment.rules.sending import facts_of

from .checked import plain_address
from .days import Days
from .drawn import Drawing, Intended, intended
from .interviews import put_plans_in_force, write_interviews
from .lives import Life
from .office import DAY, Office

FILE: Final = "demo/recruitment-year.yaml"
CHECK: Final = "set constraints all immediate; set constraints all deferred"
ROWS_AT_ONCE: Final = 60_000
HOURS: Final = (1, 1, 2, 3, 3, 3, 4, 4, 3, 3, 3, 4, 5, 6, 6, 4, 2)  # from seven in the morning on
ADJUSTMENTS: Final = ("", "", "", "", "", "", "", "", "", "More time for what is written.")


@dataclass
class Known:
    """Somebody who applies, and what they have applied to."""

    person: Person
    applicant: int
    email: str
    language: str
    applied: set[int] = field(default_factory=set)
    lives: list[Life] = field(default_factory=list)


@for_the_office()
def load_part(pack: Pack, progress: Progress) -> None:
    """Once, in the proportion asked for, and only where a year of work was asked for."""
    doc = pack.file(FILE) if pack.scale else None
    names = pack.file("demo/workforce.yaml")
    if doc is None or names is None:
        return
    year = Year(pack, Fields(doc), Fields(names))
    if not Campaign.objects.filter(name__in=[each.name for each in year.wanted]).exists():
        with transaction.atomic():
            year.make(progress)


class Year:
    def __init__(self, pack: Pack, fields: Fields, names: Fields) -> None:
        self.scale = min(pack.scale, 1.0)
        goes_on = {str(key): float(share) for key, share in fields.mapping("goes_on").items()}
        dice = Random(f"{pack.key}/{pack.seed}/recruitment")  # noqa: S311 # nosec B311
        self.office = Office(
            pack, dice, goes_on, fields.share("otherwise", 0.98), fields.share("held", 0.05),
            fields.share("withdraws", 0.05), names.words("given_names"), names.words("family_names"),
        )  # fmt: skip
        self.welsh, self.again = fields.share("welsh", 0.15), fields.share("again", 0.05)
        self.unheard, self.live = fields.share("unheard", 0.001), round(fields.whole("live") * self.scale)
        self.wanted = intended(fields, self.office, scale=self.scale)
        fields.finish()
        self._ids = numbers_from("recruitment_application_id_seq")
        self.known: list[Known] = []
        self.said: list[dict[str, Any]] = []
        self.lives: list[Life] = []
        self.rules: dict[tuple[int, dt.date], list[EligibilityRule]] = {}
        self.criteria: dict[int, list[Criterion]] = defaultdict(list)
        for each in Criterion.objects.asked():
            self.criteria[each.profile_id].append(each)
        texts = pack.file("demo/campaigns.yaml")
        self.texts: Sequence[str] = Fields(texts).words("answers") if texts is not None else ("I did.",)
        self.questions = {
            each.key: list(each.question.get("enum", []))
            for each in MonitoringQuestion.objects.filter(retired_at=None)
        }

    def make(self, progress: Progress) -> None:
        progress.begin(_("Campaigns of a year"), len(self.wanted))
        drawn, vacancies = [], dict[int, Vacancy]()
        drawing = Drawing(self.office)
        for each in self.wanted:
            made, vacancy = drawing.draw(each)
            vacancies[made.pk] = vacancy
            drawn.append((made, each))
            progress.advance()
        progress.end()
        taken = set(EventAssessor.objects.values_list("account", flat=True))
        self.days = Days(self.office, vacancies, taken, {made.pk: each.applied for made, each in drawn})
        progress.begin(_("Applications of a year"), sum(each.applied for _made, each in drawn))
        for made, each in drawn:
            self._applied(made, each, progress)
        progress.end()
        progress.begin(_("Interviews of a year"))
        events = write_interviews(self.days)
        self._keep_said()
        self._copy()
        put_plans_in_force(events)
        self._end([made for made, _each in drawn], drawing)
        progress.end()

    def _applied(self, campaign: Campaign, wanted: Intended, progress: Progress) -> None:
        """Those who applied by today, in the order in which they did; each lives on until today."""
        routes = [Route.objects.select_related("service").get(key=key) for key in wanted.routes]
        facts = {each.pk: facts_of(campaign, each) for each in routes}
        for at in sorted(self._moment(campaign) for _number in range(wanted.applied)):
            route = self.office.dice.choice(routes)
            life = self._apply(campaign, route, facts[route.pk], at)
            if len(self.office.tables) > ROWS_AT_ONCE:
                self._copy()
            self.lives.append(life)
            progress.advance()

    def _moment(self, campaign: Campaign) -> dt.datetime:
        """More in the first days and in the last, fewer at the weekend, most in the evening."""
        dice = self.office.dice
        last = min(campaign.closes_on, self.office.today - DAY)
        days = max((last - campaign.opens_on).days, 1)
        part = dice.random()
        along = part * 0.6 if part < 0.25 else 1 - (part - 0.25) * 0.5 if part < 0.55 else dice.random()
        day = campaign.opens_on + DAY * min(int(along * days), days)
        if day.weekday() > 4 and dice.random() < 0.4:
            day = min(day + DAY * (7 - day.weekday()), last)
        [hour] = dice.choices(range(7, 24), HOURS)
        moment = dt.datetime.combine(
            day, dt.time(hour, dice.randrange(60), dice.randrange(60)), tzinfo=LONDON
        )
        return moment.astimezone(dt.UTC)

    def _apply(self, campaign: Campaign, route: Route, facts: Mapping[str, Any], at: dt.datetime) -> Life:
        dice, tables = self.office.dice, self.office.tables
        who = self._who(campaign, at)
        who.applied.add(campaign.pk)
        number = f"A-{next(self.office.numbers):06d}"
        rules = self._rules(route, in_london(at).date())
        answers = {
            each.key: dice.randint(4, 30) if each.kind == each.AT_LEAST else each.kind == each.YES
            for each in rules if each.asks
        }  # fmt: skip
        made = Application(
            number=number, token=new_token(), campaign=campaign, route=route, applicant_id=who.applicant,
            language=who.language, email=who.email, facts=answers, submitted_at=at,
            guaranteed_interview=dice.random() < 0.06, adjustments=dice.choice(ADJUSTMENTS),
        )  # fmt: skip
        made.pk = next(self._ids)
        life = Life(self.office, campaign, route, who.person, made, facts=dict(facts), days=self.days)
        life.is_quiet = dice.random() < self.unheard
        self._rows(made, life, who)
        life.live()
        made.case_id = life.own.case.pk
        tables.add(
            Application,
            **{each.attname: getattr(made, each.attname) for each in Application._meta.concrete_fields},
        )
        who.lives.append(life)
        return life

    def _rules(self, route: Route, day: dt.date) -> list[EligibilityRule]:
        key = (route.pk, day)
        if key not in self.rules:
            self.rules[key] = list(EligibilityRule.objects.in_force(day, route=route))
        return self.rules[key]

    def _who(self, campaign: Campaign, at: dt.datetime) -> Known:
        """Somebody new, or somebody who applied for something else before."""
        dice = self.office.dice
        if self.known and dice.random() < self.again:
            earlier = dice.choice(self.known)
            if campaign.pk not in earlier.applied and all(each.sent_at < at for each in earlier.lives):
                return earlier
        made = self._somebody(at)
        self.known.append(made)
        return made

    def _somebody(self, at: dt.datetime) -> Known:
        office, tables = self.office, self.office.tables
        given, family = office.dice.choice(office.given_names), office.dice.choice(office.family_names)
        language = "cy" if office.dice.random() < self.welsh else "en"
        person = Person(
            reference=next(office.person_references), given_name=given, family_name=family,
            full_name=f"{given} {family}", language=language, language_source="application form",
            language_set_on=in_london(at).date(), added_at=at,
        )  # fmt: skip
        row = {name: getattr(person, name) for name in (
            "reference", "given_name", "family_name", "full_name", "language", "language_source",
            "language_set_on", "added_at",
        )}  # fmt: skip
        person.pk = tables.add(Person, **row)
        email = plain_address(person.full_name, person.reference.lower().removeprefix("p-"), "post.example")
        tables.add(
            ContactPoint, person_id=person.pk, kind=ContactPoint.EMAIL, value=email, folded=email,
            preferred=True,
            added_at=at,
        )  # fmt: skip
        office.audit("people.add", at, None, "people.person", person.pk, {"wrote_first": True})
        office.names[person.pk] = person.full_name
        return Known(person, tables.add(Applicant, person_id=person.pk, since=at), email, language)

    def _rows(self, made: Application, life: Life, who: Known) -> None:
        """What somebody wrote, the form they wrote it on, and what they said for monitoring."""
        office, tables, at = self.office, self.office.tables, made.submitted_at
        criteria = self.criteria[made.campaign.profile_id]
        for each in criteria:
            tables.add(
                Answer, application_id=made.pk, criterion_id=each.pk, text=office.dice.choice(self.texts)
            )
        reached = [RULES, *(f"criterion-{each.key}" for each in criteria), SUPPORT, NAME, EQUALITY]
        draft = tables.add(
            Draft, token=new_token(), campaign_id=made.campaign_id, route_id=made.route_id,
            language=who.language,
            name=who.person.full_name, email=who.email, born_on=dt.date(office.dice.randint(1972, 2006), 5,
            14),
            reached=reached, begun_at=at - DAY, changed_at=at, expires_at=at + 28 * DAY, sent_at=at,
            application_id=made.pk,
        )  # fmt: skip
        detail = {"campaign": made.campaign_id}
        office.audit("recruitment.begin", at - DAY, None, "recruitment.draft", draft, detail)
        office.audit("recruitment.apply", at, None, "recruitment.application", made.pk, detail)
        self.said.append({
            "mark": mark_of("application", made.number), "campaign_id": made.campaign_id,
            "said": {key: office.dice.choice(choices) for key, choices in self.questions.items() if choices},
        })  # fmt: skip

    def _keep_said(self) -> None:
        """In an order that says nothing."""
        self.office.dice.shuffle(self.said)
        for each in self.said:
            self.office.tables.add(Monitoring, **each)

    def _copy(self) -> None:
        self.office.tables.copy()
        index_many(self.office.words)
        self.office.words.clear()
        with connection.cursor() as cursor:
            cursor.execute(CHECK)

    def _end(self, drawn: list[Campaign], drawing: Drawing) -> None:
        """Those that opened first are over; those who applied keep their case until it is decided."""
        going_on = max(self.live - Campaign.objects.standing().filter(published_at__isnull=False)
                       .exclude(pk__in=[each.pk for each in drawn]).count(), 0)  # fmt: skip
        large = [each for each in drawn if self.days.wanted[each.pk] >= 1000]
        order = sorted(drawn, key=lambda each: (each in large, each.opens_on, each.pk))
        assert drawing.by is not None  # noqa: S101
        for each in order[: max(len(order) - going_on, 0)]:
            at = dt.datetime.combine(each.closes_on + 90 * DAY, dt.time(12), tzinfo=LONDON)
            campaigns.end_campaign(
                each, because=_("Every place is filled."), by=drawing.by, at=min(at, self.office.at)
            )
