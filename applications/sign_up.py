"""What the region's pack says about log-ins; registered with portal, which does not know the packs."""

from portal import clock
from rules import catalog


def as_the_pack_says(region: str) -> str | None:
    """`open` or `employer` from the region's policy in force, of several the one issued last; None without a pack."""
    packs = [entry for entry in catalog.current() if entry.policy.specialty.region == region]
    today = clock.today()
    in_force = [entry for entry in packs if catalog.in_force(entry, today)]
    latest = max(in_force or packs, key=lambda entry: entry.policy.effective.since, default=None)
    return latest.procedure.sign_up.value if latest else None
