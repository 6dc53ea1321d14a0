from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CertificatesConfig(AppConfig):
    name = "certificates"
    verbose_name = _("证书与评审表")

    def ready(self) -> None:
        from certificates import checks, entrances, invariants, own_data, receivers  # noqa: F401, PLC0415  they register themselves
