"""The map of figures."""

from django.urls import path

from .views import closing, files, months, pathways, progress, quality, rows, sampling

urlpatterns = [
    path("figures/", months.figures, name="figures"),
    path("figures/leave/waiting/", rows.waiting_leave, name="waiting_leave"),
    path("figures/year/", progress.year_so_far, name="year_so_far"),
    path("figures/pathways/", pathways.pathway_figures, name="pathway_figures"),
    path("figures/pathways/file/", pathways.export_pathway_figures, name="export_pathway_figures"),
    path("figures/pathways/<slug:key>/", pathways.pathway_figure_rows, name="pathway_figure_rows"),
    path("figures/records/", quality.record_quality, name="record_quality"),
    path("figures/records/look/", quality.look_through_now, name="look_through_now"),
    path("figures/records/scores/", quality.quality_scores, name="quality_scores"),
    path("figures/records/rules/", quality.quality_rules, name="quality_rules"),
    path("figures/records/rules/<slug:key>/", quality.edit_quality_rule, name="edit_quality_rule"),
    path("figures/records/samples/", sampling.quality_samples, name="quality_samples"),
    path("figures/records/samples/new/", sampling.draw_quality_sample, name="draw_quality_sample"),
    path("figures/records/samples/<int:number>/", sampling.quality_sample, name="quality_sample"),
    path("figures/records/checks/<int:number>/", sampling.check_sampled_record, name="check_sampled_record"),
    path("figures/records/<int:number>/", quality.quality_finding, name="quality_finding"),
    path("figures/records/<int:number>/taking/", quality.take_finding, name="take_finding"),
    path("figures/records/<int:number>/assignment/", quality.assign_finding, name="assign_finding"),
    path("figures/records/<int:number>/waiver/", quality.waive_finding, name="waive_finding"),
    path("figures/records/<int:number>/unwaiver/", quality.unwaive_finding, name="unwaive_finding"),
    path("figures/<str:month>/file/", files.export_figures, name="export_figures"),
    path("figures/<str:month>/count/", closing.count_figures, name="count_figures"),
    path("figures/<str:month>/closing/", closing.close_figures, name="close_figures"),
    path("figures/<str:month>/opening/", closing.reopen_figures, name="reopen_figures"),
    path("figures/<str:month>/rows/<str:key>/", rows.figure_rows, name="figure_rows"),
]
