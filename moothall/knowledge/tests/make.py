"""Rows for tests of knowledge."""

import datetime as dt
from itertools import count
from typing import Any

from moothall.knowledge.models import Article, Signpost
from moothall.knowledge.rules.directory import add_signpost
from moothall.knowledge.rules.writing import write_article
from moothall.people.models import Account, Team
from moothall.people.tests.make import make_account, make_team

AT = dt.datetime(2026, 11, 23, 9, 30, tzinfo=dt.UTC)
TODAY = AT.date()
READER = ("cases.view", "cases.work", "letters.write", "cases.close")
WRITER = (*READER, "knowledge.edit")
_numbers = count(1)


def make_entry(**changes: Any) -> Signpost:
    number = next(_numbers)
    given: dict[str, Any] = {
        "name": f"Adult Learning {number}", "name_cy": f"Addysg Oedolion {number}",
        "when_to_use": "Evening classes in pottery and languages",
        "when_to_use_cy": "Dosbarthiadau nos mewn crochenwaith ac ieithoedd",
        "how": "Telephone 01632 960123", "how_cy": "Ffôn 01632 960123", "public": True,
    }  # fmt: skip
    return add_signpost(given | changes, key=f"entry-{number}", by=None, at=changes.pop("at", AT))


def make_article(*, publish: bool = True, **changes: Any) -> Article:
    team = changes.pop("team", None) or make_team()
    given: dict[str, Any] = {
        "title": "Parking at the training centre", "title_cy": "Parcio yn y ganolfan hyfforddi",
        "summary": "Where to park, and what it costs", "summary_cy": "Ble i barcio, a'r gost",
        "body": "Park behind the building.\n\n- Ask for a permit at reception.",
        "body_cy": "Parciwch y tu ôl i'r adeilad.\n\n- Gofynnwch am drwydded yn y dderbynfa.",
        "audience": "STAFF", "review_on": TODAY + dt.timedelta(days=200), "team": team,
    }  # fmt: skip
    at = changes.pop("at", AT)
    return write_article(given | changes, by=changes.pop("by", None), at=at, publish=publish)


def make_writer(*, team: Team | None = None, **changes: Any) -> Account:
    return make_account(*WRITER, team=team, **changes)


def make_reader(*, team: Team | None = None, **changes: Any) -> Account:
    return make_account(*READER, team=team, **changes)
