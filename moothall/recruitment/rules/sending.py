"""An application is sent, once: the person, the applicant, the case, its stages, the answers, a letter."""

import datetime as dt
from typing import Any, Final

from django.db import connection, transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from moothall.cases.models import Case, Entry, Step
from moothall.cases.rules.definition import definition_of
from moothall.cases.rules.opening import open_case
from moothall.cases.rules.stepping import complete_step
from moothall.cases.rules.timeline import add_entry
from moothall.core.clock import in_london
from moothall.core.serving import for_the_office
from moothall.core.signed_links import new_token
from moothall.people.models import Person
from moothall.people.models.contact_folding import fold_email, tidy
from moothall.people.rules.persons import LONGEST_NAME, set_language
from moothall.people.rules.senders import find_or_add_senders
from moothall.records.rules.audit import append_audit
from moothall.recruitment.models import Answer, Applicant, Application, Campaign, Draft, Route, Vacancy

from . import monitoring
from .drafts import criteria_of, next_page, unmet_of_draft
from .refusals import AppliedAlready, NotComplete, NotEligible, NotOpen, TooSoon
from .telling import tell_received

SOURCE: Final = "application form"
APPROVED: Final = ("approved", "fill", "live", "none", "closed", "volunteer")


@for_the_office()
@transaction.atomic
def send_application(draft: Draft, *, at: dt.datetime) -> Application:
    """Sent twice, it is the same application."""
    fresh: Draft = Draft.objects.select_for_update(of=("self",)).get(pk=draft.pk)
    if fresh.application is not None:
        return fresh.application
    _check(fresh, at=at)
    person = _who(fresh, at=at)
    applicant = _applicant(fresh, person, at=at)
    _may_apply(fresh, applicant, at=at)
    made = _make(fresh, applicant, at=at)
    fresh.application, fresh.sent_at, fresh.changed_at = made, at, at
    fresh.answers, fresh.facts, fresh.adjustments = {}, {}, ""
    fresh.save()
    monitoring.hand_over(fresh, made)
    append_audit(
        "recruitment.apply", about=made, by=fresh.account, at=at, detail={"campaign": made.campaign_id}
    )
    tell_received(made, at=at)
    return made


def _check(draft: Draft, *, at: dt.datetime) -> None:
    if not draft.campaign.is_open(in_london(at).date()):
        raise NotOpen
    if next_page(draft) is not None:
        raise NotComplete
    if any(each.stops for each in unmet_of_draft(draft, language=draft.language, at=at)):
        raise NotEligible


def _who(draft: Draft, *, at: dt.datetime) -> Person:
    """Somebody known by their account or address, or somebody new. What a form says of somebody we know
    changes nothing on their record."""
    if draft.account is not None and draft.account.person is not None:
        return draft.account.person
    found = find_or_add_senders([(draft.name, draft.email)], at=at)
    person = found[fold_email(draft.email), tidy(draft.name, LONGEST_NAME)]
    if not person.language:
        return set_language(person, language=draft.language, source=SOURCE, by=None, at=at)
    return person


def _applicant(draft: Draft, person: Person, *, at: dt.datetime) -> Applicant:
    """One for each person; what they say today of adjustments holds from today."""
    made, _new = Applicant.objects.select_for_update(of=("self",)).get_or_create(
        person=person, defaults={"since": at}
    )
    made.guaranteed_interview, made.adjustments = draft.guaranteed_interview, draft.adjustments
    made.save(update_fields=["guaranteed_interview", "adjustments"])
    return made


def _may_apply(draft: Draft, applicant: Applicant, *, at: dt.datetime) -> None:
    """Once to a campaign; and again by the same route only after as long as the campaign says."""
    theirs = Application.objects.filter(applicant=applicant)
    if theirs.standing().filter(campaign=draft.campaign).exists():
        raise AppliedAlready
    wait = draft.campaign.again_after_days
    if not wait:
        return
    for earlier in theirs.filter(route=draft.route).select_related("case"):
        ended = earlier.withdrawn_at or earlier.case.closed_at
        again = in_london(ended).date() + dt.timedelta(days=wait) if ended is not None else None
        if again is not None and again > in_london(at).date():
            said = _("You can apply by this route again from %(day)s.") % {"day": f"{again:%d/%m/%Y}"}
            raise TooSoon(said)


