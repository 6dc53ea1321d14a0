from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ApplicationsConfig(AppConfig):
    name = "applications"
    verbose_name = _("申报与逐级审核")

    def ready(self) -> None:
        """Registers this room's vetoes, followers, truths and messages."""
        from applications import entrances, guards, invariants, messages, receivers  # noqa: F401, PLC0415  models first

        messages.register_messages()
        entrances.register()
