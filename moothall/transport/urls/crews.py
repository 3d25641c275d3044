"""Crews, their weeks, and the board of the day."""

from django.urls import path

from moothall.transport.views import board, crews, run_vehicles

from .shared import MEMBER

urlpatterns = [
    path("transport/crews/", crews.crews, name="crews"),
    path("transport/crews/new/", crews.join_crew, name="join_crew"),
    path(MEMBER + "leaving/", crews.leave_crew, name="leave_crew"),
    path(MEMBER + "return/", crews.stay_in_crew, name="stay_in_crew"),
    path("transport/crews/needs/new/", crews.ask_of_crews, name="ask_of_crews"),
    path("transport/crews/needs/<int:number>/end/", crews.ask_no_more, name="ask_no_more"),
    path("transport/crews/weeks/new/", crews.man_week, name="man_week"),
    path("transport/crews/weeks/<int:number>/", crews.crew_week, name="crew_week"),
    path("transport/crews/weeks/<int:number>/stop/", crews.stop_crew_week, name="stop_crew_week"),
    path("transport/board/", board.crew_board, name="crew_board"),
    path("transport/board/<str:day>/options/", board.crew_cover, name="crew_cover"),
    path("transport/board/<str:day>/cover/", board.cover_day, name="cover_day"),
    path("transport/board/<str:day>/vehicles/", run_vehicles.next_vehicles, name="next_vehicles"),
    path("transport/duties/<int:number>/vehicle/", run_vehicles.give_vehicle, name="give_vehicle"),
    path("transport/swaps/<int:number>/undo/", run_vehicles.undo_swap, name="undo_swap"),
    path("transport/covers/<int:number>/undo/", board.undo_cover, name="undo_cover"),
    path("transport/duties/<int:number>/sheet/", board.crew_sheet, name="crew_sheet"),
]
