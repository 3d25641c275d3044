"""Guards of recruitment: an application is one's to see where both its campaign and its case are."""

import datetime as dt
from typing import Any

import pytest
from django.urls import reverse

from moothall.cases.models import Case, Step
from moothall.core.clock import today
from moothall.people.models import Team
from moothall.recruitment.models import Application, Campaign, Monitoring, MonitoringQuestion, Vacancy
from moothall.recruitment.tests.make_checks import sub_case

from .exercising import as_if_never
from .office import Office


def give(team: Team, *cases: Case | None) -> None:
    """These cases are of this team, and seen by it alone."""
    ids = [each.pk for each in cases if each is not None]
    Case.objects.filter(pk__in=ids).update(team=team, seen_by_teams=[team.pk])


def shown(office: Office, name: str, *args: object) -> Any:
    answer = office.client("C").get(reverse(name, args=args))
    assert answer.status_code == 200, name
    return answer


def told_of_applications(office: Office, campaign: Campaign) -> dict[str, Any]:
    """What a coordinator is told of those who applied to a campaign, wherever they are listed or counted."""
    listed = shown(office, "campaigns").context["list"].page.rows
    pipeline = shown(office, "pipeline", campaign.pk)
    ranked = shown(office, "shortlist", campaign.pk).content.decode()
    unheard = shown(office, "unheard").context["list"].page.rows
    numbers = campaign.applications.values_list("number", flat=True)
    return {
        "campaigns": [each.applied for each in listed if each.pk == campaign.pk],
        "campaign": shown(office, "campaign", campaign.pk).context["counts"]["all"],
        "pipeline": sorted(each.number for each in pipeline.context["list"].page.rows),
        "stages": sum(each["many"] for each in pipeline.context["counts"]),
        "ranked": sorted(number for number in numbers if number in ranked),
        "unheard": sorted(each.number for each in unheard if each.campaign_id == campaign.pk),
    }


