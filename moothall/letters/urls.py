from django.urls import path

from .views import editing, letter, outbox, printing, templates

urlpatterns = [
    path("", outbox.outbox, name="outbox"),
    path("approvals/", outbox.approvals, name="approvals"),
    path("letterhead/", editing.letterhead, name="letterhead"),
    path("print-runs/", printing.print_runs, name="print_runs"),
    path("print-runs/<int:id>/", printing.print_run_page, name="print_run_page"),
    path("print-runs/<int:id>/pdf/", printing.print_run_pdf, name="print_run_pdf"),
    path("print-runs/<int:id>/settlement/", printing.print_run_settlement, name="print_run_settlement"),
    path("templates/", templates.template_list, name="template_list"),
    path("templates/new/", templates.template_add, name="template_add"),
    path("templates/<slug:key>/", editing.template_texts, name="template_texts"),
    path("templates/<slug:key>/settings/", templates.template_settings, name="template_settings"),
    path("templates/<slug:key>/history/", templates.template_history, name="template_history"),
    path("templates/<slug:key>/retirement/", templates.template_retirement, name="template_retirement"),
    path("templates/<slug:key>/restoration/", templates.template_restoration, name="template_restoration"),
    path("<int:id>/", letter.letter_page, name="letter_page"),
    path("<int:id>/pdf/", letter.letter_pdf, name="letter_pdf"),
    path("<int:id>/documents/<int:document_id>/", letter.letter_document, name="letter_document"),
    path("<int:id>/recall/", letter.letter_recall, name="letter_recall"),
    path("<int:id>/approval/", letter.letter_approval, name="letter_approval"),
    path("<int:id>/refusal/", letter.letter_refusal, name="letter_refusal"),
    path("<int:id>/settlement/", letter.letter_settlement, name="letter_settlement"),
    path("<int:id>/retry/", letter.letter_retry, name="letter_retry"),
    path("<int:id>/abandonment/", letter.letter_abandonment, name="letter_abandonment"),
]
