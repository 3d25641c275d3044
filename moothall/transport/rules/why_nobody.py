"""Why a place has nobody, in words: of everybody in that role the first rule that says no, counted."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

RULES: Final = {
    "depot": gettext_lazy("of another depot"),
    "apart": gettext_lazy("kept apart from a passenger"),
    "away": gettext_lazy("away"),
    "papers": gettext_lazy("without a valid licence or certificate that is asked for"),
    "busy": gettext_lazy("on another run then"),
    "week": gettext_lazy("at the most hours a week may have"),
    "contract": gettext_lazy("at the hours agreed for the week"),
    "driving": gettext_lazy("at the most driving a day may have"),
    "unbroken": gettext_lazy("without a long enough break in driving"),
    "span": gettext_lazy("at the longest day there may be"),
    "rest": gettext_lazy("without enough rest between two days"),
    "short": gettext_lazy("at the most short nights a week may have"),
    "free": gettext_lazy("without a long rest"),
    "dear": gettext_lazy("able, but it would cost more than it is worth"),
}
NEW: Final = "new:1"  # nobody was looked for yet
AWAY: Final = "went:1"  # whoever had it is away, or may not do it any more


def kept(rules: Iterable[str]) -> str:
    """Rules and how often, as a place keeps them: away:2 busy:5."""
    counted = Counter(rules)
    rows = sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))
    return " ".join(f"{rule}:{times}" for rule, times in rows) or "none:0"


def why(kept_reason: str) -> str:
    """What a place keeps, in a sentence."""
    counted = {
        rule: int(times) for rule, _colon, times in (one.partition(":") for one in kept_reason.split())
    }
    if "none" in counted or not counted:
        return _("Nobody of the crews works in this role.")
    if "new" in counted:
        return _("Nobody was looked for yet: cover the day, or man the week.")
    if "went" in counted:
        return _("Whoever had it cannot come, and nobody else was found.")
    total = sum(counted.values())
    parts = [f"{times} {RULES[rule]}" for rule, times in counted.items() if rule in RULES]
    said = ngettext("Of %(count)s person: %(parts)s.", "Of %(count)s people: %(parts)s.", total)
    return said % {"count": total, "parts": ", ".join(parts)}


def of_person(no: Mapping[str, str]) -> str:
    """Why not this person."""
    said = str(RULES.get(no["rule"], no["rule"]))
    return f"{said}: {no['about']}" if no.get("about") and no["rule"] == "papers" else said
