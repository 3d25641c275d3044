"""Of whom figures are asked: a campaign, a way in, and between which days."""

import datetime as dt
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from moothall.core import fields
from moothall.core.clock import today
from moothall.people.models import Account
from moothall.recruitment.models import Campaign, Route
from moothall.recruitment.rules.figures.choosing import Chosen
from moothall.recruitment.rules.figures.fairness import Asked, year_of

from . import language_now

A_YEAR: Final = dt.timedelta(days=365)
YEARS_BACK: Final = 6
MOST_CAMPAIGNS: Final = 500


class OfWhomForm(fields.Form):
    """A campaign one sees and a way in, each or none."""

    campaign = fields.ChoiceField(label=_("Campaign"), select=True, required=False)
    route = fields.ChoiceField(label=_("Way in"), select=True, required=False)

    def __init__(self, *args: Any, account: Account, **given: Any) -> None:
        super().__init__(*args, **given)
        seen = Campaign.objects.visible_to(account)[:MOST_CAMPAIGNS]
        self.campaigns = {str(each.pk): each for each in seen}
        self.routes = {each.key: each for each in Route.objects.order_by("place", "id")}
        language = language_now()
        self.field("campaign").choices = [
            ("", _("All campaigns")), *((key, each.name_in(language)) for key, each in self.campaigns.items())
        ]  # fmt: skip
        self.field("route").choices = [
            ("", _("All ways in")), *((key, each.name_in(language)) for key, each in self.routes.items())
        ]  # fmt: skip

    def clean_campaign(self) -> Campaign | None:
        return self.campaigns.get(self.cleaned_data["campaign"])

    def clean_route(self) -> Route | None:
        return self.routes.get(self.cleaned_data["route"])

    def said(self, key: str) -> Any:
        return self.cleaned_data.get(key) if self.is_bound and self.is_valid() else None


class ChosenForm(OfWhomForm):
    """Between two days; the year until today where none are given."""

    sent_from = fields.DateField(label=_("Applied from"), required=False)
    sent_to = fields.DateField(label=_("Applied to"), required=False)

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or self.cleaned_data
        first, last = found.get("sent_from"), found.get("sent_to")
        if first and last and last < first:
            self.add_error("sent_to", _("The last day is before the first. Give a later one."))
        return found

    def chosen(self) -> Chosen:
        last = self.said("sent_to") or today()
        first = self.said("sent_from") or last - A_YEAR
        return Chosen(first, last, self.said("campaign"), self.said("route"))


class FairnessForm(OfWhomForm):
    """A whole business year; of a campaign all of it."""

    year = fields.ChoiceField(label=_("Year from April"), select=True, required=False)

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        now = year_of(today())
        self.field("year").choices = [
            (str(each), f"{each}–{each + 1}") for each in range(now, now - YEARS_BACK, -1)
        ]

    def asked(self) -> Asked:
        year = self.said("year")
        return Asked(int(year) if year else year_of(today()), self.said("campaign"), self.said("route"))