def test_an_application_whose_case_went_to_another_team_is_seen_and_counted_nowhere(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("moothall.recruitment.views.applications.since", lambda at: at + dt.timedelta(days=1))
    campaign: Campaign = office.rows["campaign home applied"]
    gone, stays = office.rows["job application home"], office.rows["job application home withdrawn"]
    with as_if_never():
        before = told_of_applications(office, campaign)
        give(office.away, gone.case)
        after = told_of_applications(office, campaign)
        page = office.client("C").get(reverse("application", args=[gone.pk]))
    assert before == {
        "campaigns": [2], "campaign": 2, "pipeline": sorted([gone.number, stays.number]), "stages": 1,
        "ranked": [gone.number], "unheard": [gone.number],
    }  # fmt: skip
    assert after == {
        "campaigns": [1], "campaign": 1, "pipeline": [stays.number], "stages": 0, "ranked": [], "unheard": [],
    }  # fmt: skip
    assert page.status_code == 404


def test_an_application_to_a_campaign_of_another_team_is_not_read_by_whoever_has_its_case(
    office: Office,
) -> None:
    other: Application = office.rows["job application other"]
    own: Application = office.rows["job application home"]
    with as_if_never():
        give(office.home, other.case)
        Application.objects.filter(pk=other.pk).update(applicant=own.applicant)
        page = office.client("C").get(reverse("application", args=[other.pk]))
        beside = shown(office, "case_page", other.case.reference).content.decode()
        earlier = shown(office, "application", own.pk).content.decode()
    assert page.status_code == 404
    assert other.number in beside
    assert reverse("application", args=[other.pk]) not in beside
    assert other.number not in earlier


def test_a_vacancy_or_campaign_of_another_team_is_neither_listed_nor_offered(office: Office) -> None:
    campaign: Campaign = office.rows["campaign home drawn"]
    vacancy: Vacancy = campaign.vacancies.get()
    own, other = office.rows["job vacancy home"], office.rows["job vacancy other"]
    change = reverse("change_campaign", args=[campaign.pk])
    with as_if_never():
        listed = {each.pk for each in shown(office, "vacancies").context["list"].page.rows}
        campaigns = {each.team_id for each in shown(office, "campaigns").context["list"].page.rows}
        before = shown(office, "campaign", campaign.pk).context["vacancies"]
        assert [each.pk for each in before] == [vacancy.pk]
        give(office.away, vacancy.case)
        after = shown(office, "campaign", campaign.pk).context["vacancies"]
        offered = [
            dict(shown_form(office, address).fields["vacancies"].choices)
            for address in (reverse("draw_up_campaign"), change)
        ]
        assert list(after) == []
    assert (own.pk in listed, other.pk in listed) == (True, False)
    assert campaigns == {office.home.pk}
    assert [str(vacancy.pk) in choices for choices in offered] == [False, False]


def shown_form(office: Office, address: str) -> Any:
    return office.client("C").get(address).context["form"]


def test_whoever_asked_for_a_vacancy_is_told_of_no_case_or_campaign_that_they_do_not_see(
    office: Office,
) -> None:
    campaign: Campaign = office.rows["campaign home applied"]
    vacancy: Vacancy = campaign.vacancies.get()
    address = reverse("vacancy", args=[vacancy.pk])
    told = {}
    with as_if_never():
        Vacancy.objects.filter(pk=vacancy.pk).update(asked_by=office.account("N"))
        for seat in "CN":
            page = office.client(seat).get(address)
            assert page.status_code == 200
            body = page.content.decode()
            told[seat] = [
                reverse("case_page", args=[vacancy.case.reference]) in body,
                reverse("campaign", args=[campaign.pk]) in body,
            ]
    assert told == {"C": [True, True], "N": [False, False]}


def test_the_checks_of_a_campaign_are_those_of_applications_one_sees(office: Office) -> None:
    found: Application = office.rows["checked home"]
    with as_if_never():
        before = shown(office, "campaign_checks", found.campaign_id).context["list"].page.rows
        give(office.away, found.case)
        after = shown(office, "campaign_checks", found.campaign_id).context["list"].page.rows
    assert [each.pk for each in before] == [found.pk]
    assert list(after) == []


def test_a_check_that_another_department_does_is_not_there_even_where_it_is_no_secret(
    office: Office,
) -> None:
    found: Application = office.rows["checked other"]
    own, other = sub_case(found, "vetting"), sub_case(found, "oh_clearance")
    with as_if_never():
        Case.objects.filter(pk__in=[own.pk, other.pk]).update(confidentiality=Case.TEAM)
        listed = {each.pk for each in shown(office, "checks").context["list"].page.rows}
        read = [
            office.client("C").get(reverse("check", args=[each.reference])).status_code
            for each in (own, other)
        ]
    assert (own.pk in listed, other.pk in listed) == (True, False)
    assert read == [200, 404]


def test_figures_count_no_application_whose_case_went_to_another_team(office: Office) -> None:
    campaign: Campaign = office.rows["campaign home applied"]
    gone: Application = office.rows["job application home"]

    def counted() -> tuple[int, set[str]]:
        query = f"?campaign={campaign.pk}"
        client = office.client("C")
        funnel = client.get(reverse("recruitment_figures") + query).context["funnel"]
        rows = client.get(reverse("figure_rows_of_recruitment") + query).context["list"].page.rows
        return funnel.applied, {each.number for each in rows}

    with as_if_never():
        before = counted()
        give(office.away, gone.case)
        after = counted()
    assert before[0] == after[0] + 1
    assert before[1] - after[1] == {gone.number}


def test_fairness_counts_nobody_of_a_campaign_of_another_team(office: Office) -> None:
    other: Campaign = office.rows["campaign other applied"]
    with as_if_never():
        MonitoringQuestion.objects.create(
            key="sex", question={"title": "Sex", "oneOf": [{"const": "f", "title": "F"}]}
        )
        Monitoring.objects.filter(campaign=other).update(month=today().replace(day=1), said={"sex": "f"})
        told = {
            seat: office.client(seat)
            .get(reverse("recruitment_fairness"))
            .context["found"][0]
            .groups[0]
            .numbers[0]
            for seat in "CH"
        }
        offered = office.client("C").get(reverse("recruitment_fairness")).context["form"].campaigns
    assert (told["C"].shown, told["H"].shown) == (0, 2)
    assert str(other.pk) not in offered


def test_checks_that_are_late_are_told_of_applications_one_sees(office: Office) -> None:
    found: Application = office.rows["checked home"]
    told = []
    with as_if_never():
        late = found.case.steps.filter(state=Step.READY)
        assert late.update(due_on=today() - dt.timedelta(days=9))
        for _before_and_after in range(2):
            departments = shown(office, "late_checks").context["departments"]
            told.append(sum(each.pk == found.pk for one in departments for each, _check in one.checks))
            give(office.away, found.case)
    assert (told[0] > 0, told[1]) == (True, 0)
