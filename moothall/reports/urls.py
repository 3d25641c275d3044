"""The map of figures."""

from django.urls import path

from .views import closing, files, months, rows

urlpatterns = [
    path("figures/", months.figures, name="figures"),
    path("figures/leave/waiting/", rows.waiting_leave, name="waiting_leave"),
    path("figures/<str:month>/file/", files.export_figures, name="export_figures"),
    path("figures/<str:month>/count/", closing.count_figures, name="count_figures"),
    path("figures/<str:month>/closing/", closing.close_figures, name="close_figures"),
    path("figures/<str:month>/opening/", closing.reopen_figures, name="reopen_figures"),
    path("figures/<str:month>/rows/<str:key>/", rows.figure_rows, name="figure_rows"),
]
