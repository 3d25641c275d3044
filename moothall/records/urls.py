from django.urls import path

from . import views

urlpatterns = [
    path("audit/", views.audit, name="audit"),
    path("seals/", views.seals, name="seals"),
    path("standstill/", views.standstill, name="standstill"),
    path("proofs/<int:event_id>/", views.proof, name="audit_proof"),
]
