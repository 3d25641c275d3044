"""Addresses by which applicants and referees come back: signed, and each for one thing alone."""

from typing import Final

from moothall.core.signed_links import absolute, sign
from moothall.recruitment.models import Application, Draft, Referee

DRAFT: Final = "recruitment.draft"
MINE: Final = "recruitment.application"
REFERENCE: Final = "recruitment.reference"


def signed_draft(draft: Draft) -> str:
    return sign(draft.token, DRAFT)


def signed_application(application: Application) -> str:
    return sign(application.token, MINE)


def link_to_draft(draft: Draft) -> str:
    return absolute("apply_check", signed_draft(draft))


def link_to_application(application: Application) -> str:
    return absolute("my_application", signed_application(application))


def signed_referee(referee: Referee) -> str:
    return sign(referee.token, REFERENCE)


def link_to_reference(referee: Referee) -> str:
    return absolute("reference_form", signed_referee(referee))
