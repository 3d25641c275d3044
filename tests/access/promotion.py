"""Promotion in the table: boards with candidates at every stage, the pool, promotions for a while."""

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from moothall.core.clock import now, today
from moothall.people.models import Account, Team
from moothall.people.tests.make import make_account
from moothall.promotion.models import Board, PoolPlace, Rank, TemporaryPromotion
from moothall.promotion.rules import appealing, checking, pool, results, temporary
from moothall.promotion.tests.make import (
    HIGHER,
    LOWER,
    after_the_board,
    finish,
    make_board,
    make_candidate,
    make_constable,
    make_ranks,
    make_temporary,
    to_the_board,
)
from moothall.recruitment.models import Application, Sifted, SiftReason
from moothall.workforce.models import Employment
from moothall.workforce.tests.make import make_employment, make_post, make_unit

if TYPE_CHECKING:
    from .office import Office

Parts = dict[str, Any]
NOWHERE = 999_999_999
STANDS_FOR = {
    "check_candidate": "fresh", "turn_down_candidate": "fresh", "take_back_check": "checked",
    "note_standards": "checked", "decide_promotion_appeal": "appealed",
}  # fmt: skip


def make_rows(office: "Office") -> None:
    rows, at = office.rows, now()
    rank: Rank = make_ranks(office.home)
    rows |= {
        "promotion rank": rank, "sergeants post": make_post(title=HIGHER), "sergeants unit": make_unit(),
        "constable": make_constable()[1],
    }  # fmt: skip
    for relation, team in (("home", office.home), ("other", office.away)):
        _board(office, relation, team, rank, at=at)
    rows["promotion for other"] = _prolonged(make_constable()[1], rank, at=at)
    earlier = at - dt.timedelta(hours=1)
    ended = rows["ended promotion for other"] = make_temporary(make_constable()[1], rank=rank, at=earlier)
    temporary.go_back(ended, last_day=ended.until_on, because="They ask for it", by=make_account(), at=at)
    rows["promotion candidate of others"] = rows["promotion candidate other appealed"]
    board: Board = rows["promotion board home"]
    for seat, account in office.seats.items():
        if account is not None:
            _own(office, seat, account, board, rank, at=at)


def _board(office: "Office", relation: str, team: Team, rank: Rank, *, at: dt.datetime) -> None:
    """One with candidates at each stage; the boards with results of two."""
    rows = office.rows
    board = rows[f"promotion board {relation}"] = make_board(team, rank=rank, at=at)
    standing, left, failed = (make_candidate(board, at=at) for _ in range(3))
    for each, outcome in ((standing, "pass"), (left, "pass"), (failed, "fail")):
        after_the_board(each, outcome, at=at)
    results.give_results(board, by=None, at=at)
    rows[f"promotion place {relation} standing"] = PoolPlace.objects.get(application=standing)
    gone = rows[f"promotion place {relation} left"] = PoolPlace.objects.get(application=left)
    pool.leave_pool(gone, because="They ask for it", by=make_account(), at=at)
    appealing.ask_for_appeal(failed, because="The room was loud", by=make_account(), at=at)
    checked = make_candidate(board, at=at)
    checking.decide_eligibility(checked, eligible=True, because="", by=None, at=at)
    for stands, one in (
        ("appealed", failed), ("checked", checked), ("fresh", make_candidate(board, at=at)),
    ):  # fmt: skip
        rows[f"promotion candidate {relation} {stands}"] = one
    after_the_board(make_candidate(board, at=at), at=at)
    _sifted(to_the_board(make_candidate(board, at=at), at=at), at=at)


def _sifted(application: Application, *, at: dt.datetime) -> None:
    reason = SiftReason.objects.order_by("pk")[0]
    Sifted.objects.create(
        application=application, outcome=Sifted.SHORTLISTED, reason=reason, total=7, decided_at=at
    )


def _prolonged(employment: Employment, rank: Rank, *, at: dt.datetime) -> TemporaryPromotion:
    made = make_temporary(employment, rank=rank, at=at)
    longer = made.until_on + dt.timedelta(days=30)
    return temporary.prolong(made, until_on=longer, because="Not done", by=make_account(), at=at)


