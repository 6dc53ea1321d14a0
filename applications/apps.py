from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ApplicationsConfig(AppConfig):
    name = "applications"
    verbose_name = _("申报与逐级审核")

    def ready(self) -> None:
        """Registers this room's vetoes, followers, truths and messages."""
        from applications import (  # noqa: PLC0415  models first
            checks,  # noqa: F401
            entrances,
            guards,  # noqa: F401
            invariants,  # noqa: F401
            messages,
            own_data,  # noqa: F401
            receivers,  # noqa: F401
            reminders,
            staff_entrances,
        )
        from applications.sign_up import as_the_pack_says  # noqa: PLC0415
        from portal import crypto, sign_up  # noqa: PLC0415  models first

        messages.register_messages()
        reminders.register_messages()
        crypto.register_column("applications.Objection", "contact")
        sign_up.register_policy(as_the_pack_says)
        entrances.register()
        staff_entrances.register()
