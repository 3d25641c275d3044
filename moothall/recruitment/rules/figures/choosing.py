"""What figures are asked for: a campaign, a way in, between which days; and the rules in force."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import QuerySet

from moothall.core.clock import in_london
from moothall.core.lists.filters import midnight
from moothall.people.models import Account
from moothall.recruitment.models import Application, Campaign, FigureRule, Route


@dataclass(frozen=True)
class Chosen:
    """Of whom figures are; both days are in."""

    first: dt.date
    last: dt.date
    campaign: Campaign | None = None
    route: Route | None = None

    @property
    def query(self) -> str:
        said = [f"sent_from={self.first.isoformat()}", f"sent_to={self.last.isoformat()}"]
        said += [f"campaign={self.campaign.pk}"] if self.campaign else []
        return "&".join(said + ([f"route={self.route.key}"] if self.route else []))

    def applications(self, account: Account) -> QuerySet[Application]:
        """Those that this account may see."""
        rows = Application.objects.visible_to(account).filter(
            submitted_at__gte=midnight(self.first),
            submitted_at__lt=midnight(self.last + dt.timedelta(days=1)),
        )
        rows = rows.filter(campaign=self.campaign) if self.campaign else rows
        return rows.filter(route=self.route) if self.route else rows


def month_of(moment: dt.datetime) -> dt.date:
    return in_london(moment).date().replace(day=1)


class Rules:
    """The rules of counting in force on a day, read once."""

    def __init__(self, on: dt.date) -> None:
        self._rows = {(each.key, each.scope, each.route_id): each for each in FigureRule.objects.in_force(on)}

    def find(self, key: str, scope: str = "", route: int | None = None) -> FigureRule | None:
        """The one of this scope and way in, else of everything."""
        for asked in ((key, scope, route), (key, scope, None), (key, "", route), (key, "", None)):
            if asked in self._rows:
                return self._rows[asked]
        return None

    def of(self, key: str) -> list[FigureRule]:
        return [each for each in self._rows.values() if each.key == key]

    def amount(self, key: str, scope: str = "", *, otherwise: int = 0) -> Decimal:
        found = self.find(key, scope)
        return found.amount if found is not None else Decimal(otherwise)
