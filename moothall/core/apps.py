from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "moothall.core"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from .command_load import add_commands
        from .lookups import add_lookups

        add_commands()
        add_lookups()
