"""The map of recruitment: what the desk sees, and what those see who apply."""

from . import applying, campaigns, checks, events, figures, shortlisting

urlpatterns = [
    *applying.urlpatterns,
    *campaigns.urlpatterns,
    *checks.urlpatterns,
    *events.urlpatterns,
    *figures.urlpatterns,
    *shortlisting.urlpatterns,
]
