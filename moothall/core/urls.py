from django.urls import path

from .views import styleguide, styleguide_lookup

urlpatterns = [
    path("styleguide/", styleguide, name="styleguide"),
    path("styleguide/lookup", styleguide_lookup, name="styleguide_lookup"),
]