def _own(office: "Office", seat: str, account: Account, board: Board, rank: Rank, *, at: dt.datetime) -> None:
    """A promotion, an application that may be appealed against, and people one manages who have applied."""
    rows = office.rows
    mine = Employment.objects.of_account(account).first() or make_employment(account=account)
    account.refresh_from_db()
    failed = after_the_board(make_candidate(board, account, at=at), "fail", at=at)
    for key in ("mod", "result"):
        finish(failed, key, at=at)
    rows[f"promotion candidate {seat}"] = failed
    for name in ("waiting", "said"):
        led = rows[f"promotion led {seat} {name}"] = make_candidate(
            board, at=at, manager=mine, post=make_post(title=LOWER)
        )
        if name == "said":
            checking.support(led, supported=True, words="Ready", by=account, at=at)
    rows[f"promotion for {seat}"] = _prolonged(mine, rank, at=at)


def _seated(office: "Office", seat: str) -> str:
    return seat if office.seats[seat] is not None else "C"


def _place(office: "Office", route: str, relation: str, _seat: str) -> Parts:
    stands = "left" if route == "return_to_pool" else "standing"
    return {"number": office.rows[f"promotion place {relation} {stands}"].pk}


def _for_a_while(office: "Office", route: str, relation: str, seat: str) -> Parts:
    if route == "take_back_promotion_end" and relation == "other":
        return {"number": office.rows["ended promotion for other"].pk}
    name = _seated(office, seat) if relation == "own" else "other"
    return {"number": office.rows[f"promotion for {name}"].pk}


def _mine(office: "Office", _route: str, relation: str, seat: str) -> Parts:
    name = _seated(office, seat) if relation == "own" else "of others"
    return {"number": office.rows[f"promotion candidate {name}"].pk}


def _led(office: "Office", route: str, relation: str, seat: str) -> Parts:
    if relation == "other":
        return {"number": office.rows["promotion candidate other fresh"].pk}
    stands = "said" if route == "take_back_support" else "waiting"
    return {"number": office.rows[f"promotion led {_seated(office, seat)} {stands}"].pk}


KEYS: dict[str, Callable[["Office", str, str, str], Parts]] = {
    "pages of promotion": lambda _office, _route, _relation, _seat: {},
    "promotion board": lambda office, _route, relation, _seat: {
        "number": office.rows[f"promotion board {relation}"].pk
    },
    "open promotion board": lambda office, _route, _relation, _seat: {
        "number": office.rows["promotion board home"].pk
    },
    "promotion candidate": lambda office, route, relation, _seat: {
        "number": office.rows[f"promotion candidate {relation} {STANDS_FOR[route]}"].pk
    },
    "place in the promotion pool": _place,
    "promotion for a while": _for_a_while,
    "own application for promotion": _mine,
    "somebody one recommends": _led,
}
NOTHING: dict[str, Callable[[str], Parts]] = {
    kind: lambda _route: {"number": NOWHERE} for kind in KEYS if kind != "pages of promotion"
}


def _day(days: int) -> str:
    return (today() + dt.timedelta(days=days)).strftime("%d/%m/%Y")


def _board_typed(office: "Office") -> Parts:
    return {
        "rank": office.rows["promotion rank"].pk, "name": "Sergeants", "name_cy": "Rhingylliaid",
        "profile": office.rows["job profile"].pk, "places": "2", "about": "Lead.", "about_cy": "Arwain.",
        "opens_on": _day(3), "closes_on": _day(20),
    }  # fmt: skip


def _posting_typed(office: "Office") -> Parts:
    return {
        "post-key": office.rows["sergeants post"].pk, "unit-key": office.rows["sergeants unit"].pk,
        "from_on": _day(1), "because": "Somebody retires",
    }  # fmt: skip


OTHERWISE: dict[str, Parts | Callable[["Office"], Parts]] = {
    "draw_up_board": _board_typed,
    "check_candidate": {"eligible": "yes", "because": ""},
    "note_standards": {"outcome": "clear", "note": ""},
    "turn_down_candidate": {"because": "Not recommended"},
    "decide_promotion_appeal": {"outcome": "dismissed", "reasons": "It was quiet"},
    "post_from_pool": _posting_typed,
    "leave_pool": {"because": "They ask for it"},
    "begin_promotion": lambda o: _posting_typed(o) | {
        "employment-key": o.rows["constable"].pk, "rank": o.rows["promotion rank"].pk,
    },
    "prolong_promotion": lambda _o: {"until_on": _day(800), "because": "Not done"},
    "review_promotion": {"words": "Well"},
    "end_promotion": lambda _o: {"last_day": _day(9), "because": "They ask for it"},
    "ask_for_promotion_appeal": {"because": "The room was loud"},
    "support_candidate": {"supported": "yes", "words": "Ready"},
}  # fmt: skip
