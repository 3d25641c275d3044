"""What can be expected to go wrong with bookings, in words that say what to do next."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Self

from django.utils.formats import date_format
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from moothall.bookings.models import Closure, Resource, Taking
from moothall.core.clock import in_london
from moothall.core.refusals import Refusal
from moothall.people.models.working import Span

from .free import Nearest

MOST_NAMED = 3


def span_in_words(span: Span) -> str:
    """`Monday 30 November 2026, 10:00–11:30`, or from a day until another."""
    begins, ends = in_london(span[0]), in_london(span[1])
    if begins.date() == ends.date():
        return f"{date_format(begins, 'l j F Y')}, {begins:%H:%M}–{ends:%H:%M}"
    first, last = date_format(begins, "l j F Y"), date_format(ends, "l j F Y")
    return f"{first}, {begins:%H:%M} – {last}, {ends:%H:%M}"


def named(resource: Resource) -> str:
    return resource.name_in(get_language() or "en")


@dataclass(frozen=True)
class Clash:
    """Something that stands in the way."""

    resource: Resource
    span: Span
    title: str
    maker: str

    @classmethod
    def of(cls, taking: Taking) -> Self:
        """An appointment, and what is private, are not named: it is taken, and that is all."""
        reservation, span = taking.reservation, (taking.shown.lower, taking.shown.upper)
        if reservation is None:
            return cls(taking.resource, span, _("an appointment"), "")
        maker = reservation.made_by.name if reservation.made_by else ""
        if reservation.is_private:
            return cls(taking.resource, span, _("a private booking"), maker)
        return cls(taking.resource, span, _("“%s”") % reservation.title, maker)

    def __str__(self) -> str:
        words = _("%(resource)s is taken by %(title)s, %(when)s") % {
            "resource": named(self.resource), "title": self.title, "when": span_in_words(self.span),
        }  # fmt: skip
        return f"{words} ({self.maker})" if self.maker else words


def words_for(times: Sequence[Span]) -> str:
    """The times that could be had instead; empty where there are none."""
    if not times:
        return ""
    return _("Free nearest: %(times)s.") % {"times": "; ".join(span_in_words(each) for each in times)}


class Taken(Refusal):
    """It names what stands in the way, and what could be had instead."""

    sentence = gettext_lazy("That time is not free any more.")
    next_step = gettext_lazy("Choose another time, or something else.")
    clashes: tuple[Clash, ...] = ()
    instead = Nearest((), ())

    @classmethod
    def by(cls, clashes: Sequence[Clash]) -> Self:
        words = ". ".join(str(each) for each in clashes[:MOST_NAMED])
        if len(clashes) > MOST_NAMED:
            words += ". " + _("%s more stand in the way") % (len(clashes) - MOST_NAMED)
        found = cls(f"{words}.")
        found.clashes = tuple(clashes)
        return found

    def with_instead(self, instead: Nearest) -> "Taken":
        """The same, with what is free."""
        words = [words_for(instead.times)] if instead.times else []
        if instead.others:
            others = ", ".join(named(each) for each in instead.others)
            words.append(_("Free at that time: %(others)s.") % {"others": others})
        found = Taken(
            self.sentence, " ".join(words) or _("Nothing like it is free within a week: choose another week.")
        )
        found.clashes, found.instead = self.clashes, instead
        return found


class Shut(Refusal):
    sentence = gettext_lazy("It is shut at that time.")
    next_step = gettext_lazy("Choose another time, or another place.")

    @classmethod
    def because(cls, closure: Closure) -> Self:
        what = named(closure.room) if closure.room else ""
        what = what or (closure.place.name if closure.place else _("The whole office"))
        when = span_in_words((closure.begins_at, closure.ends_at))
        return cls(
            _("%(what)s is shut then, %(when)s: %(reason)s.")
            % {"what": what, "when": when, "reason": closure.reason}
        )


class NothingChosen(Refusal):
    sentence = gettext_lazy("Nothing is chosen to be booked.")
    next_step = gettext_lazy("Choose at least one room, person or thing.")


class ByTheNight(Refusal):
    sentence = gettext_lazy("This bedroom is sold by the night, with others of its kind.")
    next_step = gettext_lazy("Sell a stay, or the beds that go with an event.")


class WrongWayRound(Refusal):
    sentence = gettext_lazy("It would end before it begins.")
    next_step = gettext_lazy("Give a later end.")


class OutOfUse(Refusal):
    next_step = gettext_lazy("Choose another.")

    @classmethod
    def of(cls, resource: Resource) -> Self:
        return cls(_("%s is out of use.") % named(resource))


class TooSmall(Refusal):
    next_step = gettext_lazy("Choose a larger room, or a further one.")

    @classmethod
    def of(cls, rooms: Collection[Resource], people: int) -> Self:
        seats = sum(each.capacity for each in rooms)
        return cls(_("There are %(seats)s seats for %(people)s people.") % {"seats": seats, "people": people})


class ReservationOver(Refusal):
    sentence = gettext_lazy("This booking was cancelled, or does not stand like that any more.")
    next_step = gettext_lazy("Look at it again: a colleague may have been quicker.")


class ReasonNeeded(Refusal):
    sentence = gettext_lazy("Say why it is cancelled.")
    next_step = gettext_lazy("A few words are enough.")


class BelongsElsewhere(Refusal):
    sentence = gettext_lazy("This booking belongs to a session of a course, or to another record.")
    next_step = gettext_lazy("Change it there: its rooms, people and beds move along.")
