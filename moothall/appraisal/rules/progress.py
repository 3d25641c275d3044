"""What an appraisal says for or against a pay point: the newest that is complete, while it is fresh."""

import datetime as dt
from collections.abc import Iterator

from clocks.months import corresponding_date
from moothall.appraisal.models import Appraisal
from moothall.core.clock import in_london
from moothall.workforce.progress import PERFORMANCE, Days, Word

FRESH_MONTHS = 18


def words_of_appraisals(days: Days) -> Iterator[Word]:
    """One word for each of these who was appraised: by a cycle that ended in the eighteen months before the
    day, and was complete on it. Its mark says whether it stands against an increment."""
    rows = Appraisal.objects.filter(employment__in=list(days), stage=Appraisal.DONE, overall__isnull=False)
    newest: dict[int, Appraisal] = {}
    for each in rows.select_related("cycle", "overall").order_by("cycle__until_on", "id"):
        if _speaks(each, days[each.employment_id]):
            newest[each.employment_id] = each
    for employment, each in newest.items():
        mark = each.overall
        if mark is not None:
            said = {code: f"{each.cycle.name_in(code)}: {mark.name_in(code)}" for code in ("en", "cy")}
            yield Word(employment, PERFORMANCE, mark.withholds, said["en"], said["cy"])


def _speaks(appraisal: Appraisal, day: dt.date) -> bool:
    fresh = appraisal.cycle.until_on >= corresponding_date(day, -FRESH_MONTHS)
    return fresh and appraisal.done_at is not None and in_london(appraisal.done_at).date() <= day
