"""The database refuses to change or delete audit rows (portal.audit_walls)."""

from django.db import migrations

from portal.audit_walls import lower_walls, raise_walls


def forwards(apps, schema_editor):
    raise_walls(schema_editor.connection)


def backwards(apps, schema_editor):
    lower_walls(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("portal", "0001_initial")]
    operations = [migrations.RunPython(forwards, backwards)]
