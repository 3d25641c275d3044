"""What templates of promotion ask of a candidate."""

from typing import Any

from django import template

register = template.Library()
BEFORE = {"elig", "endorse", "psd", "sift", "board"}


@register.filter
def at_step(candidate: Any, key: str) -> bool:
    """Whether a step of their case is open; `candidate.open_steps` was asked for with the page."""
    return key in getattr(candidate, "open_steps", ())


@register.filter
def before_the_board(candidate: Any) -> bool:
    return bool(BEFORE & set(getattr(candidate, "open_steps", ())))
