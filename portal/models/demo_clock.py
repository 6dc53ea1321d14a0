"""The movable business time of the demonstration."""

from datetime import datetime

from django.db import models

from portal import clock


class DemoClock(models.Model):
    """One row: business time `business` was read when the machine's clock showed `machine`; it runs on from there."""

    business = models.DateTimeField()
    machine = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="demo_clock_is_one_row")]

    @classmethod
    def load(cls) -> "DemoClock":
        row = cls.objects.filter(pk=1).first()
        if row is None:
            row, _ = cls.objects.get_or_create(
                pk=1, defaults={"business": clock.DEMO_START, "machine": clock.machine_now()}
            )
        return row

    def reading(self, machine: datetime) -> datetime:
        """Business time when the machine's clock shows `machine`."""
        return self.business + (machine - self.machine)
