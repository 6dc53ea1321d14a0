from django.apps import AppConfig


class RulesConfig(AppConfig):
    name = "rules"
    verbose_name = "申报条件"

    def ready(self) -> None:
        from rules import checks  # noqa: F401, PLC0415 - registers the system check, once apps are ready
