"""Boxes beside a case, from the floors above; and who hears of what happens to it."""

from typing import Any
from unittest.mock import patch

import pytest
from django.core.exceptions import ImproperlyConfigured

from moothall.cases import panels
from moothall.cases.rules import following
from moothall.cases.rules.closing import close_case, reopen_case
from moothall.cases.tests.make import AT, make_case
from moothall.people.models import Account
from moothall.people.tests.make import make_account

pytestmark = pytest.mark.django_db


def test_a_box_is_shown_only_to_whom_it_says_something() -> None:
    case, allowed, other = make_case(), make_account(), make_account()

    def loader(account: Account, _case: object) -> dict[str, Any] | None:
        return {"rows": []} if account == allowed else None

    with patch.dict(panels._panels, clear=True):
        panels.register_case_panel("later", "Later", "x.html", loader, order=20)
        panels.register_case_panel("sooner", "Sooner", "x.html", loader, order=10)
        assert [shown.panel.key for shown in panels.case_panels_for(allowed, case)] == ["sooner", "later"]
        assert panels.case_panels_for(other, case) == []
        with pytest.raises(ImproperlyConfigured):
            panels.register_case_panel("later", "Again", "x.html", loader)
        with pytest.raises(ImproperlyConfigured):
            panels.register_case_panel("odd", "Odd", "no-template", loader)


def test_whoever_follows_a_verb_hears_of_it_once_and_of_no_other() -> None:
    heard: list[tuple[str, str]] = []
    with patch.dict(following._followers, clear=True), patch.object(following, "_listeners", []):
        following.follow("close", lambda case, verb, by, at: heard.append(("closing", verb)))
        following.listen(lambda cases, verb, by, at: heard.extend(("all", verb) for _case in cases))
        case = make_case()
        close_case(case, by=None, at=AT, outcome="answered")
        reopen_case(case, by=None, at=AT, because="They wrote again")
    assert heard == [("all", "open"), ("closing", "close"), ("all", "close"), ("all", "reopen")]
