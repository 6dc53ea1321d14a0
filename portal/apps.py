from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class PortalConfig(AppConfig):
    name = "portal"
    verbose_name = _("门户基础")

    def ready(self) -> None:
        from importlib import import_module, util  # noqa: PLC0415  apps must be loaded first

        for module in ("portal.checks", "portal.health", "portal.entrances"):
            if util.find_spec(module):
                import_module(module)
        import_module("portal.unified_audit")
        import_module("portal.own_data_parts")
        import_module("portal.crypto").register_column("portal.IdentityDocument", "number")
        post_migrate.connect(import_module("portal.workdays").seed_after_migrate, sender=self)
