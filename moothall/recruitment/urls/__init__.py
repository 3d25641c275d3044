"""The map of recruitment: what the desk sees, and what those see who apply."""

from . import applying, bulk, campaigns, checks, contracts, events, figures, shortlisting

urlpatterns = [
    *applying.urlpatterns,
    *bulk.urlpatterns,
    *campaigns.urlpatterns,
    *checks.urlpatterns,
    *contracts.urlpatterns,
    *events.urlpatterns,
    *figures.urlpatterns,
    *shortlisting.urlpatterns,
]
