import datetime as dt
from typing import Self

from django.db import models
from django.db.models import F, Q, Window
from django.db.models.functions import RowNumber

from moothall.cases.models import Case
from moothall.people.models import Account


class SurveyHabit(models.Model):
    """How a service asks how it was; the row without a service speaks for all that have none."""

    service = models.OneToOneField(
        "cases.Service", null=True, blank=True, on_delete=models.PROTECT, related_name="survey_habit"
    )
    asks = models.BooleanField(default=True)
    after_hours = models.PositiveSmallIntegerField(default=24, help_text="After the case was closed")
    once_in_days = models.PositiveSmallIntegerField(default=90, help_text="Nobody is asked more often")
    open_days = models.PositiveSmallIntegerField(default=21, help_text="How long the answer can be changed")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                F("service"), nulls_distinct=False, name="a_service_has_one_habit_of_asking"
            ),
        ]


class SurveyQuerySet(models.QuerySet["Survey"]):
    def due(self, at: dt.datetime) -> Self:
        return self.filter(state=Survey.DUE, due_at__lte=at).order_by("due_at", "id")

    def over(self, at: dt.datetime) -> Self:
        """Nothing can be answered any more, and an answer given without a name is still tied to it."""
        return self.filter(expires_at__lte=at, sheet__isnull=False, anonymous=True).order_by("id")


class Survey(models.Model):
    """Whoever asked is asked how it was, once, some hours after their case was closed."""

    DUE, SENT, SKIPPED = "DUE", "SENT", "SKIPPED"
    STATES = [(DUE, "to be sent"), (SENT, "sent"), (SKIPPED, "not sent")]

    case = models.OneToOneField("cases.Case", on_delete=models.CASCADE, related_name="survey")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=7, choices=STATES, default=DUE)
    why = models.CharField(max_length=40, blank=True, help_text="Why it is not sent")
    due_at = models.DateTimeField()
    token = models.CharField(max_length=43, blank=True)
    letter = models.ForeignKey("letters.Letter", null=True, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True, help_text="For the first time")
    anonymous = models.BooleanField(default=False)
    sheet = models.UUIDField(
        null=True, unique=True, help_text="Which answers are its own; cut off at the end"
    )
    follow_up = models.ForeignKey("cases.Case", null=True, on_delete=models.PROTECT, related_name="+")

    objects = SurveyQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["due_at"], condition=Q(state="DUE"), name="survey_due"),
            models.Index(fields=["person", "-sent_at"], condition=Q(state="SENT"), name="survey_by_person"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["token"], condition=~Q(token=""), name="a_survey_has_its_own_link"
            ),
            models.CheckConstraint(
                condition=~Q(state="SENT") | Q(sent_at__isnull=False, expires_at__isnull=False),
                name="a_survey_that_is_sent_says_when",
            ),
            models.CheckConstraint(
                condition=~Q(state="SKIPPED") | ~Q(why=""), name="a_survey_not_sent_says_why"
            ),
        ]


class SurveyAnswerQuerySet(models.QuerySet["SurveyAnswer"]):
    def standing(self) -> Self:
        """The last of each sheet: an answer that was changed counts once, as it was left."""
        newest = Window(RowNumber(), partition_by=[F("sheet")], order_by=F("id").desc())
        return self.annotate(place=newest).filter(place=1)

    def visible_to(self, account: Account) -> Self:
        """Those of the teams whose results this account may see."""
        standing = account.standing()
        if standing.everywhere_for("satisfaction.view"):
            return self
        return self.filter(team_id__in=standing.teams_for("satisfaction.view"))


class SurveyAnswer(models.Model):
    """One answer as it was given. It is only ever added to: changing one's mind is another row, and nobody,
    the office included, alters or removes one."""

    SCORES = [(5, "very good"), (4, "good"), (3, "neither"), (2, "poor"), (1, "very poor")]

    sheet = models.UUIDField(db_index=True)
    score = models.PositiveSmallIntegerField(choices=SCORES)
    comment = models.TextField(blank=True)
    anonymous = models.BooleanField(default=False)
    language = models.CharField(max_length=2, default="en")
    answered_at = models.DateTimeField()
    service = models.ForeignKey("cases.Service", on_delete=models.PROTECT, related_name="+")
    team = models.ForeignKey("people.Team", on_delete=models.PROTECT, related_name="+")
    channel = models.CharField(max_length=20)
    closed_on = models.DateField(help_text="The first of the month in which the case was closed")

    objects = SurveyAnswerQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["-answered_at", "-id"], name="survey_answer_by_time")]
        constraints = [
            models.CheckConstraint(condition=Q(score__range=(1, 5)), name="a_score_is_one_to_five"),
        ]


def cases_behind(answers: list[SurveyAnswer], account: Account) -> dict[int, Case]:
    """The case of each answer, where it has a name on it and this account may see the case."""
    named = {answer.sheet: answer.pk for answer in answers if not answer.anonymous}
    surveys = Survey.objects.filter(sheet__in=named, anonymous=False).values_list("sheet", "case_id")
    sheets = dict(surveys)
    cases = Case.objects.visible_to(account).in_bulk(list(sheets.values()))
    return {named[sheet]: cases[case] for sheet, case in sheets.items() if sheet and case in cases}
