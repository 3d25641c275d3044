"""The planning desk of a plan of runs: board and map, what lies on it, and the streets below."""

from tests.access.table import area

MAP = area(
    "map of a plan",
    """
route           method seats any
run_plan_map    GET    VM    200
run_plan_places GET    VM    200
run_plan_lines  GET    VM    200
plan_runs_again GET    M     200
plan_runs_again POST   M     302
""",
)

STREETS = area(
    "streets below a map",
    """
route       method seats any
street_tile GET    VM    200
""",
)

AREAS = (MAP, STREETS)
