"""The map of knowledge: pages for staff under knowledge/, for everybody under help/."""

from django.urls import path

from .views import directory, public

urlpatterns = [
    path("knowledge/directory/", directory.directory, name="directory"),
    path("knowledge/directory/new/", directory.add_entry, name="add_entry"),
    path("knowledge/directory/<slug:key>/", directory.directory_entry, name="directory_entry"),
    path("knowledge/directory/<slug:key>/details/", directory.edit_entry, name="edit_entry"),
    path("knowledge/directory/<slug:key>/check/", directory.check_entry, name="check_entry"),
    path("knowledge/directory/<slug:key>/retirement/", directory.retire_entry, name="retire_entry"),
    path("knowledge/directory/<slug:key>/restoration/", directory.restore_entry, name="restore_entry"),
    path("help/who-can-help/", public.who_can_help, name="who_can_help"),
    path("help/who-can-help/<slug:key>/", public.helper, name="helper"),
]
