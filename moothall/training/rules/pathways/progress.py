"""How far students have come, each in one line: what is signed off, late and to come. Reads only."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from moothall.training.models import CohortClass, Nomination, PathwayItem, SignOff, Student, StudentMove

WEEK: Final = dt.timedelta(days=7)


@dataclass(frozen=True)
class ItemState:
    """One thing to be signed off by one student."""

    item: PathwayItem
    due_on: dt.date | None
    sign_off: SignOff | None
    by_course: bool = False
    late: bool = False

    @property
    def done(self) -> bool:
        return self.by_course or (self.sign_off is not None and self.sign_off.result == SignOff.PASSED)


@dataclass
class Progress:
    """One student's way, item by item."""

    student: Student
    items: list[ItemState] = field(default_factory=list)
    moves: int = 0

    @property
    def done(self) -> int:
        return sum(each.done for each in self.items)

    @property
    def missing(self) -> list[PathwayItem]:
        return [each.item for each in self.items if not each.done]

    @property
    def late(self) -> list[ItemState]:
        return [each for each in self.items if each.late]

    @property
    def colour(self) -> str:
        if self.student.state != Student.ON:
            return "grey" if self.student.state == Student.LEFT else "green"
        if self.student.group_id is None:
            return "grey"
        return "red" if self.late else "green"

    @property
    def words(self) -> str:
        """How it stands, in a word or two."""
        if self.student.state != Student.ON:
            return str(self.student.get_state_display())
        if self.student.group_id is None:
            return _("Not planned yet")
        late = len(self.late)
        if late:
            return ngettext("%(count)s late", "%(count)s late", late) % {"count": late}
        return _("On time")

    @property
    def count(self) -> str:
        return _("%(done)s of %(all)s signed off") % {"done": self.done, "all": len(self.items)}


def read_progress(students: Sequence[Student], *, today: dt.date) -> dict[int, Progress]:
    """The progress of each, in as many queries for many as for one."""
    found = {each.pk: Progress(each) for each in students}
    items = _items({each.cohort.pathway_id for each in students})
    ends = _ends({each.group_id for each in students if each.group_id})
    signed = _signed(list(found))
    passed = _passed(students, items)
    for student in students:
        progress = found[student.pk]
        for item in items[student.cohort.pathway_id]:
            end = ends.get((student.group_id, item.module_id))
            due = end + WEEK * item.weeks_after if end else None
            state = ItemState(
                item, due, signed.get((student.pk, item.pk)),
                by_course=(student.employment_id, item.course_id) in passed,
            )  # fmt: skip
            late = student.is_on and due is not None and due < today and not state.done
            progress.items.append(ItemState(state.item, due, state.sign_off, state.by_course, late))
    moves = StudentMove.objects.filter(student__in=found).order_by("pk")
    for student_id in moves.values_list("student_id", flat=True):
        found[student_id].moves += 1
    return found


def _items(pathways: Iterable[int]) -> dict[int, list[PathwayItem]]:
    found: dict[int, list[PathwayItem]] = defaultdict(list)
    rows = PathwayItem.objects.filter(module__pathway__in=list(pathways)).select_related("module")
    for each in rows.order_by("module__number", "number"):
        found[each.module.pathway_id].append(each)
    return found


def _ends(groups: Iterable[int]) -> dict[tuple[int | None, int], dt.date]:
    rows = CohortClass.objects.filter(group__in=list(groups)).order_by("pk")
    return {
        (group, module): end for group, module, end in rows.values_list("group_id", "module_id", "last_on")
    }


def _signed(students: Sequence[int]) -> dict[tuple[int, int], SignOff]:
    """The last that stands of each."""
    rows = SignOff.objects.filter(student__in=students, withdrawn_at=None).select_related("by")
    return {(each.student_id, each.item_id): each for each in rows.order_by("at", "pk")}


def _passed(students: Sequence[Student], items: dict[int, list[PathwayItem]]) -> set[tuple[int, int | None]]:
    """Courses that were passed, of those that count for something here."""
    courses = {each.course_id for some in items.values() for each in some if each.course_id}
    if not courses:
        return set()
    rows = Nomination.objects.filter(
        employment__in=[each.employment_id for each in students], result=Nomination.PASSED,
        session__version__course__in=courses,
    )  # fmt: skip
    return set(rows.order_by().values_list("employment_id", "session__version__course_id"))
