"""Addresses below which several desks have pages."""

CENTRE = "transport/centres/<slug:key>/"
MEMBER = "transport/crews/<int:number>/"
VEHICLE = "transport/vehicles/<int:number>/"
CONTRACTOR = "transport/contractors/<int:number>/"
CREW = "transport/crew/<int:number>/"
THEIRS = "transport/contractors/vehicles/<int:number>/"
