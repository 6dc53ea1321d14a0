from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PortalConfig(AppConfig):
    name = "portal"
    verbose_name = _("门户基础")

    def ready(self) -> None:
        from importlib import import_module, util  # noqa: PLC0415  apps must be loaded first

        for module in ("portal.checks", "portal.invariants"):
            if util.find_spec(module):
                import_module(module)
