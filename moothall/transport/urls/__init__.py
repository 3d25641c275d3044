"""The map of transport, desk by desk."""

from . import audits, contractors, crews, passengers, planning, safety, the_day, value

urlpatterns = [
    *safety.urlpatterns,
    *contractors.urlpatterns,
    *value.urlpatterns,
    *audits.urlpatterns,
    *passengers.urlpatterns,
    *planning.urlpatterns,
    *crews.urlpatterns,
    *the_day.urlpatterns,
]
