"""Demand: how many have to take each course, by month."""

import datetime as dt
from collections import Counter

from django.db.models import Count
from django.db.models.functions import TruncMonth
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from moothall.core.clock import today
from moothall.core.door import needs
from moothall.people.requests import StaffRequest
from moothall.training.models import Course, Need, Nomination, Session

MONTHS = 12


def _months(first: dt.date) -> list[dt.date]:
    found = [first.replace(day=1)]
    while len(found) < MONTHS:
        found.append((found[-1] + dt.timedelta(days=32)).replace(day=1))
    return found


@require_GET
@needs("training.manage")
def training_demand(request: StaffRequest) -> HttpResponse:
    """Each course and month: how many run out then, what is overdue, and the places to come."""
    day = today()
    months = _months(day)
    last = (months[-1] + dt.timedelta(days=32)).replace(day=1)
    due = Need.objects.filter(due_on__lt=last).annotate(month=TruncMonth("due_on")).order_by()
    counted: Counter[tuple[int, dt.date | None]] = Counter()
    rows = due.values_list("course_id", "month", "due_on").annotate(many=Count("pk"))
    for course, month, due_on, many in rows:
        counted[course, None if due_on < day else month] += many
    sessions = Session.objects.standing().filter(first_on__gte=day).order_by()
    free = Counter[int]()
    for course, capacity, taken in sessions.values_list("version__course_id", "capacity", "taken"):
        free[course] += capacity - taken
    booked = Nomination.objects.placed().filter(session__first_on__gte=day).order_by()
    placed = dict(booked.values_list("session__version__course_id").annotate(Count("pk")))
    lines = [
        (
            course, counted[course.pk, None], [(month, counted[course.pk, month]) for month in months],
            placed.get(course.pk, 0), free[course.pk],
        )
        for course in Course.objects.in_use()
    ]  # fmt: skip
    return render(request, "training/demand.html", {"months": months, "lines": lines})
