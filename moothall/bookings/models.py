"""Appointments, rooms' opening hours and call-backs booked without conflict."""