def _make(draft: Draft, applicant: Applicant, *, at: dt.datetime) -> Application:
    campaign, route = draft.campaign, draft.route
    number = _next_number()
    unmet = unmet_of_draft(draft, language=draft.language, at=at)
    with override("cy" if draft.language == "cy" else "en-gb"):
        title = _("Application %(number)s: %(campaign)s") % {
            "number": number, "campaign": campaign.name_in(draft.language)
        }  # fmt: skip
    case = open_case(
        route.service,
        title=title,
        channel="form",
        received_at=at,
        at=at,
        by=draft.account,
        team=campaign.team,
        requester=applicant.person,
        subject=applicant.person,
        language=draft.language,
        answers=facts_of(campaign, draft.route),
        words=number,
    )
    made = Application.objects.create(
        number=number, token=new_token(), campaign=campaign, route=route, applicant=applicant, case=case,
        language=draft.language, email=draft.email, facts=draft.facts,
        to_look_at=[each.rule.key for each in unmet], guaranteed_interview=draft.guaranteed_interview,
        adjustments=draft.adjustments, submitted_at=at,
    )  # fmt: skip
    Answer.objects.bulk_create(
        Answer(application=made, criterion=each, text=draft.answers[each.key])
        for each in criteria_of(draft)
        if draft.answers.get(each.key)
    )
    add_entry(
        case, kind=Entry.MAIL_IN, at=at, person=applicant.person, subject=title,
        text=str(_("The application was sent. Its answers are on the page of the application.")),
        detail={"kind": "form", "application": number},
    )  # fmt: skip
    walk_to_entry(case, made, at=at)
    return made


def facts_of(campaign: Campaign, route: Route) -> dict[str, Any]:
    """What the conditions of its process may speak of. Nothing of this says who somebody is."""
    profile = campaign.profile
    role = {
        "disclosure_level": profile.disclosure_level, "vetting_level": profile.vetting_level,
        "medical": profile.medical,
    }  # fmt: skip
    start = {"start_date": campaign.starts_on.isoformat()} if campaign.starts_on else {}
    known: dict[str, Any] = route.facts
    return {"route": route.key, "role": role} | known | start


def _next_number() -> str:
    with connection.cursor() as cursor:
        cursor.execute("select nextval('application_number')")
        (number,) = cursor.fetchone()
    return f"A-{number:06d}"


def walk_to_entry(case: Case, application: Application, *, at: dt.datetime) -> None:
    """The steps up to applying are done: those before it with the campaign, the step itself by applying."""
    definition = definition_of(case.version)
    entry = application.route.entry_step
    before = {step.key for step in definition.steps if entry in definition.following(step.key)}
    known = _outcomes_of_vacancies(application.campaign)
    note = str(_("Done with the campaign."))
    while step := _ready(case, before):
        outcomes = definition.step(step.key).outcomes
        complete_step(step, by=None, at=at, outcome=_outcome(outcomes, known.get(step.key, "")), note=note)
    last = _ready(case, {entry})
    if last is not None:
        outcomes = definition.step(entry).outcomes
        complete_step(last, by=None, at=at, outcome=_outcome(outcomes, ""))


def _ready(case: Case, keys: set[str]) -> Step | None:
    return (
        Step.objects.filter(case=case, key__in=keys, state=Step.READY).select_related("case__version").first()
    )


def _outcomes_of_vacancies(campaign: Campaign) -> dict[str, str]:
    """How the same steps ended for the vacancies of the campaign."""
    cases = Vacancy.objects.filter(campaigns=campaign).order_by().values("case")
    rows = Step.objects.filter(case__in=cases, state=Step.DONE).exclude(outcome="").order_by("id")
    return dict(rows.values_list("key", "outcome"))


def _outcome(allowed: tuple[str, ...], known: str) -> str:
    if not allowed or known in allowed:
        return known if allowed else ""
    return next((each for each in APPROVED if each in allowed), allowed[0])
