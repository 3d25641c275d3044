"""The part of a pack about figures: what is looked for in records; in a demo, the months before today."""

from pathlib import Path

from django.utils.translation import gettext as _

from moothall.core.clock import in_london
from moothall.core.marked_yaml import Fields, read_yaml
from moothall.core.packs import Pack, Progress
from moothall.people.models import Team
from moothall.reports.models import QualityRule, UnitMonth

from .counting import count_months
from .progress import count_leave
from .quality import look_through_records

OURS = Path(__file__).parent / "quality.yaml"


def load_rules(*, owner: Team | None) -> None:
    """What the office has stays as it has it."""
    fields = Fields(read_yaml(OURS, name="moothall/reports/rules/quality.yaml"))
    for position, row in enumerate(fields.mappings("rules")):
        inner = Fields(row)
        values = {
            "name": inner.text("name"), "name_cy": inner.text("name_cy"), "advice": inner.text("advice"),
            "advice_cy": inner.text("advice_cy"),
            "severity": inner.choice("severity", dict(QualityRule.SEVERITIES)), "owner": owner,
            "order": position,
        }  # fmt: skip
        QualityRule.objects.get_or_create(key=inner.text("key"), defaults=values)
        inner.finish()
    fields.finish()


def load_part(pack: Pack, progress: Progress) -> None:
    progress.begin(_("Data quality"))
    key = Fields(pack.about).text("team", "")
    load_rules(owner=Team.objects.filter(key=key).first())
    progress.end()


def load_sample(pack: Pack, progress: Progress) -> None:
    if not pack.demo or UnitMonth.objects.exists():
        return
    progress.begin(_("Month-end figures"))
    day = in_london(pack.at).date()
    count_months(today=day, at=pack.at)
    look_through_records(today=day, at=pack.at)
    count_leave(today=day, at=pack.at, everybody=True)
    progress.end()
