"""What is on its way at the upgrade names its job; what its job had given up is told as failed."""

from django.db import migrations


def forwards(apps, schema_editor):
    Delivery, Job = apps.get_model("portal", "Delivery"), apps.get_model("portal", "Job")
    for delivery in Delivery.objects.select_related("message").iterator():
        delivery.created_at = delivery.message.created_at
        if delivery.state in {"queued", "sending"}:
            orders = Job.objects.filter(kind="portal.deliver", payload__delivery=delivery.pk)
            delivery.job = orders.order_by("-pk").first()
            if delivery.job is not None and delivery.job.state == "failed":
                delivery.state = "failed"
        delivery.save(update_fields=["created_at", "job", "state"])


class Migration(migrations.Migration):
    dependencies = [("portal", "0004_deliveries_looked_after")]
    operations = [migrations.RunPython(forwards, migrations.RunPython.noop)]
