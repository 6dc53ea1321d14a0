from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReviewConfig(AppConfig):
    name = "review"
    verbose_name = _("评审")

    def ready(self) -> None:
        """Registers this room's vetoes, invariants, messages, menu and to-do list."""
        from portal import crypto  # noqa: PLC0415  models need loaded apps
        from review import entrances, guards, invariants, messages  # noqa: F401, PLC0415  models need loaded apps

        messages.register()
        crypto.register_column("review.Meeting", "secret")
        crypto.register_column("review.BallotChoice", "choice")
        entrances.register()
