from django.db import migrations, models

import portal.clock


class Migration(migrations.Migration):
    dependencies = [("portal", "0002_audit_walls")]

    operations = [
        migrations.AddField("job", "outages", models.PositiveIntegerField(default=0)),
        migrations.AddField("job", "announce_after", models.DateTimeField(default=portal.clock.machine_now)),
    ]
