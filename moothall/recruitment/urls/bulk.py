"""One action for many applications."""

from django.urls import path

from moothall.recruitment.views import bulk

ACT = "recruitment/several/<int:number>/"

urlpatterns = [
    path("recruitment/several/", bulk.choose_applications, name="choose_applications"),
    path("recruitment/several/all/", bulk.choose_all_applications, name="choose_all_applications"),
    path(ACT, bulk.bulk_act, name="bulk_act"),
    path(f"{ACT}applications/", bulk.bulk_rows, name="bulk_rows"),
    path(f"{ACT}letters/<int:row>/", bulk.bulk_letter, name="bulk_letter"),
    path(f"{ACT}doing/", bulk.run_bulk, name="run_bulk"),
    path(f"{ACT}undoing/", bulk.undo_bulk, name="undo_bulk"),
    path(f"{ACT}what/<str:kind>/", bulk.say_bulk, name="say_bulk"),
    path("recruitment/campaigns/<int:number>/several/", bulk.bulk_acts, name="bulk_acts"),
    path("recruitment/tags/<int:number>/removal/", bulk.remove_tag, name="remove_tag"),
    path("recruitment/tags/<int:number>/return/", bulk.put_tag_back, name="put_tag_back"),
]
