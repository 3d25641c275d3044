"""The pages of a form, one question each, in the order they are asked."""

from collections.abc import Mapping
from typing import Any, Final

from moothall.cases.rules.definition import definition_of
from moothall.portal.models import Request

FILES, NAME, REACH = "your-files", "your-name", "how-to-reach-you"
ABOUT_THEM: Final = (NAME, REACH)


def questions_of(asked: Request) -> dict[str, Mapping[str, Any]]:
    return dict(definition_of(asked.version).form_fields())


def pages_of(asked: Request) -> list[str]:
    """Every page, in order. Who is signed in is known already."""
    own = () if asked.account_id is not None else ABOUT_THEM
    return [*questions_of(asked), FILES, *own]


def is_required(asked: Request, page: str) -> bool:
    return page in definition_of(asked.version).required


def is_answered(asked: Request, page: str) -> bool:
    """Whether this page needs nothing more before the form may be sent."""
    if page == NAME:
        return bool(asked.name)
    if page == REACH:
        return bool(asked.email or asked.phone)
    return page in (asked.answers if is_required(asked, page) else asked.reached)


def next_page(asked: Request, after: str = "") -> str | None:
    """The first page not yet answered, looking on from one of them first; None when all are."""
    pages = pages_of(asked)
    place = pages.index(after) + 1 if after in pages else 0
    for page in [*pages[place:], *pages[:place]]:
        if not is_answered(asked, page):
            return page
    return None


def is_complete(asked: Request) -> bool:
    """Whether everything that has to be answered is; what may be left open may be left unread."""
    needed = [
        *definition_of(asked.version).required,
        *(page for page in pages_of(asked) if page in ABOUT_THEM),
    ]
    return all(is_answered(asked, page) for page in needed)
