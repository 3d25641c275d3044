from django.apps import AppConfig


class WebhooksConfig(AppConfig):
    name = "moothall.webhooks"
    default_auto_field = "django.db.models.BigAutoField"
