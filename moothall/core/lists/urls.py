from django.urls import path

from .views import saved_view_removal, saved_views

urlpatterns = [
    path("<slug:list_key>/views/", saved_views, name="saved_views"),
    path("views/<int:view_id>/removal/", saved_view_removal, name="saved_view_removal"),
]
