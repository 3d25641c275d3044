"""Rows of the knowledge floor for the table, and what is sent to its pages."""

import datetime as dt
from typing import Any

from moothall.core.clock import now, today
from moothall.knowledge.models import Article, Signpost
from moothall.knowledge.rules.directory import add_signpost, retire_signpost
from moothall.knowledge.rules.writing import write_article
from moothall.people.models import Account, Team

Parts = dict[str, Any]
ENTRY = {"name": "The museum", "when_to_use": "Old things", "how": "Walk in", "public": True}
WORDS = {"title": "Lending", "title_cy": "Benthyg", "body": "Bring a card.", "body_cy": "Dewch â cherdyn."}
OF_AN_ENTRY = {"directory_entry", "edit_entry", "check_entry", "retire_entry", "helper"}
OF_AN_ARTICLE = {
    "article_page", "article_editions", "article_opinion", "edit_article", "withdraw_article",
    "review_article", "restore_edition", "help_article", "help_opinion",
}  # fmt: skip


def of_knowledge(_office: Any, route: str, _relation: str, _seat: str) -> Parts:
    if route == "restore_entry":
        return {"key": "closed-library"}
    if route == "publish_article":
        return {"key": "a-draft"}
    if route in OF_AN_ARTICLE:
        return {"key": "lending"} | ({"number": 1} if route == "restore_edition" else {})
    return {"key": "library"} if route in OF_AN_ENTRY else {}


def sent(office: Any, route: str) -> Parts:
    article = WORDS | {
        "kind": "TEXT", "audience": "PUBLIC", "owner": office.account("C").pk, "team": office.home.pk,
        "review_on": (today() + dt.timedelta(days=90)).strftime("%d/%m/%Y"), "edition": 1,
        "body": "Bring a card and a friend.",
    }  # fmt: skip
    made: dict[str, Parts] = {
        "add_entry": ENTRY,
        "edit_entry": ENTRY,
        "write_article": article,
        "edit_article": article,
        "article_opinion": {"helped": "yes"},
        "help_opinion": {"helped": "no", "words": "The opening hours"},
        "help_question": {"words": "opening hours"},
        "settle_missed": {"words": "opening hours"},
    }
    return made.get(route, {})


def make_rows(rows: dict[str, Any], by: Account, team: Team) -> None:
    rows["signpost"] = _entry("library", "The library", "Books")
    retire_signpost(_entry("closed-library", "The closed library", "Old books"), by=by, at=now())
    _article("lending", team, publish=True)
    _article("a-draft", team, publish=False)


def _article(key: str, team: Team, *, publish: bool) -> Article:
    given = WORDS | {"audience": "PUBLIC", "team": team, "review_on": today() + dt.timedelta(days=90)}
    return write_article(given, by=None, at=now(), key=key, publish=publish)


def _entry(key: str, name: str, when: str) -> Signpost:
    given = {"name": name, "when_to_use": when, "how": "Walk in", "hours": "Mon-Fri 09:00-17:00"}
    return add_signpost(given, key=key, by=None, at=now())


def _of_an_article(_office: Any, route: str, _relation: str, _seat: str) -> Parts:
    return {"key": "lending"} if route == "api_article" else {}


KEYS = {"pages of knowledge": of_knowledge, "api of knowledge": _of_an_article}
