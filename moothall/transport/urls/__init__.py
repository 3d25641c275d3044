"""The map of transport, desk by desk."""

from . import audits, contractors, crews, hires, passengers, planning, safety, the_day, value

urlpatterns = [
    *safety.urlpatterns,
    *contractors.urlpatterns,
    *value.urlpatterns,
    *audits.urlpatterns,
    *passengers.urlpatterns,
    *planning.urlpatterns,
    *crews.urlpatterns,
    *hires.urlpatterns,
    *the_day.urlpatterns,
]
