"""Passengers, centres, applications for help with travel, and each day accounted for."""

from django.urls import path

from moothall.transport.views import applications, centres, days, entries, passengers, setting

from .shared import CENTRE

ONE = "transport/passengers/<int:number>/"
JOURNEY = "transport/journeys/<int:number>/"
APPLICATION = "transport/applications/<int:number>/"
ENTITLEMENT = "transport/entitlements/<int:number>/"

urlpatterns = [
    path("transport/", passengers.passengers, name="passengers"),
    path("transport/passengers/new/", passengers.add_passenger, name="add_passenger"),
    path(ONE, passengers.passenger, name="passenger"),
    path(ONE + "emergency-contacts/", passengers.emergency_contacts, name="emergency_contacts"),
    path(ONE + "leaving/", passengers.passenger_leaves, name="passenger_leaves"),
    path(ONE + "return/", passengers.passenger_comes_back, name="passenger_comes_back"),
    path(ONE + "entries/<slug:part>/", entries.add_entry, name="add_passenger_entry"),
    path(ONE + "entries/<slug:part>/<int:entry>/end/", entries.end_entry, name="end_passenger_entry"),
    path("transport/accounted/", days.accounted, name="accounted"),
    path("transport/accounted/day/", days.account_day, name="account_day"),
    path(JOURNEY, days.journey, name="journey"),
    path(JOURNEY + "settlement/", days.settle_journey, name="settle_journey"),
    path(JOURNEY + "pattern/", days.journey_by_pattern, name="journey_by_pattern"),
    path("transport/centres/", centres.centres, name="centres"),
    path(CENTRE, centres.centre, name="centre"),
    path(CENTRE + "bells/", centres.add_bell, name="add_bell"),
    path(CENTRE + "closures/", centres.add_closure, name="add_centre_closure"),
    path(CENTRE + "closures/<int:number>/withdrawal/", centres.open_after_all, name="open_after_all"),
    path("transport/applications/", applications.travel_applications, name="travel_applications"),
    path("transport/applications/new/", applications.add_travel_application, name="add_travel_application"),
    path(APPLICATION, applications.travel_application, name="travel_application"),
    path(APPLICATION + "facts/", applications.enter_travel_facts, name="enter_travel_facts"),
    path(APPLICATION + "decisions/<int:stage>/", applications.decide_travel, name="decide_travel"),
    path(APPLICATION + "appeal/", applications.record_travel_appeal, name="record_travel_appeal"),
    path(ENTITLEMENT + "end/", applications.end_travel_entitlement, name="end_travel_entitlement"),
    path(
        ENTITLEMENT + "restoration/",
        applications.restore_travel_entitlement,
        name="restore_travel_entitlement",
    ),
    path("transport/rules/", setting.eligibility_rules, name="eligibility_rules"),
    path(
        "transport/rules/<int:number>/confirmation/",
        setting.confirm_eligibility_rule,
        name="confirm_eligibility_rule",
    ),
    path("transport/rates/", setting.set_transport_rate, name="set_transport_rate"),
]
