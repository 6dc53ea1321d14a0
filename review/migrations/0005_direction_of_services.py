"""Experts in testing, application and service carry the code that the packs give to that direction."""

from typing import Any

from django.db import migrations

WAS, IS = "service", "services"


def rename(apps: Any, _schema_editor: Any) -> None:
    experts = apps.get_model("review", "ExpertProfile")
    for expert in experts.objects.iterator():
        if WAS in expert.directions:
            expert.directions = [IS if code == WAS else code for code in expert.directions]
            expert.save(update_fields=["directions"])


class Migration(migrations.Migration):
    dependencies = [("review", "0004_forget_clear_ballots")]

    operations = [migrations.RunPython(rename, migrations.RunPython.noop)]
