"""Who may go before a board: each rule in force looked at on its own day, with its sentence. Nothing here
writes."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from clocks.months import corresponding_date
from moothall.core.serving import for_the_office
from moothall.credentials.models import Credential
from moothall.promotion.models import Board, Endorsement, PromotionRule
from moothall.recruitment.models import Application
from moothall.workforce import progress
from moothall.workforce.models import Employment
from moothall.workforce.probation import is_in_probation

from .ranks import rank_of


@dataclass(frozen=True)
class Finding:
    """One rule, the day it was looked at for, and whether it is met."""

    rule: PromotionRule
    on: dt.date
    met: bool
    told: str

    @property
    def stops(self) -> bool:
        return self.rule.stops and not self.met

    def kept(self) -> dict[str, object]:
        """As it stays with the decision."""
        rule = self.rule
        return {
            "key": rule.key, "kind": rule.kind, "on": self.on.isoformat(), "met": self.met,
            "told": rule.told, "told_cy": rule.told_cy, "confirmed": rule.confirmed, "source": rule.source,
        }  # fmt: skip


@dataclass(frozen=True)
class _Asked:
    board: Board
    employment: Employment
    rule: PromotionRule
    on: dt.date
    application: Application | None


@for_the_office()
def findings(
    board: Board, employment: Employment, *, today: dt.date, language: str,
    application: Application | None = None,
) -> list[Finding]:  # fmt: skip
    """Every rule of the rank in force on the closing day. A recommendation nobody was asked for yet is left
    out."""
    closes = board.campaign.closes_on
    days = {PromotionRule.CLOSING: closes, PromotionRule.CHECKING: today}
    found = []
    for rule in PromotionRule.objects.in_force(closes, rank=board.rank):
        on = days[rule.looked_at_on]
        met = MEETS[rule.kind](_Asked(board, employment, rule, on, application))
        if met is not None:
            found.append(Finding(rule, on, met, rule.told_in(language)))
    return found


def _holds_the_rank(asked: _Asked) -> bool:
    held = rank_of(asked.employment, on=asked.on)
    return held is not None and held.pk == asked.board.rank.below_id


def _is_confirmed(asked: _Asked) -> bool:
    return not is_in_probation(asked.employment, asked.on)


def _has_served(asked: _Asked) -> bool:
    return corresponding_date(asked.employment.continuous_from, asked.rule.amount or 0) <= asked.on


def _has_passed(asked: _Asked) -> bool:
    """The pass counts on that very day, by the day it runs out."""
    kind = asked.board.rank.exam_id
    if kind is None:
        return True
    return Credential.objects.in_force(asked.on).filter(person=asked.employment.person_id, kind=kind).exists()


def _nothing_against(kind: str) -> Callable[[_Asked], bool]:
    def asked_of_others(asked: _Asked) -> bool:
        words = progress.words_on({asked.employment.pk: asked.on}).get(asked.employment.pk, [])
        return not any(each.is_against and each.kind == kind for each in words)

    return asked_of_others


def _is_supported(asked: _Asked) -> bool | None:
    if asked.application is None:
        return None
    said = Endorsement.objects.filter(application=asked.application).first()
    return said.supported if said is not None else None


MEETS: Final[Mapping[str, Callable[[_Asked], bool | None]]] = {
    PromotionRule.RANK: _holds_the_rank, PromotionRule.CONFIRMED: _is_confirmed,
    PromotionRule.SERVICE: _has_served, PromotionRule.EXAM: _has_passed,
    PromotionRule.CONDUCT: _nothing_against(progress.WARNING),
    PromotionRule.RATING: _nothing_against(progress.PERFORMANCE), PromotionRule.SUPPORT: _is_supported,
}  # fmt: skip
