"""Plans of runs, what is moved and mended in them, and the vehicles they go with."""

from django.urls import path

from moothall.transport.views import fleet, map, mendings, publishing, run_plans, runs

from .shared import VEHICLE

PLAN = "transport/plans/<int:number>/"
RUN = "transport/runs/<int:number>/"

urlpatterns = [
    path("transport/plans/", run_plans.run_plans, name="run_plans"),
    path("transport/plans/new/", run_plans.ask_for_run_plan, name="ask_for_run_plan"),
    path("transport/plans/comparison/", run_plans.compare_run_plans, name="compare_run_plans"),
    path(PLAN, run_plans.run_plan, name="run_plan"),
    path(PLAN + "stop/", run_plans.stop_run_plan, name="stop_run_plan"),
    path(PLAN + "new/", run_plans.plan_runs_again, name="plan_runs_again"),
    path(PLAN + "again/", run_plans.start_run_plan_again, name="start_run_plan_again"),
    path(PLAN + "consideration/", run_plans.consider_run_plan, name="consider_run_plan"),
    path(PLAN + "undo/", runs.undo_move_of_plan, name="undo_move_of_plan"),
    path(PLAN + "owner/", publishing.own_run_plan, name="own_run_plan"),
    path(PLAN + "publication/", publishing.publish_run_plan, name="publish_run_plan"),
    path(PLAN + "withdrawal/", publishing.withdraw_run_plan, name="withdraw_run_plan"),
    path(PLAN + "notices/", publishing.run_plan_notices, name="run_plan_notices"),
    path(PLAN + "mending/", mendings.mend_run_plan, name="mend_run_plan"),
    path("transport/mendings/<int:number>/", mendings.mending, name="mending"),
    path("transport/mendings/<int:number>/acceptance/", mendings.accept_mending, name="accept_mending"),
    path("transport/mendings/<int:number>/undo/", mendings.take_back_mending, name="take_back_mending"),
    path(PLAN + "map/", map.run_plan_map, name="run_plan_map"),
    path(PLAN + "map/places/", map.run_plan_places, name="run_plan_places"),
    path(PLAN + "map/lines/", map.run_plan_lines, name="run_plan_lines"),
    path("transport/streets/<slug:version>/<int:zoom>/<int:x>/<int:y>/", map.street_tile, name="street_tile"),
    path(PLAN + "<str:way>/<slug:part>/", run_plans.run_plan_file, name="run_plan_file"),
    path("transport/notices/<int:number>/call/", publishing.ring_family, name="ring_family"),
    path(RUN, runs.run, name="run"),
    path(RUN + "lock/", runs.lock_run, name="lock_run"),
    path("transport/rides/<int:number>/lock/", runs.lock_ride, name="lock_ride"),
    path("transport/rides/<int:number>/move/", runs.move_ride, name="move_ride"),
    path("transport/without/<int:number>/move/", runs.place_without, name="place_without"),
    path("transport/vehicles/", fleet.vehicles, name="vehicles"),
    path("transport/vehicles/new/", fleet.add_vehicle, name="add_vehicle"),
    path("transport/vehicles/prices/", fleet.vehicle_prices, name="vehicle_prices"),
    path("transport/vehicles/prices/new/", fleet.set_vehicle_price, name="set_vehicle_price"),
    path("transport/vehicles/figures/new/", fleet.set_planning_figure, name="set_planning_figure"),
    path(VEHICLE, fleet.vehicle, name="vehicle"),
    path(VEHICLE + "off-road/", fleet.take_off_road, name="take_off_road"),
    path("transport/off-road/<int:number>/end/", fleet.back_on_road, name="back_on_road"),
]
