"""Which steps a term brings and on which days, by when it is decided, and where the law draws a line."""

import datetime as dt
from dataclasses import dataclass

from clocks.months import corresponding_date
from clocks.service import employers_notice_weeks, service_complete_on
from clocks.tenure import TenureRule, last_safe_day, permanent_from, qualifies_on
from moothall.terms.models import Term
from moothall.workforce.models import Employment

WEEK = dt.timedelta(weeks=1)
NATIONS = {
    Employment.ENGLAND: "ENG", Employment.WALES: "WLS", Employment.SCOTLAND: "SCO",
    Employment.NORTHERN_IRELAND: "NI",
}  # fmt: skip
FOR_A_TIME = (Term.SECONDMENT, Term.ACTING_UP, Term.PROMOTION)
Steps = list[tuple[str, dt.date]]


@dataclass(frozen=True)
class Plan:
    act_by: dt.date
    steps: Steps


def plan_for(
    employment: Employment, kind: str, *, began_on: dt.date, due_on: dt.date, route: str = "",
    is_extension: bool = False,
) -> Plan:  # fmt: skip
    """What is done about a term of this kind, and by when it is to be decided."""
    if kind == Term.PROBATION:
        return _probation(employment, began_on, due_on, is_extension=is_extension)
    if kind == Term.FIXED_TERM:
        return _fixed_term(employment, began_on, due_on)
    if kind == Term.RETIREMENT:
        return _retirement(began_on, due_on, route)
    if kind in FOR_A_TIME:
        decide = _not_before(due_on - 6 * WEEK, began_on)
        return Plan(
            decide, [("REMIND", _not_before(corresponding_date(due_on, -3), began_on)), ("DECIDE", decide)]
        )
    return Plan(due_on, [("RECOGNITION", _not_before(due_on - 4 * WEEK, began_on))])


def _not_before(day: dt.date, first: dt.date) -> dt.date:
    return max(day, first)


def _probation(employment: Employment, began_on: dt.date, due_on: dt.date, *, is_extension: bool) -> Plan:
    """Staff are decided on a month before the end, and never after the last safe day."""
    decide = _not_before(corresponding_date(due_on + dt.timedelta(days=1), -1), began_on)
    if guard := guard_of(employment):
        decide = min(decide, guard) if guard >= began_on else decide
    if is_extension:
        middle = began_on + (due_on - began_on) / 2
        return Plan(decide, [("REVIEW", middle), ("DECIDE", decide)])
    wanted: Steps = [("PLAN", began_on + WEEK)]
    for key, months in (
        ("REVIEW_1", 1),
        ("REVIEW_3", 3),
        ("REVIEW_6", 6),
        ("REVIEW_12", 12),
        ("REVIEW_18", 18),
    ):
        wanted.append((key, corresponding_date(began_on, months)))
    if service_complete_on(began_on, 6) >= due_on:
        wanted.append(("DIARY", began_on + 20 * WEEK))
    return Plan(decide, [*[one for one in wanted if one[1] < decide], ("DECIDE", decide)])


def _fixed_term(employment: Employment, began_on: dt.date, due_on: dt.date) -> Plan:
    """Warned three months before; decided in time to talk, and to give notice of statutory length."""
    warn = _not_before(corresponding_date(due_on, -3), began_on)
    notice = _not_before(due_on - notice_weeks(employment, due_on) * WEEK, warn)
    decide = max(warn, min(due_on - 6 * WEEK, notice))
    talk = max(decide, min(due_on - 4 * WEEK, notice))
    return Plan(
        decide,
        [("WARN", warn), ("FOUR_YEARS", warn), ("DECIDE", decide), ("CONSULT", talk), ("NOTICE", notice)],
    )


def _retirement(began_on: dt.date, due_on: dt.date, route: str) -> Plan:
    notice = _not_before(corresponding_date(due_on, -1), began_on)
    steps: Steps = [
        ("ESTIMATE", min(began_on + 4 * WEEK, notice)),
        ("FORMS", _not_before(corresponding_date(due_on, -3), began_on)),
        ("NOTICE", notice), ("RECOGNITION", _not_before(due_on - 4 * WEEK, began_on)),
    ]  # fmt: skip
    if route == Term.ILL_HEALTH:
        steps.append(("DECISION_IN", _not_before(corresponding_date(due_on, -2), began_on)))
    return Plan(due_on, sorted(steps, key=lambda one: one[1]))


def notice_weeks(employment: Employment, on: dt.date) -> int:
    """The least notice in weeks that the office gives on that day."""
    return employers_notice_weeks(employment.continuous_from, max(on, employment.continuous_from))


def guard_of(employment: Employment) -> dt.date | None:
    """The last day on which notice keeps the employment short of protection from unfair dismissal. Officers
    and specials hold an office: the right is not theirs."""
    if employment.workforce != Employment.EMPLOYEE:
        return None
    return last_safe_day(employment.continuous_from, NATIONS[employment.nation])


def protected_from(employment: Employment) -> dt.date | None:
    if employment.workforce != Employment.EMPLOYEE:
        return None
    return qualifies_on(employment.continuous_from, NATIONS[employment.nation])


def four_years_of(employment: Employment) -> tuple[dt.date, TenureRule] | None:
    """From which day another fixed term would be a permanent contract, and by which rule."""
    if employment.workforce != Employment.EMPLOYEE:
        return None
    return permanent_from(employment.continuous_from, NATIONS[employment.nation])
