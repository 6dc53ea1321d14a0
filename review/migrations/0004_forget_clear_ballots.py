"""Takes the ballots that stood in clear out of PostgreSQL's files; SQLite overwrites what is deleted by itself."""

from typing import Any

from django.db import migrations


def forget(_apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("VACUUM (FULL) review_ballotchoice")


class Migration(migrations.Migration):
    # VACUUM takes no transaction round it.
    atomic = False

    dependencies = [("review", "0003_seal_ballots")]

    operations = [migrations.RunPython(forget, migrations.RunPython.noop)]
