from django.urls import path

from . import views

urlpatterns = [
    path("webhooks/", views.webhooks, name="webhooks"),
    path("webhooks/hosts/add/", views.allow_host, name="allow_webhook_host"),
    path("webhooks/hosts/<int:host_id>/end/", views.end_host, name="end_webhook_host"),
    path("webhooks/add/", views.add_endpoint, name="add_webhook"),
    path("webhooks/<int:endpoint_id>/", views.endpoint, name="webhook_endpoint"),
    path("webhooks/<int:endpoint_id>/secret/", views.change_secret, name="change_webhook_secret"),
    path("webhooks/<int:endpoint_id>/pause/", views.pause, name="pause_webhook"),
    path("webhooks/<int:endpoint_id>/resumption/", views.resume, name="resume_webhook"),
    path("webhooks/<int:endpoint_id>/test/", views.send_test, name="test_webhook"),
    path("webhooks/<int:endpoint_id>/end/", views.end, name="end_webhook"),
    path("webhooks/deliveries/<int:delivery_id>/again/", views.tell_again, name="tell_webhook_again"),
]
