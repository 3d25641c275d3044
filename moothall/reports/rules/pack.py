"""What a demo office has of figures: the months before today, counted."""

from django.utils.translation import gettext as _

from moothall.core.clock import in_london
from moothall.core.packs import Pack, Progress
from moothall.reports.models import UnitMonth

from .counting import count_months


def load_part(pack: Pack, progress: Progress) -> None:
    if not pack.demo or UnitMonth.objects.exists():
        return
    progress.begin(_("Month-end figures"))
    count_months(today=in_london(pack.at).date(), at=pack.at)
    progress.end()
