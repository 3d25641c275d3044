"""The case a student's way hangs on: opened before they begin, its steps done as things are signed off."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from typing import Final

from django.utils.translation import gettext as _

from moothall.cases.models import Case, Entry, Service, Step
from moothall.cases.rules.closing import NOT_NEEDED, close_case, reopen_case
from moothall.cases.rules.definition import definition_of
from moothall.cases.rules.opening import open_case
from moothall.cases.rules.ticking import tick, untick
from moothall.cases.rules.timeline import add_entry
from moothall.core.serving import for_the_office
from moothall.people.models import Account
from moothall.training.models import Attachment, CohortClass, PathwayItem, PathwayModule, Student, StudentCase

from .case_steps import BEGUN, CONFIRMED, LEFT, POSTED, Ticked, read_steps
from .progress import Progress, read_progress

BEFORE: Final = dt.timedelta(days=7)
Ends = dict[tuple[int | None, int], dt.date]


@for_the_office()
def go_on_with_cases(*, today: dt.date, at: dt.datetime) -> int:
    """Each night: cases of those who begin within a week, and the steps of all. Twice comes to the same."""
    rows = Student.objects.on_the_way().in_full().exclude(cohort__pathway__service="")
    students = list(rows.filter(cohort__starts_on__lte=today + BEFORE).order_by("pk"))
    opened = open_cases_of(students, by=None, at=at)
    go_on(students, by=None, at=at, today=today)
    return opened


@for_the_office()
def open_cases_of(students: Sequence[Student], *, by: Account | None, at: dt.datetime) -> int:
    """A case for each who has none, where the office has the service; the answer is how many."""
    there = set(StudentCase.objects.filter(student__in=students).values_list("student", flat=True))
    wanted = [each for each in students if each.pk not in there]
    keys = {each.cohort.pathway.service for each in wanted}
    services = {each.key: each for each in Service.objects.filter(key__in=keys, retired_at=None)}
    made = 0
    for each in wanted:
        service = services.get(each.cohort.pathway.service)
        if service is not None:
            person = each.employment.person
            case = open_case(
                service, at=at, title=f"{person.full_name}: {each.cohort}", channel="staff", received_at=at,
                by=by, requester=person, subject=person, language=person.language,
            )  # fmt: skip
            StudentCase.objects.create(student=each, case=case)
            made += 1
    return made


@for_the_office()
def go_on(students: Collection[Student], *, by: Account | None, at: dt.datetime, today: dt.date) -> None:
    """Steps that wait, of what these students have behind them, are done."""
    cases = dict(StudentCase.objects.filter(student__in=students).values_list("student_id", "case_id"))
    waiting: dict[int, set[str]] = defaultdict(set)
    ready = Step.objects.filter(case__in=cases.values(), state=Step.READY).exclude(case__status=Case.CLOSED)
    for case, key in ready.values_list("case_id", "key"):
        waiting[case].add(key)
    some = [each for each in students if waiting.get(cases.get(each.pk, 0))]
    if not some:
        return
    behind = Behind(some, today=today)
    for each in some:
        _tick_all(cases[each.pk], list(behind.steps_of(each)), by=by, at=at)


def _tick_all(case: int, steps: Sequence[Ticked], *, by: Account | None, at: dt.datetime) -> None:
    """Until nothing moves: one step that is done makes others ready."""
    left = list(steps)
    moved = True
    while moved and left:
        done = [each for each in left if tick(case, each.key, by=by, at=at, outcome=each.outcome)]
        left = [each for each in left if each not in done]
        moved = bool(done)


class Behind:
    """What students have behind them, asked for all of them at once."""

    def __init__(self, students: Sequence[Student], *, today: dt.date) -> None:
        self.today = today
        self.progress = read_progress(students, today=today)
        groups = [each.group_id for each in students if each.group_id]
        rows = CohortClass.objects.filter(group__in=groups).order_by("pk")
        self.ends: Ends = {
            (group, module): last for group, module, last in rows.values_list("group", "module", "last_on")
        }
        pathways = {each.cohort.pathway_id for each in students}
        self.modules: dict[int, list[PathwayModule]] = defaultdict(list)
        for module in PathwayModule.objects.filter(pathway__in=pathways).order_by("number"):
            self.modules[module.pathway_id].append(module)
        tutored = Attachment.objects.filter(student__in=students, tutor__isnull=False).order_by()
        self.posted = set(tutored.values_list("student_id", flat=True))

    def steps_of(self, student: Student) -> Iterator[Ticked]:
        """The steps of which everything that names them is behind this student."""
        moments = student.cohort.pathway.moments
        if student.cohort.has_begun(self.today):
            yield from read_steps(moments.get(BEGUN, ""))
        found: dict[Ticked, bool] = {}
        for words, is_done in self._parts(student):
            for step in read_steps(words):
                found[step] = found.get(step, True) and is_done
        yield from (step for step, is_done in found.items() if is_done)
        if student.pk in self.posted and student.cohort.told_at is not None:
            yield from read_steps(moments.get(POSTED, ""))
        if student.state == Student.CONFIRMED:
            yield from read_steps(moments.get(CONFIRMED, ""))

    def _parts(self, student: Student) -> Iterator[tuple[str, bool]]:
        progress: Progress = self.progress[student.pk]
        missing = {each.module_id for each in progress.missing}
        for module in self.modules[student.cohort.pathway_id]:
            end = self.ends.get((student.group_id, module.pk))
            yield module.step, end is not None and end < self.today and module.pk not in missing
        for state in progress.items:
            yield state.item.step, state.done


@for_the_office()
def take_up_again(
    student: Student, modules: Collection[PathwayModule], *, because: str, by: Account | None,
    at: dt.datetime, today: dt.date,
) -> None:  # fmt: skip
    """They take a module again: steps that were done with it, or with one after it, are to be done again."""
    case = Case.objects.filter(way_of_student__student=student).first()
    if case is None or case.is_closed:
        return
    behind = {each.key for each in Behind([student], today=today).steps_of(student)}
    add_entry(case, kind=Entry.NOTE, at=at, by=by, text=because)
    for key in dict.fromkeys(step.key for each in modules for step in read_steps(each.step)):
        if key not in behind:
            untick(case.pk, key, because=because, by=by, at=at)


@for_the_office()
def not_signed_after_all(student: Student, item: PathwayItem, *, by: Account, at: dt.datetime) -> None:
    """What was signed off is taken back: so are the steps that were done with it."""
    case = StudentCase.objects.filter(student=student).values_list("case_id", flat=True).first()
    for step in read_steps(item.step):
        untick(case, step.key, because=_("%s: taken back.") % item.name, by=by, at=at)


@for_the_office()
def end_case_of(student: Student, *, by: Account | None, at: dt.datetime) -> None:
    """They left: the case is closed, as the pathway says."""
    case = Case.objects.filter(way_of_student__student=student).select_related("version").first()
    if case is None or case.is_closed:
        return
    outcome = student.cohort.pathway.moments.get(LEFT, "")
    known = {each.key for each in definition_of(case.version).outcomes}
    close_case(case, by=by, at=at, outcome=outcome if outcome in known else NOT_NEEDED)


@for_the_office()
def begin_again_with(student: Student, *, by: Account, at: dt.datetime) -> None:
    """They are back: so is their case."""
    case = Case.objects.filter(way_of_student__student=student).first()
    if case is not None and case.is_closed and case.merged_into_id is None:
        reopen_case(case, by=by, at=at, because=_("They are on the way again."))
