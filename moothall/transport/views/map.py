"""The planning desk: board and map of a plan side by side, what lies on the map, and the streets below it."""

from typing import Any

from django.http import HttpResponse, JsonResponse
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from moothall.core.door import needs
from moothall.core.parts import is_part, render_page_or_part
from moothall.people.requests import StaffRequest
from moothall.transport.models import RunPlan
from moothall.transport.models.journey import TO
from moothall.transport.models.passenger import manages
from moothall.transport.planning.geometry import ground, lines_of, tile_of
from moothall.transport.planning.moving import get_ready
from moothall.transport.rules import plan_refusals as refusals

from .map_places import called_at, places_of, riding
from .plan_shown import home_points, rows_of, ways_of
from .run_plans import plan_for

A_DAY = 24 * 60 * 60


def _made(request: StaffRequest, number: int) -> tuple[RunPlan, list[str], str]:
    plan = plan_for(request.user, number)
    if not plan.is_made:
        raise refusals.PlanNotThere
    return plan, *ways_of(plan, request.GET.get("way", ""))


def _number(said: str) -> int:
    """That of a run; 0 where none is chosen."""
    return int(said) if said.isdecimal() and len(said) < 5 else 0


@needs("transport.use")
@require_GET
def run_plan_map(request: StaffRequest, number: int) -> HttpResponse:
    """Board and map; of the run that is chosen its passengers, to be moved from there."""
    plan, ways, way = _made(request, number)
    chosen = plan.runs.filter(direction=way, number=_number(request.GET.get("run", ""))).first()
    moves = manages(request.user) and plan.is_open
    context: dict[str, Any] = {
        "plan": plan, "way": way, "ways": ways, "moves": moves, "chosen": chosen,
        "riding": riding(chosen) if chosen else [],
    }  # fmt: skip
    if not is_part(request):
        context |= {"rows": rows_of(plan, way, get_language() or "en"), "ground": ground()}
        context["without"] = plan.without.filter(direction=way).select_related("passenger__person")
        if moves:
            get_ready(plan, way)
    return render_page_or_part(request, "transport/map_desk.html", "transport/parts/map_chosen.html", context)


@needs("transport.use")
@require_GET
def run_plan_places(request: StaffRequest, number: int) -> HttpResponse:
    """Homes, centres and depots as GeoJSON. A protected home is not in it."""
    plan, _ways, way = _made(request, number)
    moves = manages(request.user) and plan.is_open
    return JsonResponse(places_of(plan, way, request.user, language=get_language() or "en", moves=moves))


@needs("transport.use")
@require_GET
def run_plan_lines(request: StaffRequest, number: int) -> HttpResponse:
    """Runs as lines, along streets where there are streets, as GeoJSON."""
    plan, _ways, way = _made(request, number)
    rows = rows_of(plan, way, get_language() or "en")
    homes = home_points(rows, request.user)
    band = "morning" if way == TO else "afternoon"
    lines, drawn = lines_of([called_at(row, homes) for row in rows], band)
    features = [
        {"type": "Feature", "properties": {"run": row.run.number, "called": row.run.called},
         "geometry": {"type": "LineString", "coordinates": [[east, north] for north, east in line]}}
        for row, line in zip(rows, lines, strict=True)
        if len(line) > 1
    ]  # fmt: skip
    return JsonResponse({"type": "FeatureCollection", "features": features, "drawn": drawn})


@needs("transport.use")
@require_GET
def street_tile(request: StaffRequest, version: str, zoom: int, x: int, y: int) -> HttpResponse:
    """Lines of streets in one square. It says nothing about anybody, so the browser may keep it."""
    keeps = {"Cache-Control": f"private, max-age={A_DAY}, immutable"}
    return HttpResponse(tile_of(zoom, x, y), content_type="application/json", headers=keeps)
